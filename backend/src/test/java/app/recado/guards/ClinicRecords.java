package app.recado.guards;

import app.recado.testing.Api;
import app.recado.testing.Clinics.Clinic;
import app.recado.testing.SettableClock;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.json.JsonMapper;

/** Fills a clinic with one record of every kind, so that guards can try them from another clinic. */
public class ClinicRecords {

    /** Records that live in the identity server; their fence is shown against the real one in OnboardingTest. */
    static final Set<String> ASKED_AT_THE_IDENTITY_SERVER =
            Set.of("/members/{memberId}", "/members/{memberId}/roles", "/members/{memberId}/sessions");

    /** Public holidays belong to nobody; what a clinic says of one is named by its day. */
    static final Set<String> NAMED_BY_THEIR_DAY = Set.of("/holidays/{date}");

    /** Told of what no guard does. */
    private static final Map<String, Object> WEBHOOK = Map.of(
            "url",
            "http://127.0.0.1:9/hook",
            "description",
            "Historia clínica",
            "eventTypes",
            List.of("webhook.test"),
            "active",
            true);

    private static final Map<String, Object> API_CLIENT =
            Map.of("name", "Sitio web", "scopes", List.of("directory:read"), "addresses", List.of());

    private final SettableClock clock;
    private final byte[] eventsSecret;
    private final JsonMapper json;

    ClinicRecords(SettableClock clock, @Value("${RECADO_GATEWAY_EVENTS_SECRET}") String eventsSecret, JsonMapper json) {
        this.clock = clock;
        this.eventsSecret = Base64.getDecoder().decode(eventsSecret);
        this.json = json;
    }

    /** One clinic's records by the segment of the address under which they stand.
     *
     * @param nextWeek a time that is free and can be booked */
    record Filled(Clinic clinic, Map<String, UUID> bySegment, Instant nextWeek) {

        /** The record that an address such as {@code /patients/{id}/appointments} names; null for an unknown kind. */
        @Nullable UUID idFor(String tenantPath) {
            var segments = tenantPath.split("/", -1);
            return segments[1].equals("fhir") ? ofFhir(segments[3]) : bySegment.get(segments[1]);
        }

        /** Ids of schedules and slots are made of others; FhirFacadeTest tries those of another clinic. */
        private @Nullable UUID ofFhir(String type) {
            return switch (type) {
                case "Patient" -> known("patients");
                case "Practitioner", "Schedule", "Slot" -> known("practitioners");
                case "Location" -> known("locations");
                case "HealthcareService" -> known("healthcare-services");
                case "Appointment" -> known("appointments");
                default -> null;
            };
        }

        UUID idOfField(String field) {
            return switch (field) {
                case "patientId" -> known("patients");
                case "practitionerId" -> known("practitioners");
                case "healthcareServiceId" -> known("healthcare-services");
                case "appointmentId" -> known("appointments");
                case "movingAppointmentId" -> known("appointments");
                case "practitionerIds" -> known("practitioners");
                case "locationId" -> known("locations");
                case "roomId", "roomIds" -> known("rooms");
                case "insuranceId" -> known("insurances");
                case "lineId", "lineIds" -> known("whatsapp-lines");
                case "teamId" -> known("inbox-teams");
                case "contactId" -> known("contacts");
                case "customTemplateId", "templateId" -> known("custom-templates");
                case "conversationId" -> known("conversations");
                case "waitlistEntryId" -> known("waitlist-entries");
                case "fromAppointmentId" -> known("visits-of-series");
                default -> throw new IllegalArgumentException("This guard does not know what " + field + " refers to");
            };
        }

        private UUID known(String segment) {
            var id = bySegment.get(segment);
            if (id == null) {
                throw new IllegalArgumentException("No record under " + segment);
            }
            return id;
        }

        Collection<UUID> ids() {
            return bySegment.values();
        }

