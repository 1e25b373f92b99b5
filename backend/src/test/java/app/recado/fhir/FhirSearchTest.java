package app.recado.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.RecadoTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;

/** Searches: what they find and what they refuse. */
@RecadoTest
class FhirSearchTest extends ClinicReadInFhir {

    @Value("${RECADO_PUBLIC_URL}")
    private String address = "";

    @ParameterizedTest
    @CsvSource({
        "date=ge2026-11-26&date=lt2026-11-27, 1",
        "date=2026-11, 2",
        "date=gt2026-11-26, 1",
        "date=le2026-11-26, 1",
        "date=2026-11-26T12:00:00Z, 1",
        "date=2026-11-26T09:00:00-03:00, 1",
        "date=ge2026-11-26T10:00:00+01:00&date=le2026-11-26T12:00Z, 1",
        "date=2026-11-25, 0",
        "status=booked, 1",
        "status=http://hl7.org/fhir/appointmentstatus%7Ccancelled, 1",
        "'status=booked,cancelled', 2",
        "status=noshow, 0",
        "actor=Patient/ANA&actor=Practitioner/DOCTOR, 2",
        "actor=Location/NORTH, 2",
        "practitioner=BASE/Practitioner/DOCTOR&date=2026-11-27, 1",
        "patient=Patient/0199c7a4-6f3e-7c52-9b1d-2f6a8e0c4d11, 0",
        "_id=nothing, 0"
    })
    void appointments_are_found_by(String query, int many) {
        books(ana, "2026-11-26T12:00:00Z");
        var later = books(ana, "2026-11-27T12:00:00Z");
        system().ifMatch(later.etag()).post("/appointments/" + later.id() + "/cancel", Map.of("code", "pat"));

        var answer = get("/Appointment?"
                + query.replace("BASE", address + "/api/v1/organizations/" + clinic().id() + ROOT)
                        .replace("ANA", ana.toString())
                        .replace("DOCTOR", practitioner.toString())
                        .replace("NORTH", location.toString()));

        assertThat(ids(answer)).hasSize(many);
    }

    @ParameterizedTest
    @CsvSource({
        "name=NUNEZ an, 1",
        "name=nuñ&name=ana, 1",
        "name=unez, 0",
        "phone=011 15-2345-6789, 1",
        "phone=%2B5491123456789, 1",
        "phone=no phone, 0",
        "identifier=http://www.renaper.gob.ar/dni|30.123.456, 1",
        "identifier=30123456, 1",
        "identifier=urn:oid:2.16.840.1.113883.4.629|30123456, 0",
        "identifier=urn:nobody|30123456, 0",
        "name=ana&birthdate=1990-05-17, 1",
        "birthdate=ge1991, 0",
        "birthdate=lt1990-05-17, 0",
        "active=false, 0"
    })
    void patients_are_found_by(String form, int many) {
        var card = system().get("/patients/" + ana);
        var body = new HashMap<String, Object>(patient("Ana", "Núñez", "+5491123456789"));
        body.put("identifiers", List.of(Map.of("kind", "ar-dni", "value", "30123456")));
        assertThat(system().ifMatch(card.etag()).put("/patients/" + ana, body).status())
                .isEqualTo(200);

        assertThat(ids(search("Patient", form.replace(" ", "+").replace("|", "%7C"))))
                .hasSize(many);
    }

    /** An address is kept by proxies and histories. */
    @ParameterizedTest
    @ValueSource(strings = {"name=ana", "phone=%2B5491123456789", "identifier=30123456", "birthdate=1990-05-17"})
    void who_somebody_is_never_stands_in_an_address(String query) {
        assertThat(refused(get("/Patient?" + query), 400).getDetails().getText())
                .contains("POST Patient/_search");
    }

    @Test
    void the_next_page_is_a_link_that_tells_nothing_and_goes_on_with_the_same_search() {
        var others = List.of(
                made("/patients", patient("Eva", "Núñez", "+5491123450001")),
                made("/patients", patient("Zoe", "Núñez", "+5491123450002")));
        made("/patients", patient("Ana", "Paz", "+5491123450003"));

        var first = search("Patient", "name=nunez&_count=2");
        var next = Objects.requireNonNull(found(first).getLink("next")).getUrl();
        var query = Objects.requireNonNull(URI.create(next).getRawQuery());

        assertThat(first.text()).doesNotContain("name=");
        assertThat(query).matches("_cursor=[\\w-]+");
        assertThat(ids(first)).containsExactly(ana.toString(), others.get(0).toString());
        var second = get("/Patient?" + query);
        assertThat(ids(second)).containsExactly(others.get(1).toString());
        assertThat(found(second).getLink("next")).isNull();
        assertThat(refused(get("/Practitioner?" + query), 400)
                        .getDetails()
                        .getCodingFirstRep()
                        .getCode())
                .isEqualTo("invalid-cursor");
    }

