package app.recado.kernel.api;

import io.swagger.v3.oas.models.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Descriptions, formats and examples of fields that mean the same wherever they stand. A field's own Javadoc and {@code
 * @Schema} win; {@code Schema.field} wins over {@code field}.
 */
final class ApiWords {

    static final String ID = "0199c7a4-6f3e-7c52-9b1d-2f6a8e0c4d11";

    private static final Map<String, String> DESCRIPTIONS = Map.ofEntries(
            Map.entry("id", "Identifies the record for ever."),
            Map.entry(
                    "version",
                    "Rises with every change; the ETag of the answer, `\"v<version>\"`, is what `If-Match` wants."),
            Map.entry("createdAt", "When the record was made, in UTC."),
            Map.entry("updatedAt", "When the record changed last, in UTC."),
            Map.entry("items", "The records, in the order that the operation states."),
            Map.entry("organizationId", "The clinic it belongs to."),
            Map.entry("organizationName", "The clinic's name."),
            Map.entry("lineId", "The WhatsApp line."),
            Map.entry("patientId", "The patient."),
            Map.entry("practitionerId", "Whom the patient sees."),
            Map.entry("healthcareServiceId", "What the patient comes for."),
            Map.entry("appointmentId", "The visit."),
            Map.entry("patient", "The patient."),
            Map.entry("practitioner", "Whom the patient sees."),
            Map.entry("healthcareService", "What the patient comes for."),
            Map.entry("displayName", "The name as it is shown to people."),
            Map.entry("name", "The name, as people gave it."),
            Map.entry("givenName", "Given name."),
            Map.entry("familyName", "Family name."),
            Map.entry("email", "E-mail address."),
            Map.entry("phone", "Phone number in E.164; null when there is none."),
            Map.entry("alias", "The clinic's short name in addresses and scopes; it never changes."),
            Map.entry("country", "ISO 3166-1 alpha-2 code of the country; phone numbers are read as that country's."),
            Map.entry("timeZone", "IANA time zone."),
            Map.entry("locale", "Language of the clinic."),
            Map.entry("language", "Language of the text."),
            Map.entry("visitWord", "What the clinic calls a visit in Spanish."),
            Map.entry("declineAction", "What a patient's \"no\" does: cancel the visit, or ask staff."),
            Map.entry("quietHours", "When no message leaves, in the clinic's zone; null for never."),
            Map.entry("roles", "Roles in the clinic."),
            Map.entry("state", "How far it is."),
            Map.entry("status", "How far the visit is, in the words of FHIR."),
            Map.entry("kind", "Which kind it is."),
            Map.entry("cause", "Why it is so."),
            Map.entry("reason", "Why, as a code; null when there is nothing to explain."),
            Map.entry("count", "How many."),
            Map.entry("text", "The words."),
            Map.entry("at", "When that was, in UTC."),
            Map.entry("active", "False for what is no longer offered, but keeps its history."),
            Map.entry("engine", "How the line reaches WhatsApp."),
            Map.entry("ok", "Whether all is well."),
            Map.entry("attempts", "How often it was tried."),
            Map.entry("contentType", "Media type of the file."),
            Map.entry("size", "Bytes."),
            Map.entry("fileName", "Name of the file; null when it has none."),
            Map.entry("start", "When the visit begins, in UTC."),
            Map.entry("end", "When the visit ends, in UTC."),
            Map.entry("note", "Remark for the front desk; patients are not shown it."),
            Map.entry("limit", "How many records a page has at most."),
            Map.entry("cursor", "`nextCursor` of the page before; left out for the first page."),
            Map.entry("latitude", "Degrees north, WGS 84."),
            Map.entry("longitude", "Degrees east, WGS 84."),
            Map.entry("participation", "What the patient said about coming, in the words of FHIR."),
            Map.entry("messaging", "Whether the patient gets messages."),
            Map.entry("marketing", "Whether the patient gets marketing, apart from messages about visits."),
            Map.entry("specialty", "Medical specialty, as shown to patients."),
            Map.entry("birthDate", "Date of birth."),
            Map.entry("notes", "Short remarks for the front desk."),
            Map.entry("durationMinutes", "Length of the visit in minutes."),
            Map.entry("mediaId", "The file, as `uploadMedia` answered it."),
            Map.entry("Location.name", "What the place is called; null when that is not known."),
            Map.entry("Location.address", "Postal address; null when that is not known."),
            Map.entry("LocationContent.name", "What the place is called."),
            Map.entry("LocationContent.address", "Postal address."),
            Map.entry(
                    "ManualContent",
                    "What somebody of the clinic wants to send to a patient; `kind` says which of these it is."),
            Map.entry("MessageTemplate.default", "True while the clinic uses Recado's own text."),
            Map.entry("Problem.code", "The stable name of the problem."),
            Map.entry(
                    "Appointment.participationAt",
                    "When the patient, or staff for them, said so; null while there is no answer."),
            Map.entry("Appointment.note", "Remark for the front desk; null when there is none."),
            Map.entry("Appointment.cancellationReason", "Why staff cancelled; null unless they said so."),
            Map.entry("Appointment.arrivedAt", "When the patient came in; null before."),
            Map.entry("Appointment.checkedInAt", "When the patient was checked in; null before."),
            Map.entry("AppointmentCancellation.reason", "For staff; the patient is not shown it."),
            Map.entry("AppointmentReschedule.start", "When the visit begins from now on, in UTC."),
            Map.entry("AssignedAnswer.accepts", "True when the answer means yes, false when it means no."),
            Map.entry("NewInvitation.email", "Where the mail goes; whoever accepts must have verified it."),
            Map.entry("InboundView.id", "Identifies the message for ever."),
            Map.entry(
                    "InboundView.senderName",
                    "What the sender calls themselves on WhatsApp; null when it is not known."),
            Map.entry("InboundView.text", "The words; null where there are none."),
            Map.entry("InboundView.outcome", "What the message led to."),
            Map.entry("InboundView.handledAt", "When a member of staff took care of it; null before."),
            Map.entry("Call.video", "True for a video call."),
            Map.entry("Call.missed", "True when nobody took it."),
            Map.entry("ContactCard.phones", "Phone numbers on the card, in E.164."),
            Map.entry("EarlierText.text", "The words before they were edited."),
            Map.entry("CredentialsRequest.cloudApi", "For lines on the WhatsApp Business Platform."),
            Map.entry("CredentialsRequest.twilio", "For lines at Twilio."),
            Map.entry("CredentialsRequest.evolution", "For lines on a server with Evolution API."),
            Map.entry("CredentialsView.set", "Whether credentials were entered."),
            Map.entry("TwilioCredentials.accountSid", "The account's SID."),
            Map.entry("TwilioCredentials.authToken", "The account's auth token."),
            Map.entry("DeadJob.failedAt", "When it was given up, in UTC."),
            Map.entry("SetAside.setAsideAt", "When it was set aside, in UTC."),
            Map.entry("Health.status", "`ok`: the process answers."),
            Map.entry("Health.service", "Which program answers."),
            Map.entry("Readiness.status", "`ok`, or `down` with status 503."),
            Map.entry("Readiness.database", "`ok` or `down`."),
            Map.entry("ConsoleConfiguration.version", "Version of the running backend."),
            Map.entry("LegalHold.held", "True while no record of the clinic is deleted."),
            Map.entry("LineView.id", "Identifies the line for ever."),
            Map.entry("LineView.name", "What staff call the line."),
            Map.entry("LineView.profileName", "The profile's name on WhatsApp; null when it is not known."),
            Map.entry("LineView.state", "How the line is."),
            Map.entry("LineTemplate.kind", "The occasion."),
            Map.entry("Me.subject", "The account's id at the identity server."),
            Map.entry("Me.name", "Name of the account; null when it has none."),
            Map.entry("Me.email", "E-mail address of the account; null when it has none."),
            Map.entry("Me.platformAdmin", "True for those who run the platform."),
            Map.entry("Me.organizations", "Clinics the person works in, by name."),
            Map.entry("MemberView.email", "E-mail address of the account; null when it has none."),
            Map.entry("MessageTemplate.kind", "The occasion."),
            Map.entry("MessageTemplate.body", "The text, with fields in double braces."),
            Map.entry("MessageTemplateInput.kind", "The occasion."),
            Map.entry("body", "The text, with fields in double braces."),
            Map.entry("MessageTemplatePreview.text", "The text as a patient would read it."),
            Map.entry("MessageView.direction", "Always `outbound`."),
            Map.entry("NewOrganization.owner", "The first owner."),
            Map.entry("NewOrganization.alias", "Short name in addresses and scopes; it never changes."),
            Map.entry("OutboxHealth.depth", "Messages that are due and have not left."),
            Map.entry("QuietHours.from", "First quiet minute, in the clinic's zone."),
            Map.entry(
                    "QuietHours.to",
                    "First minute that is not quiet any more; earlier than `from` when it is on the next day."),
            Map.entry("QuietHoursChange.from", "First quiet minute, in the clinic's zone."),
            Map.entry(
                    "QuietHoursChange.to",
                    "First minute that is not quiet any more; earlier than `from` when it is on the next day."),
            Map.entry("Patient.id", "Identifies the patient for ever."),
            Map.entry("PlatformHealth.outbox", "Messages that are due and have not left."),
            Map.entry("SelfTestView.checks", "What was tried, in order."),
            Map.entry("StepView.at", "When it came that far, in UTC."),
            Map.entry("WritingLine.name", "What staff call the line."));