        String etagFor(String tenantPath) {
            if (tenantPath.isEmpty()) {
                return clinic.owner().get("").etag();
            }
            var segment = tenantPath.split("/", -1)[1];
            if (segment.equals("holiday-calendar")) { // there is one
                return clinic.owner().get("/holiday-calendar").etag();
            }
            if (segment.equals("hand-over-settings")) { // one of each clinic
                return clinic.owner().get("/hand-over-settings").etag();
            }
            if (segment.equals("inbox-settings")) { // one of each clinic
                return clinic.owner().get("/inbox-settings").etag();
            }
            if (segment.equals("ticket-settings")) { // one of each clinic
                return clinic.owner().get("/ticket-settings").etag();
            }
            if (segment.equals("assistant-settings")) { // one of each clinic
                return clinic.owner().get("/assistant-settings").etag();
            }
            if (segment.equals("member-permissions")) { // one of each clinic
                return clinic.owner().get("/member-permissions").etag();
            }
            if (segment.equals("booking-page")) { // one of each clinic
                return clinic.owner().get("/booking-page").etag();
            }
            if (tenantPath.endsWith("/coverage")) { // has a version of its own
                return clinic.owner()
                        .get("/patients/%s/coverage".formatted(known("patients")))
                        .etag();
            }
            if (segment.equals("message-budget")) { // one of each clinic
                return clinic.owner().get("/message-budget").etag();
            }
            if (segment.equals("release-policy")) { // likewise
                return clinic.owner().get("/release-policy").etag();
            }
            if (segment.equals("inbound-messages")) { // shown in their list alone
                return "\"v" + clinic.owner().get("/inbound-messages").at("/items/0/version") + "\"";
            }
            var reader = segment.equals("clinical-notes") ? clinic.practitioner() : clinic.owner();
            return reader.get("/" + segment + "/" + known(segment)).etag();
        }