    @Test
    void appointments_and_free_times_come_in_pages_too() {
        var visits = List.of(
                books(ana, "2026-11-25T12:00:00Z").id(),
                books(ana, "2026-11-25T13:00:00Z").id(),
                books(ana, "2026-11-25T14:00:00Z").id());
        assertThat(everyPage("/Appointment?_count=1&patient=" + ana))
                .containsExactlyElementsOf(visits.stream().map(UUID::toString).toList());
        assertThat(everyPage("/Slot?_count=2&start=2026-11-26&service-type=" + service))
                .hasSize(3)
                .doesNotHaveDuplicates();
        assertThat(everyPage("/Location?_count=1")).hasSize(2);
    }

    private List<String> everyPage(String path) {
        var all = new ArrayList<String>();
        for (var page = get(path); ; ) {
            all.addAll(ids(page));
            var next = found(page).getLink("next");
            if (next == null) {
                return all;
            }
            var url = URI.create(next.getUrl());
            page = system().get("//" + url.getRawPath().substring(1) + "?" + url.getRawQuery());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/Appointment?date=yesterday",
                "/Appointment?date=2026-02-30",
                "/Appointment?date=0000",
                "/Appointment?date=2026-11-24T25:00:00Z",
                "/Appointment?date=2026-11-24T10:00:00%2B99:00",
                "/Appointment?date=ne2026-11-24",
                "/Appointment?date=",
                "/Appointment?patient=Practitioner/0199c7a4-6f3e-7c52-9b1d-2f6a8e0c4d11",
                "/Appointment?patient=42",
                "/Appointment?patient=https://elsewhere.example/Patient/0199c7a4-6f3e-7c52-9b1d-2f6a8e0c4d11",
                "/Appointment?actor=0199c7a4-6f3e-7c52-9b1d-2f6a8e0c4d11",
                "/Appointment?status=late",
                "/Appointment?status=booked&status=arrived",
                "/Appointment?status:not=booked",
                "/Appointment?patient.name=ana",
                "/Appointment?_count=0",
                "/Appointment?_count=-1",
                "/Appointment?_count=many",
                "/Appointment?_cursor=forged",
                "/Appointment?_cursor=forged&_count=1",
                "/Appointment?_sort=date",
                "/Appointment?_id=,",
                "/Patient?active=perhaps",
                "/Practitioner?name=%21",
                "/Practitioner?organization=1",
                "/Slot",
                "/Slot?start=2026-11-26",
                "/Slot?service-type=0199c7a4-6f3e-7c52-9b1d-2f6a8e0c4d11",
                "/Slot?service-type=0199c7a4-6f3e-7c52-9b1d-2f6a8e0c4d11&start=ge2026-11-26",
                "/Slot?service-type=0199c7a4-6f3e-7c52-9b1d-2f6a8e0c4d11&start=2026",
                "/Slot?service-type=a%7Cb%7Cc&start=2026-11-26"
            })
    void what_is_not_understood_is_refused_and_never_ignored(String path) {
        assertThat(refused(get(path), 400).getDetails().getText()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"name=%00", "name=%zz", "name=", "name=a b c d e f g h i j", "name=%F0%9F%92%90"})
    void a_form_is_read_as_strictly(String form) {
        refused(search("Patient", form), 400);
        refused(search("Patient", "name=" + "x".repeat(3_000)), 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/Slot?service-type=SERVICE&start=9999-12-31",
                "/Slot?service-type=SERVICE&start=1800-01",
                "/Slot?service-type=SERVICE&start=2026-11-26&schedule=x",
                "/Slot?service-type=urn:others%7CSERVICE&start=2026-11-26",
                "/Slot?service-type=control&start=2026-11-26",
                "/Appointment?date=ge9999-12-31T23:59:59Z",
                "/Appointment?date=lt1800"
            })
    void what_cannot_be_is_not_found(String path) {
        assertThat(ids(get(path.replace("SERVICE", service.toString())))).isEmpty();
    }

    @Test
    void an_unknown_parameter_is_ignored_only_on_demand_and_then_said_so() {
        assertThat(refused(get("/Appointment?colour=red"), 400).getCode()).isEqualTo(IssueType.NOTSUPPORTED);

        var bundle =
                found(system().with("Prefer", "handling=lenient").get(ROOT + "/Appointment?colour=red&status=booked"));

        assertThat(bundle.getLink("self").getUrl()).endsWith("/Appointment?status=booked");
        assertThat(bundle.getEntry()).hasSize(1);
        assertThat(bundle.getEntryFirstRep().getSearch().getMode()).isEqualTo(Bundle.SearchEntryMode.OUTCOME);
    }
}