    /** By property name; what is not listed follows from its type. */
    private static final Map<String, Object> EXAMPLES = Map.ofEntries(
            Map.entry("givenName", "Ana"),
            Map.entry("familyName", "Sosa"),
            Map.entry("displayName", "Ana Sosa"),
            Map.entry("name", "Ana Sosa"),
            Map.entry("email", "ana@example.com"),
            Map.entry("phone", "+5491123456789"),
            Map.entry("phones", "+5491123456789"),
            Map.entry("otherPhone", "+5491187654321"),
            Map.entry("newPhone", "+5491187654321"),
            Map.entry("to", "+5491123456789"),
            Map.entry("phoneNational", "011 15-2345-6789"),
            Map.entry("phoneExtension", "12"),
            Map.entry("alias", "los-almendros"),
            Map.entry("country", "AR"),
            Map.entry("timeZone", "America/Argentina/Buenos_Aires"),
            Map.entry("locale", "es"),
            Map.entry("language", "es"),
            Map.entry("specialty", "Pediatría"),
            Map.entry("durationMinutes", 30),
            Map.entry("limit", 50),
            Map.entry("start", "2026-11-24T13:00:00Z"),
            Map.entry("end", "2026-11-24T13:30:00Z"),
            Map.entry("text", "Sí, ahí estaré"),
            Map.entry("note", "Trae estudios"),
            Map.entry("notes", "Prefiere la mañana"),
            Map.entry("participationText", "1"),
            Map.entry("cancellationReason", "viaje"),
            Map.entry("otherLanguages", "pt"),
            Map.entry("body", "Hola, {{patient.givenName}}. Te esperamos el {{appointment.date}}."),
            Map.entry("AppointmentCancellation.reason", "viaje"),
            Map.entry("TimelineEntry.reason", "patient"),
            Map.entry("TimelineEntry.kind", "message"),
            Map.entry("InboundView.reason", "said-since"),
            Map.entry("reason", "line-down"),
            Map.entry("visitWord", "turno"),
            Map.entry("cause", "network"),
            Map.entry("DeadJob.cause", "unavailable"),
            Map.entry("DeadJob.kind", "fetch-media"),
            Map.entry("SetAside.cause", "DataIntegrityViolationException"),
            Map.entry("SetAside.type", "message.inbound"),
            Map.entry("issuer", "https://identity.example/realms/recado"),
            Map.entry("clientId", "recado-console"),
            Map.entry("subject", "0199c7a4-5a11-7d3c-8a53-2f1f5a1c9e02"),
            Map.entry("QuietHours.from", "21:00:00"),
            Map.entry("QuietHours.to", "08:00:00"),
            Map.entry("QuietHoursChange.from", "21:00:00"),
            Map.entry("QuietHoursChange.to", "08:00:00"),
            Map.entry("QrView.value", "2@W1bq0mC9…,k3Vd8…,aXk1…"),
            Map.entry("PairingCodeView.value", "K3VD8WQ2"),
            Map.entry("handledBy", "Marcela Ruiz"),
            Map.entry("invitedBy", "Marcela Ruiz"),
            Map.entry("senderName", "Ana"),
            Map.entry("fileName", "estudio.pdf"),
            Map.entry("contentType", "application/pdf"),
            Map.entry("size", 48213),
            Map.entry("latitude", -34.5889),
            Map.entry("longitude", -58.4305),
            Map.entry("address", "Av. Santa Fe 3500, Buenos Aires"),
            Map.entry("Location.name", "Consultorios Los Almendros"),
            Map.entry("LocationContent.name", "Consultorios Los Almendros"),
            Map.entry("LineView.name", "Recepción"),
            Map.entry("NewLine.name", "Recepción"),
            Map.entry("LineChange.name", "Recepción"),
            Map.entry("WritingLine.name", "Recepción"),
            Map.entry("profileName", "Los Almendros"),
            Map.entry("platform", "android"),
            Map.entry("OrganizationView.name", "Los Almendros"),
            Map.entry("NewOrganization.name", "Los Almendros"),
            Map.entry("MyOrganization.name", "Los Almendros"),
            Map.entry("SettingsChange.name", "Los Almendros"),
            Map.entry("organizationName", "Los Almendros"),
            Map.entry("HealthcareService.name", "Control"),
            Map.entry("ServiceOfVisit.name", "Control"),
            Map.entry("Check.name", "credentials"),
            Map.entry("Check.code", "ok"),
            Map.entry("Check.fix", ""),
            Map.entry("Check.about", "reminder/es"),
            Map.entry("LineTemplateMapping.name", "recordatorio_turno"),
            Map.entry("LineTemplateMapping.confirmedName", "recordatorio_confirmado"),
            Map.entry("providerLanguage", "es_AR"),
            Map.entry("parameters", "patient.givenName"),
            Map.entry("examples", "Ana"),
            Map.entry("needsVisit", "appointment.date"),
            Map.entry("choices", "A+"),
            Map.entry("differingCustomFields", "grupo-sanguineo"),
            Map.entry("takeCustomFields", "grupo-sanguineo"),
            Map.entry("buttons", "Confirmo"),
            Map.entry("addresses", "203.0.113.0/24"),
            Map.entry("AssistantTurn.tools", "free_times:found"),
            Map.entry("FlowCollectionOption.keywords", "horario"),
            Map.entry("FlowCollectionOption.nextMenu", "sucursales"),
            Map.entry("FlowOption.words", "turno"),
            Map.entry("FlowTrigger.words", "menú"),
            Map.entry("LineTemplateSuggestion.body", "Hola, {{1}}. Te esperamos el {{2}}."),
            Map.entry(
                    "LineTemplateSuggestion.confirmedBody", "Hola, {{1}}. Te esperamos el {{2}}. Ya está confirmado."),
            Map.entry("MessageTemplatePreview.text", "Hola, Ana. Te esperamos el martes 24 de noviembre."),
            Map.entry("MessageView.text", "Hola, Ana. Te esperamos el martes 24 de noviembre."),
            Map.entry("TextContent.text", "Hola, Ana. ¿Puede venir a las 10?"),
            Map.entry("ImageContent.text", "Cómo llegar"),
            Map.entry("DocumentContent.text", "Indicaciones"),
            Map.entry("PatientSearch.text", "sosa an"),
            Map.entry("specialties", "Pediatría"),
            Map.entry("tags", "vip"),
            Map.entry("PatientTags.items", "vip"),
            Map.entry("labels", "Ortodoncia"),
            Map.entry("ConversationLabelList.items", "Ortodoncia"),
            Map.entry("emails", "ana@example.com"),
            Map.entry("mentions", ID),
            Map.entry("AssigneeOfConversation.memberId", ID),
            Map.entry("InboxMember.memberId", ID),
            Map.entry("memberIds", ID),
            Map.entry("Ticket.assignee", "Marcela Paz"),
            Map.entry("Ticket.openedBy", "Marcela Paz"),
            Map.entry("TypingMember.memberId", ID),
            Map.entry("CannedReply.shortcut", "horas-hoy"),
            Map.entry("CannedReply.updatedBy", "Marcela Paz"),
            Map.entry("EventEntry.actor", "Marcela Paz"),
            Map.entry("EventEntry.detail", "Andrea Molina"),
            Map.entry("NoteEntry.author", "Marcela Paz"),
            Map.entry("OutboundEntry.author", "Marcela Paz"),
            Map.entry("timeoutText", "En un rato te respondemos."),
            Map.entry("cells", "Ana"),
            Map.entry("PatientImportColumn.name", "Fecha de nacimiento"),
            Map.entry("cursor", "AVhQ0gkq7sWc…"),
            Map.entry("nextCursor", "AVhQ0gkq7sWc…"),
            Map.entry("CloudApiCredentials.phoneNumberId", "106540352242922"),
            Map.entry("CloudApiCredentials.businessAccountId", "102290129340398"),
            Map.entry("CloudApiCredentials.accessToken", "EAAJB-example-token-of-a-system-user"),
            Map.entry("CloudApiCredentials.appSecret", "example-secret-of-the-app"),
            Map.entry("CloudApiCredentials.verifyToken", "los-almendros-2026"),
            Map.entry("TwilioCredentials.accountSid", "AC00000000000000000000000000000000"),
            Map.entry("TwilioCredentials.authToken", "example-token-of-the-account"),
            Map.entry("TwilioCredentials.from", "+5491123456789"),
            Map.entry("EvolutionCredentials.baseUrl", "https://evolution.losalmendros.example"),
            Map.entry("EvolutionCredentials.apiKey", "example-key-of-the-instance"),
            Map.entry("EvolutionCredentials.instance", "los-almendros"),
            Map.entry("last4", "9f3c"),
            Map.entry("webhookUrl", "https://recado.example/webhooks/cloud-api/5f0c"),
            Map.entry("fallbackUrl", "https://recado.example/webhooks/twilio/5f0c"),
            Map.entry("Health.service", "recado"),
            Map.entry("ConsoleConfiguration.version", "1.0.0"),
            Map.entry("birthDate", "1990-05-17"),
            Map.entry("Problem.type", "about:blank"),
            Map.entry("Problem.title", "This time was just booked"),
            Map.entry("Problem.status", 409),
            Map.entry("Problem.detail", "Dra. Gómez has another visit from 10:00 to 10:30."),
            Map.entry("Problem.instance", "/api/v1/organizations/" + ID + "/appointments"),
            Map.entry("Problem.code", "slot-taken"),
            Map.entry("Problem.traceId", "4bf92f3577b34da6a3ce929d0e0e4736"),
            Map.entry("FieldProblem.pointer", "/start"),
            Map.entry("FieldProblem.code", "required"),
            Map.entry("FieldProblem.detail", "must not be null"),
            Map.entry("FieldProblem.minimum", 5),
            Map.entry("FieldProblem.maximum", 200));