        /** A body that is valid for this clinic; null when this guard knows none. */
        @Nullable Map<String, Object> bodyFor(String method, String tenantPath) {
            return switch (method + " " + tenantPath) {
                case "PATCH " -> Map.of("name", "Otro nombre");
                case "POST /patients", "POST /patients/duplicates", "PUT /patients/{id}" ->
                    Map.of("givenName", "Ana", "familyName", "Sosa");
                case "PUT /patient-imports/{id}" ->
                    Map.of("fields", List.of("given-name", "phone"), "updateExisting", false, "monthFirst", false);
                case "PUT /appointment-imports/{id}" ->
                    Map.of(
                            "fields",
                            List.of("patient-phone", "start"),
                            "monthFirst",
                            false,
                            "pastStatus",
                            "fulfilled",
                            "notices",
                            "none");
                case "POST /patients/{id}/merge" -> Map.of("patientId", known("patients"), "version", 0);
                case "POST /households", "PUT /households/{id}" ->
                    Map.of(
                            "givenName",
                            "Gabriela",
                            "phone",
                            "011 15-2345-6789",
                            "members",
                            List.of(Map.of("patientId", known("patients"), "relationship", "father")));
                case "POST /privacy-requests" -> Map.of("patientId", known("patients"), "kind", "access");
                case "POST /privacy-requests/{id}/complete" -> Map.of("reason", "Copia entregada");
                case "POST /privacy-requests/{id}/refuse" -> Map.of("reason", "Hay que conservarla");
                case "POST /custom-fields" ->
                    Map.of("subject", "patient", "key", "talla", "label", "Talla", "type", "number");
                case "PUT /custom-fields/{id}" ->
                    Map.of("label", "Peso (kg)", "choices", List.of(), "required", false, "active", true);
                case "POST /custom-fields/{id}/move" -> Map.of("position", 0);
                case "PUT /appointments/{id}/custom-fields" -> Map.of("customFields", List.of());
                case "POST /clinical-notes" -> Map.of("patientId", known("patients"), "text", "Control en seis meses");
                case "PUT /clinical-notes/{id}" -> Map.of("text", "Control en tres meses");
                case "POST /patients/{id}/files" -> Map.of(); // bytes, whose kind is looked at once there is a patient
                case "POST /patients/{id}/restrict" -> Map.of("reason", "Discute la exactitud de sus datos");
                case "PUT /patients/{id}/coverage" ->
                    Map.of("insuranceId", known("insurances"), "memberNumber", "61 123456 7 01");
                case "POST /preregistrations" -> Map.of("patientId", known("patients"), "send", false);
                case "POST /preregistrations/{id}/resolve" -> Map.of("accept", List.of("email"));
                case "POST /patients/search" -> Map.of("text", "ana");
                case "POST /practitioners" -> Map.of("displayName", "Dr. Otro");
                case "POST /support-access/grant" -> Map.of("hours", 4);
                case "POST /calendar-feeds" -> Map.of("practitionerId", known("practitioners"), "patientNames", false);
                case "POST /webhook-endpoints", "PUT /webhook-endpoints/{id}" -> WEBHOOK;
                case "POST /webhook-endpoints/{id}/rotate-secret" -> Map.of("overlapHours", 0);
                case "POST /webhook-endpoints/{id}/replay" -> Map.of("since", nextWeek.toString());
                case "POST /chatwoot-bridges", "PUT /chatwoot-bridges/{id}" -> chatwootBridge(known("whatsapp-lines"));
                case "POST /api-clients", "PUT /api-clients/{id}" -> API_CLIENT;
                case "PUT /member-permissions" -> Map.of("items", List.of(), "secondFactorRequired", false);
                case "POST /api-clients/{id}/keys" -> Map.of("overlapHours", 0);
                case "POST /insurances" -> Map.of("name", "Galeno");
                case "PUT /insurances/{id}" ->
                    Map.of(
                            "name",
                            "Galeno",
                            "practitionerIds",
                            List.of(),
                            "healthcareServiceIds",
                            List.of(),
                            "active",
                            true);
                case "PUT /appointments/{id}/insurance" -> Map.of("insuranceId", known("insurances"));
                case "POST /locations" -> Map.of("name", "Otra sede");
                case "PUT /locations/{id}" -> Map.of("name", "Otra sede", "active", true);
                case "POST /rooms" -> Map.of("name", "Otro consultorio", "kind", "room");
                case "PUT /rooms/{id}" ->
                    Map.of("locationId", known("locations"), "name", "Ecógrafo", "kind", "device", "active", true);
                case "PUT /appointments/{id}/note" -> Map.of("note", "Trae la radiografía");
                case "PUT /appointments/{id}/no-show-reason" -> Map.of("reason", "viaje");
                case "PUT /appointments/{id}/deposit" -> Map.of("state", "paid");
                case "PUT /appointments/{id}/room" -> Map.of("roomId", known("rooms"));
                case "POST /healthcare-services" -> Map.of("name", "Otro", "durationMinutes", 30);
                case "PUT /practitioners/{id}/member" -> Map.of("memberId", "0f3c1d52-8d1e-4a53-9b0e-3c1d528d1e4a");
                case "PUT /practitioners/{id}" -> Map.of("displayName", "Dr. Otro", "active", true);
                case "PUT /healthcare-services/{id}" ->
                    Map.of(
                            "name",
                            "Otro",
                            "durationMinutes",
                            30,
                            "bufferBeforeMinutes",
                            0,
                            "bufferAfterMinutes",
                            5,
                            "practitionerIds",
                            List.of(),
                            "active",
                            true);
                case "POST /schedules", "PUT /schedules/{id}" ->
                    Map.of(
                            "validFrom",
                            "2031-03-03",
                            "practitionerId",
                            known("practitioners"),
                            "hours",
                            List.of(Map.of("day", "mon", "from", "08:00", "until", "24:00")));
                case "POST /schedule-exceptions", "PUT /schedule-exceptions/{id}" ->
                    Map.of(
                            "firstDay",
                            "2031-03-03",
                            "lastDay",
                            "2031-03-04",
                            "practitionerId",
                            known("practitioners"),
                            "hours",
                            List.of());
                case "PUT /holidays/{date}" -> Map.of("open", true);
                case "PUT /holiday-calendar" -> Map.of();
                case "POST /appointments" -> {
                    var body = new LinkedHashMap<String, Object>();
                    body.put("patientId", known("patients"));
                    body.put("practitionerId", known("practitioners"));
                    body.put("healthcareServiceId", known("healthcare-services"));
                    body.put("locationId", known("locations"));
                    body.put("insuranceId", known("insurances"));
                    body.put("outsideHours", true);
                    body.put("waitlistEntryId", known("waitlist-entries"));
                    body.put("start", nextWeek.toString());
                    yield body;
                }
                case "POST /appointment-series", "POST /appointment-series/preview" ->
                    Map.of(
                            "patientId",
                            known("patients"),
                            "practitionerId",
                            known("practitioners"),
                            "healthcareServiceId",
                            known("healthcare-services"),
                            "locationId",
                            known("locations"),
                            "insuranceId",
                            known("insurances"),
                            "start",
                            onTheClock(nextWeek.plus(Duration.ofDays(21))),
                            "recurrence",
                            "FREQ=WEEKLY;COUNT=2",
                            "outsideHours",
                            true);
                case "POST /appointment-series/{id}/cancel" ->
                    Map.of("fromAppointmentId", known("visits-of-series"), "reason", "viaje");
                case "POST /appointment-series/{id}/reschedule" ->
                    Map.of(
                            "fromAppointmentId",
                            known("visits-of-series"),
                            "start",
                            nextWeek.plus(Duration.ofDays(42)).toString(),
                            "practitionerId",
                            known("practitioners"),
                            "outsideHours",
                            true);
                case "POST /waitlist-entries", "PUT /waitlist-entries/{id}" ->
                    Map.of(
                            "patientId",
                            known("patients"),
                            "healthcareServiceId",
                            known("healthcare-services"),
                            "practitionerId",
                            known("practitioners"),
                            "locationId",
                            known("locations"),
                            "windows",
                            List.of(Map.of("day", "mon", "from", "08:00", "until", "24:00")));
                case "POST /appointments/{id}/reschedule" ->
                    Map.of("start", nextWeek.toString(), "practitionerId", known("practitioners"));
                case "POST /slot-holds" ->
                    Map.of(
                            "form",
                            "6f1c8a52-8d1e-4a53-9b0e-3c1d528d1e4a",
                            "healthcareServiceId",
                            known("healthcare-services"),
                            "practitionerId",
                            known("practitioners"),
                            "locationId",
                            known("locations"),
                            "start",
                            nextWeek.toString());
                case "POST /appointments/{id}/cancel" -> Map.of("reason", "viaje");
                case "POST /appointments/{id}/participation" -> Map.of("participation", "accepted");
                case "POST /whatsapp-lines" -> Map.of("name", "Otra");
                case "PUT /whatsapp-lines/{id}" -> Map.of("name", "Mostrador", "typing", true);
                case "POST /whatsapp-lines/{id}/test-messages" -> Map.of("to", "011 15-2345-6789");
                case "POST /whatsapp-lines/{id}/start" -> Map.of("replacePhone", false);
                case "POST /whatsapp-lines/{id}/pairing-code" -> Map.of("phone", "011 15-2345-6789");
                case "PUT /whatsapp-lines/{id}/credentials" ->
                    Map.of(
                            "twilio",
                            Map.of(
                                    "accountSid",
                                    "AC" + "0".repeat(32),
                                    "authToken",
                                    "0".repeat(32),
                                    "from",
                                    "+14155238886"));
                case "PUT /whatsapp-lines/{id}/templates/{kind}/{language}" ->
                    Map.of(
                            "name",
                            "recordatorio",
                            "providerLanguage",
                            "es_AR",
                            "parameters",
                            List.of("patient.givenName"),
                            "answerButtons",
                            false);
                case "POST /message-templates" -> Map.of("kind", "reminder", "language", "pt-BR", "body", "Olá");
                case "PUT /message-templates/{id}" -> Map.of("body", "Hola");
                case "POST /message-templates/preview" -> Map.of("kind", "reminder", "language", "es", "body", "Hola");
                case "POST /notification-rules", "PUT /notification-rules/{id}" ->
                    Map.of(
                            "trigger",
                            "before-visit",
                            "minutesBefore",
                            2880,
                            "conditions",
                            Map.of("healthcareServiceIds", List.of(known("healthcare-services"))),
                            "lineId",
                            known("whatsapp-lines"));
                case "PUT /template-texts/{id}/draft" -> Map.of("body", "Hola, otra vez");
                case "POST /custom-templates" -> Map.of("name", "Otra plantilla", "purpose", "care");
                case "POST /template-submissions" -> submission(known("official-lines"), "es");
                case "PUT /custom-templates/{id}" -> Map.of("name", "Otra plantilla", "archived", false);
                case "POST /patients/{id}/consents" -> Map.of("allowed", true, "evidence", "Firm\u00f3 el formulario");
                case "POST /campaigns", "PUT /campaigns/{id}" ->
                    campaign(known("custom-templates"), known("whatsapp-lines"));
                case "POST /campaigns/{id}/start" -> Map.of();
                case "POST /campaigns/audience-count" -> Map.of("audience", EVERYBODY, "purpose", "care");
                case "POST /appointments/{id}/call-attempts" -> Map.of("outcome", "no-answer");
                case "POST /appointments/{id}/message-preview" ->
                    Map.of("language", "es", "body", "Hola, {{patient.displayName}}");
                case "PUT /message-budget" -> Map.of("monthly", 50, "currency", "USD");
                case "PUT /release-policy" ->
                    Map.of("mode", "trial", "asks", 2, "silentHours", 24, "offers", 3, "answerMinutes", 20);
                case "POST /messages" ->
                    Map.of(
                            "patientId",
                            known("patients"),
                            "lineId",
                            known("whatsapp-lines"),
                            "content",
                            Map.of("kind", "text", "text", "Hola"));
                case "POST /inbound-messages/{id}/assign" ->
                    Map.of("appointmentId", known("appointments"), "accepts", true);
                case "POST /tickets/search" -> Map.of("text", "sabado");
                case "POST /conversations/search" -> Map.of("text", "sabado");
                case "POST /conversations/{id}/messages" -> Map.of("content", Map.of("kind", "text", "text", "Hola"));
                case "POST /conversations/{id}/entries/{entryId}/reaction" -> Map.of("emoji", "👍");
                case "POST /conversations/{id}/notes" -> Map.of("text", "Llamar");
                case "POST /conversations/{id}/typing" -> Map.of("typing", true);
                case "POST /conversations/{id}/assign" -> Map.of();
                case "POST /conversations/{id}/snooze" -> Map.of("until", nextWeek.toString());
                case "POST /conversations/{id}/link" -> Map.of("patientId", known("patients"));
                case "PUT /conversations/{id}" -> Map.of("priority", "urgent", "labels", List.of("Dolor"));
                case "POST /conversations/{id}/team" -> Map.of();
                case "POST /conversations/{id}/tickets" -> Map.of("category", "payment");
                case "PUT /tickets/{id}" -> Map.of("state", "closed", "category", "payment");
                case "PUT /ticket-settings" -> Map.of("openedFor", List.of("complaint"), "rules", List.of());
                case "POST /inbox-presence" -> Map.of("available", true);
                case "PUT /inbox-settings" -> Map.of("routing", "least-busy", "capacity", 5, "warningMinutes", 5);
                case "POST /inbox-teams", "PUT /inbox-teams/{id}" ->
                    Map.of("name", "Ventas", "memberIds", List.of(), "lineIds", List.of());
                case "PUT /hand-over-settings" -> Map.of("minutes", 10, "emails", List.of());
                case "POST /flows", "PUT /flows/{id}" -> Map.of("name", "Otro flujo", "document", GOODBYE_FLOW);
                case "PUT /assistant-settings" ->
                    Map.of(
                            "active",
                            false,
                            "provider",
                            "openai-compatible",
                            "baseUrl",
                            "http://127.0.0.1:9/v1",
                            "model",
                            "tried",
                            "inputPrice",
                            25,
                            "outputPrice",
                            200,
                            "dailyCeiling",
                            500,
                            "lineMinute",
                            20,
                            "lineDay",
                            50);
                case "POST /assistant-facts", "PUT /assistant-facts/{id}" ->
                    Map.of(
                            "title",
                            "Precio",
                            "texts",
                            Map.of("es", "La consulta cuesta $ 30.000.", "en", "", "pt", ""));
                case "POST /assistant-fact-imports" ->
                    Map.of("csv", "title,es\nPrecio,Cuesta $ 30.000.", "dryRun", false);
                case "PUT /assistant-turns/{id}/verdict" -> Map.of("verdict", "up");
                case "POST /flow-trials" -> Map.of("document", GOODBYE_FLOW, "patientId", known("patients"));
                case "POST /flow-checks" -> Map.of("document", GOODBYE_FLOW);
                case "POST /flow-bundles" ->
                    Map.of(
                            "bundle",
                            Map.of(
                                    "format",
                                    "recado-flow/1",
                                    "name",
                                    "De otra clínica",
                                    "document",
                                    GOODBYE_FLOW,
                                    "references",
                                    List.of()),
                            "dryRun",
                            true);
                case "POST /flow-imports" ->
                    Map.of(
                            "name",
                            "Importado",
                            "language",
                            "es",
                            "collections",
                            Map.of(
                                    "menus",
                                    List.of(Map.of("id", "principal", "text", "Hola")),
                                    "options",
                                    List.of(Map.of("menu", "principal", "order", 1, "title", "Horarios")),
                                    "answers",
                                    List.of()),
                            "dryRun",
                            true);
                case "POST /canned-replies", "PUT /canned-replies/{id}" ->
                    Map.of("shortcut", "otra-hora", "text", "Hoy hay lugar");
                case "POST /messages/{id}/settle" -> Map.of("outcome", "delivered");
                case "PUT /booking-page" ->
                    Map.of(
                            "enabled",
                            true,
                            "byHand",
                            false,
                            "noticeMinutes",
                            60,
                            "horizonDays",
                            30,
                            "changeNoticeMinutes",
                            1440,
                            "serviceIds",
                            List.of(known("healthcare-services")));
                case "POST /invitations" ->
                    Map.of(
                            "email",
                            "x@y.example",
                            "givenName",
                            "X",
                            "familyName",
                            "Y",
                            "roles",
                            List.of("receptionist"));
                case "PUT /members/{memberId}/roles" -> Map.of("roles", List.of("receptionist"));
                default -> null;
            };
        }
    }

