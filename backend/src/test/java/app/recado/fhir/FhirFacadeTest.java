package app.recado.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api;
import app.recado.testing.RecadoTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.HealthcareService;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Schedule;
import org.hl7.fhir.r4.model.Slot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Resources: what they hold, whose they are, and that FHIR itself finds them valid. */
@RecadoTest
class FhirFacadeTest extends ClinicReadInFhir {

    @Autowired
    @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings;

    @Value("${RECADO_PUBLIC_URL}")
    private String address = "";

    @Test
    void everything_that_is_answered_is_valid_by_fhirs_own_definitions() {
        var paper = new HashMap<String, Object>(patient("Eva", "Paz", "011 15-2345-0000 int. 12"));
        paper.put("gender", "female");
        paper.put("email", "eva@example.com");
        paper.put(
                "identifiers",
                List.of(
                        Map.of("kind", "ar-dni", "value", "30.123.456"),
                        Map.of("kind", "passport", "value", "AAB123456")));
        var eva = made("/patients", paper);
        var booked = books(ana, "2026-11-26T12:00:00Z");
        var cancelled = books(eva, "2026-11-26T13:00:00Z");
        system().ifMatch(cancelled.etag())
                .post("/appointments/" + cancelled.id() + "/cancel", Map.of("code", "pat", "reason", REMARK));
        var schedule = ids(get("/Schedule")).getFirst();
        var slots = get("/Slot?start=2026-11-26&service-type=" + service);

        var answers = new ArrayList<Api.Answer>(
                List.of(slots, get("/Slot/" + ids(slots).getFirst())));
        for (var path : List.of(
                "/metadata",
                "/Patient",
                "/Patient/" + eva,
                "/Practitioner",
                "/Practitioner/" + practitioner,
                "/Location",
                "/Location/" + location,
                "/HealthcareService",
                "/HealthcareService/" + service,
                "/Schedule",
                "/Schedule/" + schedule,
                "/Appointment",
                "/Appointment/" + booked.id(),
                "/Appointment/" + cancelled.id())) {
            answers.add(get(path));
        }
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.text()).doesNotContain(REMARK);
            ReferenceImplementation.assertValid(answer);
        });
        var outcome = get("/Patient/" + UUID.randomUUID());
        assertThat(refused(outcome, 404).getCode()).isEqualTo(IssueType.NOTFOUND);
        ReferenceImplementation.assertValid(outcome);
    }

    @Test
    void an_appointment_is_found_by_date_and_patient_and_says_what_it_is() {
        var visit = books(ana, "2026-11-26T12:00:00Z");
        books(ana, "2026-11-27T12:00:00Z");
        books(made("/patients", patient("Eva", "Paz", "+5491123450000")), "2026-11-26T13:00:00Z");
        system().ifMatch(visit.etag())
                .post("/appointments/" + visit.id() + "/participation", Map.of("participation", "accepted"));

        var entries = found(get("/Appointment?date=2026-11-26&patient=" + ana)).getEntry();

        assertThat(entries).hasSize(1);
        assertThat(entries.getFirst().getFullUrl())
                .isEqualTo("%s/api/v1/organizations/%s/fhir/R4/Appointment/%s"
                        .formatted(address, clinic().id(), visit.id()));
        var appointment = (Appointment) entries.getFirst().getResource();
        assertThat(appointment.getStatus()).isEqualTo(Appointment.AppointmentStatus.BOOKED);
        assertThat(appointment.getStartElement().getValueAsString()).isEqualTo("2026-11-26T09:00:00-03:00");
        assertThat(appointment
                        .getStartElement()
                        .getExtensionByUrl("http://hl7.org/fhir/StructureDefinition/tz-code")
                        .getValueAsPrimitive()
                        .getValueAsString())
                .isEqualTo("America/Argentina/Buenos_Aires");
        assertThat(appointment.getMinutesDuration()).isEqualTo(30);
        assertThat(appointment.getParticipant())
                .extracting(who ->
                        who.getActor().getReference() + " " + who.getStatus().toCode())
                .containsExactly(
                        "Patient/" + ana + " accepted",
                        "Practitioner/" + practitioner + " accepted",
                        "HealthcareService/" + service + " accepted",
                        "Location/" + location + " accepted");
    }

    @Test
    void nothing_of_another_clinic_is_found() {
        var visit = books(ana, "2026-11-26T12:00:00Z");
        var schedule = ids(get("/Schedule")).getFirst();
        var slot = ids(get("/Slot?start=2026-11-26&service-type=" + service)).getFirst();
        var foreign = clinics.open().receptionist();

        assertThat(ids(foreign.get(ROOT + "/Appointment?patient=" + ana))).isEmpty();
        assertThat(ids(foreign.get(ROOT + "/Slot?start=2026-11-26&service-type=" + service)))
                .isEmpty();
        for (var path : List.of(
                "/Appointment/" + visit.id(),
                "/Patient/" + ana,
                "/Practitioner/" + practitioner,
                "/Location/" + location,
                "/HealthcareService/" + service,
                "/Schedule/" + schedule,
                "/Slot/" + slot)) {
            assertThat(get(path).status()).as(path).isEqualTo(200);
            assertThat(refused(foreign.get(ROOT + path), 404).getCode())
                    .as(path)
                    .isEqualTo(IssueType.NOTFOUND);
        }
    }

    @Test
    void a_service_names_where_it_is_offered() {
        var offered = ReferenceImplementation.read(HealthcareService.class, get("/HealthcareService/" + service));
        assertThat(offered.getLocation())
                .extracting(where -> where.getReference())
                .containsExactly("Location/" + location);
    }

    @Test
    void slots_are_what_is_free_and_gone_when_it_is_taken() {
        var nine = "2026-11-26T09:00:00-03:00";
        var before =
                found(get("/Slot?start=2026-11-26&service-type=" + service)).getEntry();
        assertThat(before)
                .extracting(
                        entry -> ((Slot) entry.getResource()).getStartElement().getValueAsString())
                .containsExactly(nine, "2026-11-26T09:15:00-03:00", "2026-11-26T09:30:00-03:00");
        var slot = (Slot) before.getFirst().getResource();
        assertThat(slot.getStatus()).isEqualTo(Slot.SlotStatus.FREE);
        var schedule = ReferenceImplementation.read(
                Schedule.class, get("/" + slot.getSchedule().getReference()));
        assertThat(schedule.getActor())
                .extracting(actor -> actor.getReference())
                .containsExactly("Practitioner/" + practitioner, "Location/" + location);
        assertThat(schedule.getSpecialtyFirstRep().getText()).isEqualTo("Pediatría");

        books(ana, "2026-11-26T12:00:00Z");

        assertThat(refused(get("/Slot/" + slot.getIdElement().getIdPart()), 404).getCode())
                .isEqualTo(IssueType.NOTFOUND);
        var ofSchedule = "&schedule=" + slot.getSchedule().getReference();
        assertThat(ids(get("/Slot?start=2026-11-26&service-type=" + service + ofSchedule)))
                .hasSize(1);
        assertThat(ids(get("/Slot?status=busy&start=2026-11-26&service-type=" + service)))
                .isEmpty();
    }

    @Test
    void somebody_who_was_merged_says_who_they_are_now_and_archived_patients_are_found_when_they_are_asked_for() {
        var twin = system().post("/patients", patient("Anita", "Núñez", "+5491123456789"));
        var card = system().get("/patients/" + ana);
        var merged = system().ifMatch(card.etag())
                .post(
                        "/patients/%s/merge".formatted(ana),
                        Map.of(
                                "patientId",
                                twin.id(),
                                "version",
                                twin.json().path("version").asLong()));
        assertThat(merged.status()).as(merged.text()).isEqualTo(200);

        var replaced = ReferenceImplementation.read(Patient.class, get("/Patient/" + twin.id()));
        assertThat(replaced.getActive()).isFalse();
        assertThat(replaced.getLinkFirstRep().getOther().getReference()).isEqualTo("Patient/" + ana);
        assertThat(ids(search("Patient", "name=nunez"))).containsExactly(ana.toString());

        var now = system().get("/patients/" + ana);
        var body = new HashMap<String, Object>(patient("Ana", "Núñez", "+5491123456789"));
        body.put("archived", true);
        assertThat(system().ifMatch(now.etag()).put("/patients/" + ana, body).status())
                .isEqualTo(200);
        assertThat(ids(search("Patient", "name=nunez"))).isEmpty();
        assertThat(ids(search("Patient", "name=nunez&active=false"))).containsExactly(ana.toString());
        assertThat(ids(get("/Patient?active=false"))).containsExactly(ana.toString());
        assertThat(ids(get("/Patient?_id=" + twin.id())))
                .containsExactly(twin.id().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/Patient/42",
                "/Appointment/_search",
                "/Schedule/AAAA",
                "/Slot/..........",
                "/Slot/......................................................",
                "/Location/x"
            })
    void what_is_no_id_is_not_there(String path) {
        assertThat(refused(get(path), 404).getCode()).isEqualTo(IssueType.NOTFOUND);
    }

    @Test
    void other_formats_are_refused() {
        assertThat(refused(get("/metadata?_format=xml"), 406).getCode()).isEqualTo(IssueType.NOTSUPPORTED);
        refused(system().with("Accept", "application/fhir+xml").get(ROOT + "/Patient/" + ana), 406);
        for (var accept : List.of("application/fhir+json", "application/json", "*/*", "text/html, */*;q=0.1")) {
            assertThat(system().with("Accept", accept)
                            .get(ROOT + "/Patient/" + ana)
                            .status())
                    .as(accept)
                    .isEqualTo(200);
        }
        assertThat(get("/Patient/" + ana + "?_format=application/fhir%2Bjson").status())
                .isEqualTo(200);
        assertThat(system().send("POST", ROOT + "/Patient/_search", "{}").code())
                .isEqualTo("unsupported-media-type");
    }

    @Test
    void the_capability_statement_names_what_is_there_and_nothing_else() {
        var rest = ReferenceImplementation.read(CapabilityStatement.class, get("/metadata"))
                .getRestFirstRep();
        var said = new TreeSet<String>();
        said.add("GET /metadata");
        rest.getResource()
                .forEach(resource -> resource.getInteraction().forEach(interaction -> {
                    switch (interaction.getCode()) {
                        case READ -> said.add("GET /%s/{id}".formatted(resource.getType()));
                        case SEARCHTYPE -> {
                            said.add("GET /" + resource.getType());
                            said.add("POST /%s/_search".formatted(resource.getType()));
                        }
                        default -> said.add(interaction.getCode().toCode() + " " + resource.getType());
                    }
                }));

        var there = new TreeSet<String>();
        mappings.getHandlerMethods()
                .forEach((route, method) -> route.getPatternValues().stream()
                        .filter(path -> path.contains(ROOT + "/"))
                        .forEach(path -> there.add(route.getMethodsCondition()
                                        .getMethods()
                                        .iterator()
                                        .next()
                                        .name() + " " + path.substring(path.indexOf(ROOT) + ROOT.length()))));
        assertThat(there).isEqualTo(said).hasSizeGreaterThan(20);
    }
}