    private static final Map<String, String> FORMATS = Map.of(
            "email", "email",
            "issuer", "uri",
            "webhookUrl", "uri",
            "fallbackUrl", "uri",
            "baseUrl", "uri",
            "timeZone", "iana-time-zone");

    private static final String E164 = "^\\+[1-9]\\d{5,14}$";
    private static final Set<String> PHONES = Set.of("phone", "otherPhone", "newPhone", "TestMessage.to");

    private ApiWords() {}

    /** A named schema as a whole. Descriptions of records are their Javadoc. */
    static void describe(String name, Schema<?> schema) {
        if (schema.getDescription() == null) {
            schema.setDescription(
                    DESCRIPTIONS.getOrDefault(name, schema.getEnum() == null ? null : "One of these words."));
        }
    }

    /** All fields of a schema that is written by hand. */
    static void describeAll(String name, Schema<?> schema) {
        schema.getProperties().forEach((property, field) -> describe(name, property, field, true));
    }

    /** One field. {@code asked} says that people send it: then it is not held to how Recado itself writes it. */
    static void describe(String owner, String property, Schema<?> schema, boolean asked) {
        var own = owner + "." + property;
        if (schema.getDescription() == null || schema.getDescription().isBlank()) {
            schema.setDescription(DESCRIPTIONS.getOrDefault(own, DESCRIPTIONS.get(property)));
        }
        if (schema.get$ref() != null && schema.getEnum() != null) {
            // Some of a named type's words: generators follow the name alone and would offer all of them.
            schema.set$ref(null);
            schema.setTypes(Set.of("string"));
        }
        if (schema.get$ref() != null) {
            schema.setType(null);
            schema.setTypes(null);
            return;
        }
        if (schema.getFormat() == null && FORMATS.containsKey(property)) {
            schema.setFormat(FORMATS.get(property));
        }
        if (!asked && (PHONES.contains(property) || PHONES.contains(own)) && isString(schema)) {
            schema.setPattern(E164);
        }
        var items = schema.getItems();
        if (items != null) {
            if (items.get$ref() == null && items.getExamples() == null) {
                illustrate(items, EXAMPLES.getOrDefault(own, EXAMPLES.get(property)));
            }
        } else if (schema.getExamples() == null) {
            illustrate(schema, EXAMPLES.getOrDefault(own, EXAMPLES.get(property)));
        }
    }