    /** The smallest flow without faults: whoever writes "chau" is told goodbye. */
    public static final Map<String, Object> GOODBYE_FLOW = Map.of(
            "languages",
            List.of("es"),
            "triggers",
            List.of(Map.of("on", "keyword", "words", List.of("chau"))),
            "rules",
            Map.of(
                    "answerSeconds",
                    900,
                    "closeSeconds",
                    1800,
                    "closing",
                    Map.of("es", "", "en", "", "pt", ""),
                    "retries",
                    2,
                    "noticeHours",
                    24),
            "start",
            "end",
            "nodes",
            List.of(Map.of("kind", "end", "id", "end", "text", Map.of("es", "Chau", "en", "", "pt", ""))));

    private static final Map<String, Object> EVERYBODY = Map.of(
            "tags", List.of(), "healthcareServiceIds", List.of(), "insuranceIds", List.of(), "withoutUpcoming", false);

    private static Map<String, Object> campaign(UUID template, UUID line) {
        return Map.of(
                "name",
                "Control anual",
                "templateId",
                template,
                "lineId",
                line,
                "audience",
                EVERYBODY,
                "frozen",
                true,
                "startsAt",
                "2031-01-02T12:00:00Z",
                "endsAt",
                "2031-02-02T12:00:00Z",
                "sendFrom",
                "09:00:00",
                "sendUntil",
                "20:00:00",
                "perDay",
                10);
    }

    /** Nobody answers there. */
    private static Map<String, Object> submission(UUID line, String language) {
        return Map.of(
                "lineId",
                line,
                "kind",
                "recall",
                "language",
                language,
                "category",
                "utility",
                "providerLanguage",
                language);
    }

    private static Map<String, Object> chatwootBridge(UUID line) {
        return Map.of(
                "lineId",
                line,
                "baseUrl",
                "http://127.0.0.1:9",
                "accountId",
                1,
                "inboxId",
                7,
                "apiToken",
                "sMg1kbQ6r8mW2mY5nT4xZ9pV",
                "webhookSecret",
                "b1c9e0f7a4d24a55",
                "active",
                true);
    }

    /** Any hour will do. */
    private static String onTheClock(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC)
                .toLocalDateTime()
                .truncatedTo(ChronoUnit.HOURS)
                .toString();
    }

    /** A body of an operation without sign-in that can be read; null when it has none. */
    static @Nullable Map<String, Object> publicBodyFor(String operation) {
        var time = Map.<String, Object>of(
                "healthcareServiceId", UUID.randomUUID().toString(), "start", "2031-01-02T13:00:00Z");
        return switch (operation.replace("/api/v1/public/booking/{alias}", "")) {
            case "POST /bookings", "PUT /bookings" -> time;
            case "POST /bookings/code" -> Map.of("phone", "011 15-2345-6789", "language", "es");
            case "POST /bookings/confirm" -> Map.of("code", "123456", "givenName", "Ana");
            case "POST /preregistration" ->
                Map.of("givenName", "Ana", "language", "es", "data", true, "care", true, "marketing", false);
            case "POST /visit/move" -> Map.of("start", "2031-01-02T13:00:00Z");
            default -> null;
        };
    }

    /** What a list needs to be asked at all. */
    static String queryFor(String tenantPath) {
        return switch (tenantPath) {
            case "/appointments",
                    "/schedule-exceptions",
                    "/opening-hours",
                    "/slot-holds",
                    "/holidays",
                    "/reports/attendance",
                    "/reports/occupancy",
                    "/reports/surveys" -> "?from=2031-01-01&to=2031-01-31";
            case "/waitlist-matches" ->
                "?start=2031-01-01T13:00:00Z&end=2031-01-01T14:00:00Z&practitionerId=" + UUID.randomUUID();
            case "/preregistrations" -> "?patientId=" + UUID.randomUUID();
            case "/fhir/R4/Slot" -> "?start=2031-01&service-type=" + UUID.randomUUID();
            case "/slots" -> "?from=2031-01-01&to=2031-01-31&healthcareServiceId=" + UUID.randomUUID();
            default -> "";
        };
    }

    Filled of(Clinic clinic) {
        var staff = clinic.owner();
        var ids = new HashMap<String, UUID>();
        ids.put(
                "patients",
                created(staff.post(
                        "/patients", Map.of("givenName", "Ana", "familyName", "Sosa", "phone", "011 15-2345-6789"))));
        ids.put(
                "households",
                created(staff.post(
                        "/households",
                        Map.of(
                                "givenName",
                                "Gabriela",
                                "phone",
                                "011 15-2345-6789",
                                "members",
                                List.of(Map.of("patientId", ids.get("patients"), "relationship", "mother"))))));
        ids.put(
                "patient-imports",
                created(staff.with("Content-Type", "application/octet-stream")
                        .post("/patient-imports", "Nombre;Tel\u00e9fono\nEva;011 15-2345-0000")));
        ids.put(
                "appointment-imports",
                created(staff.with("Content-Type", "application/octet-stream")
                        .post("/appointment-imports", "Tel\u00e9fono;Inicio\n011 15-2345-0000;2026-01-02 10:00")));
        ids.put("practitioners", created(staff.post("/practitioners", Map.of("displayName", "Dra. Paz"))));
        ids.put(
                "healthcare-services",
                created(staff.post("/healthcare-services", Map.of("name", "Control", "durationMinutes", 30))));
        ids.put(
                "appointments",
                created(staff.post(
                        "/appointments",
                        Map.of(
                                "patientId", ids.get("patients"),
                                "practitionerId", ids.get("practitioners"),
                                "healthcareServiceId", ids.get("healthcare-services"),
                                "start",
                                        clock.instant()
                                                .truncatedTo(ChronoUnit.HOURS)
                                                .plus(Duration.ofDays(5))
                                                .toString()))));
        var series = staff.post(
                "/appointment-series",
                Map.of(
                        "patientId", ids.get("patients"),
                        "practitionerId", ids.get("practitioners"),
                        "healthcareServiceId", ids.get("healthcare-services"),
                        "start", onTheClock(clock.instant().plus(Duration.ofDays(60))),
                        "recurrence", "FREQ=WEEKLY;COUNT=2",
                        "outsideHours", true));
        ids.put("appointment-series", created(series));
        ids.put("visits-of-series", UUID.fromString(series.at("/appointments/0/id")));
        ids.put(
                "calendar-feeds",
                created(staff.post(
                        "/calendar-feeds", Map.of("practitionerId", ids.get("practitioners"), "patientNames", false))));
        ids.put("api-clients", created(staff.post("/api-clients", API_CLIENT)));
        ids.put("webhook-endpoints", created(staff.post("/webhook-endpoints", WEBHOOK)));
        ids.put(
                "waitlist-entries",
                created(staff.post(
                        "/waitlist-entries",
                        Map.of(
                                "patientId", ids.get("patients"),
                                "healthcareServiceId", ids.get("healthcare-services")))));
        ids.put(
                "privacy-requests",
                created(staff.post("/privacy-requests", Map.of("patientId", ids.get("patients"), "kind", "access"))));
        ids.put(
                "slot-holds",
                staff.post(
                                "/slot-holds",
                                Map.of(
                                        "form", UUID.randomUUID(),
                                        "healthcareServiceId", ids.get("healthcare-services"),
                                        "practitionerId", ids.get("practitioners"),
                                        "start",
                                                clock.instant()
                                                        .truncatedTo(ChronoUnit.HOURS)
                                                        .plus(Duration.ofDays(9))
                                                        .toString()))
                        .id());
        ids.put(
                "custom-fields",
                created(staff.post(
                        "/custom-fields",
                        Map.of("subject", "patient", "key", "peso", "label", "Peso", "type", "number"))));
        ids.put(
                "clinical-notes",
                created(clinic.practitioner()
                        .post(
                                "/clinical-notes",
                                Map.of("patientId", ids.get("patients"), "text", "Control en seis meses"))));
        ids.put(
                "preregistrations",
                created(staff.post("/preregistrations", Map.of("patientId", ids.get("patients"), "send", false))));
        ids.put("insurances", created(staff.post("/insurances", Map.of("name", "OSDE"))));
        ids.put("rooms", created(staff.post("/rooms", Map.of("name", "Consultorio 1", "kind", "room"))));
        ids.put("locations", created(staff.post("/locations", Map.of("name", "Sede Norte"))));
        ids.put("schedules", created(staff.post("/schedules", Map.of("validFrom", "2031-01-01", "hours", List.of()))));
        ids.put(
                "schedule-exceptions",
                created(staff.post(
                        "/schedule-exceptions",
                        Map.of("firstDay", "2031-01-01", "lastDay", "2031-01-01", "hours", List.of()))));
        ids.put("whatsapp-lines", created(staff.post("/whatsapp-lines", Map.of("name", "Recepción"))));
        ids.put(
                "chatwoot-bridges",
                created(staff.post("/chatwoot-bridges", chatwootBridge(ids.get("whatsapp-lines")))));
        ids.put(
                "official-lines",
                created(staff.post("/whatsapp-lines", Map.of("name", "Oficial", "engine", "cloud-api"))));
        ids.put(
                "template-submissions",
                created(staff.post("/template-submissions", submission(ids.get("official-lines"), "en"))));
        ids.put(
                "message-templates",
                created(staff.post(
                        "/message-templates", Map.of("kind", "reminder", "language", "en", "body", "Hello"))));
        ids.put(
                "notification-rules",
                created(staff.post("/notification-rules", Map.of("trigger", "before-visit", "minutesBefore", 2880))));
        ids.put(
                "custom-templates",
                created(staff.post("/custom-templates", Map.of("name", "Control anual", "purpose", "marketing"))));
        var own = staff.get("/template-texts")
                .json()
                .at("/items")
                .valueStream()
                .filter(one -> !one.at("/customTemplateId").isNull())
                .findFirst()
                .orElseThrow()
                .at("/id")
                .asString();
        staff.ifMatch("\"v0\"").put("/template-texts/" + own + "/draft", Map.of("body", "Hola"));
        staff.ifMatch("\"v1\"").post("/template-texts/" + own + "/publish", null);
        var text = staff.get("/template-texts").at("/items/0/id");
        staff.ifMatch("\"v0\"").put("/template-texts/" + text + "/draft", Map.of("body", "Hola"));
        ids.put("template-texts", UUID.fromString(text));
        ids.put(
                "invitations",
                created(staff.post(
                        "/invitations",
                        Map.of(
                                "email",
                                "nueva@clinic.test",
                                "givenName",
                                "Nueva",
                                "familyName",
                                "Persona",
                                "roles",
                                List.of("receptionist")))));
        ids.put(
                "campaigns",
                created(staff.post("/campaigns", campaign(ids.get("custom-templates"), ids.get("whatsapp-lines")))));
        ids.put("messages", UUID.fromString(staff.get("/messages").at("/items/0/id")));
        ids.put("inbound-messages", inbound(clinic, ids.get("whatsapp-lines"), staff));
        ids.put("conversations", UUID.fromString(staff.get("/conversations").at("/items/0/id")));
        ids.put(
                "canned-replies",
                created(staff.post("/canned-replies", Map.of("shortcut", "horas-hoy", "text", "Hoy hay lugar"))));
        ids.put(
                "inbox-teams",
                created(staff.post(
                        "/inbox-teams", Map.of("name", "Óptica", "memberIds", List.of(), "lineIds", List.of()))));
        ids.put("tickets", created(staff.post("/conversations/" + ids.get("conversations") + "/tickets", Map.of())));
        var ticket = "/tickets/" + ids.get("tickets");
        staff.ifMatch(staff.get(ticket).etag()).put(ticket, Map.of("state", "closed")); // another one may be opened
        ids.put(
                "assistant-facts",
                created(staff.post(
                        "/assistant-facts",
                        Map.of("title", "Dirección", "texts", Map.of("es", "San Martín 1", "en", "", "pt", "")))));
        ids.put(
                "assistant-turns",
                ids.get("inbound-messages")); // named by its message; this one the assistant left alone
        ids.put("flows", created(staff.post("/flows", Map.of("name", "Despedida", "document", GOODBYE_FLOW))));
        ids.put("contacts", UUID.fromString(staff.get("/inbound-messages").at("/items/0/contactId")));
        return new Filled(
                clinic,
                Map.copyOf(ids),
                clock.instant().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofDays(7)));
    }

    private static UUID created(Api.Answer answer) {
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.status() + " " + answer.text());
        }
        return answer.id();
    }

    /** A patient writes, as the gateway would report it. */
    private UUID inbound(Clinic clinic, UUID line, Api staff) {
        var phone = Map.of("phone", "+5491123456789");
        var data = new HashMap<String, Object>();
        data.put("providerMessageId", "3A" + UUID.randomUUID());
        data.put("chat", Map.of("kind", "direct", "phone", "+5491123456789", "id", "5491123456789@s.whatsapp.net"));
        data.put("sender", phone);
        data.put("fromMe", false);
        data.put("sentAt", clock.instant().toString());
        data.put("kind", "text");
        data.put("text", "¿Atienden el sábado?");
        data.put("offline", false);
        var body = json.writeValueAsString(Map.of(
                "lineId", line,
                "organizationId", clinic.id(),
                "events",
                        List.of(Map.of(
                                "id",
                                UUID.randomUUID(),
                                "seq",
                                1,
                                "type",
                                "message.inbound",
                                "at",
                                clock.instant().toString(),
                                "data",
                                data))));
        var id = UUID.randomUUID().toString();
        var time = String.valueOf(clock.instant().getEpochSecond());
        var answer = new Api(clinic.server(), Map.of())
                .with("webhook-id", id)
                .with("webhook-timestamp", time)
                .with("webhook-signature", "v1," + sign(id + "." + time + "." + body))
                .post("/internal/v1/gateway/events", body);
        if (answer.status() / 100 != 2) {
            throw new IllegalStateException(answer.status() + " " + answer.text());
        }
        return UUID.fromString(staff.get("/inbound-messages").at("/items/0/id"));
    }

    private String sign(String signed) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(eventsSecret, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