    private static void illustrate(Schema<?> schema, @Nullable Object known) {
        var given = schema.getExample();
        schema.setExample(null);
        schema.setExampleSetFlag(false);
        var example = given == null ? known == null || !fits(known, schema) ? byType(schema) : known : given;
        if (example != null) {
            @SuppressWarnings("unchecked")
            var any = (Schema<Object>) schema;
            any.setExamples(List.of(example));
        }
    }

    private static boolean fits(Object value, Schema<?> schema) {
        boolean listed = schema.getEnum() == null
                || schema.getEnum().isEmpty()
                || schema.getEnum().stream().anyMatch(one -> one.toString().equals(value.toString()));
        return listed && value instanceof String == isString(schema) && schema.getFormat() == null
                || listed && value instanceof String == isString(schema) && !"uuid".equals(schema.getFormat());
    }

    private static @Nullable Object byType(Schema<?> schema) {
        if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
            return schema.getEnum().getFirst();
        }
        return switch (String.valueOf(schema.getFormat())) {
            case "uuid" -> ID;
            case "date-time" -> "2026-11-24T13:00:00Z";
            case "date" -> "1990-05-17";
            case "time-local" -> "21:00:00";
            default ->
                switch (typeOf(schema)) {
                    case "integer", "number" -> schema.getMinimum() == null ? 1 : schema.getMinimum();
                    case "boolean" -> true;
                    default -> null;
                };
        };
    }

    private static boolean isString(Schema<?> schema) {
        return typeOf(schema).equals("string");
    }

    static boolean mayBeNull(Schema<?> schema) {
        return schema.getTypes() != null && schema.getTypes().contains("null")
                || schema.getOneOf() != null && schema.getOneOf().stream().anyMatch(ApiWords::mayBeNull);
    }

    /** The type that is not null, or nothing. */
    static String typeOf(Schema<?> schema) {
        if (schema.getTypes() != null) {
            return schema.getTypes().stream()
                    .filter(one -> !one.equals("null"))
                    .findFirst()
                    .orElse("");
        }
        return schema.getType() == null ? "" : schema.getType();
    }
}
