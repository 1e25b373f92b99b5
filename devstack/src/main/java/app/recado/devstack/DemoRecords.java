package app.recado.devstack;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What a clinic keeps besides its visits: who waits for an earlier hour, who answers whose phone, and what its assistant may tell
 * once somebody gives it a model. Written once.
 */
final class DemoRecords {

    /**
     * Somebody on the waitlist.
     *
     * @param patient their place among the clinic's patients
     * @param anybody whether they take anybody who offers the service
     * @param mornings whether they come from Monday to Friday until one, and at no other time
     */
    private record Waiting(int patient, boolean anybody, boolean mornings, String priority) {}

    private static final List<Waiting> WAITING = List.of(
            new Waiting(7, false, false, "routine"),
            new Waiting(22, true, true, "routine"),
            new Waiting(38, false, false, "urgent"),
            new Waiting(61, true, false, "routine"));

    /**
     * Something that patients ask.
     *
     * @param title in Spanish or Portuguese, as the clinic speaks
     */
    private record Fact(String title, String es, String en, String pt) {}

    private static final List<Fact> SPANISH = List.of(
            new Fact(
                    "Estacionamiento",
                    "Hay estacionamiento gratuito en la puerta.",
                    "There is free parking at the door.",
                    "Há estacionamento gratuito na porta."),
            new Fact(
                    "Preparación para un análisis de sangre",
                    "Ven con 8 horas de ayuno; puedes tomar agua.",
                    "Come after 8 hours without food; you may drink water.",
                    "Venha com 8 horas de jejum; pode tomar água."),
            new Fact(
                    "Documentos para la primera vez",
                    "Trae tu documento y la credencial de tu cobertura.",
                    "Bring your identity document and your insurance card.",
                    "Traga seu documento e a carteirinha do convênio."));

    private static final List<Fact> PORTUGUESE = List.of(
            new Fact(
                    "Estacionamento",
                    "",
                    "There is a car park across the street.",
                    "Há um estacionamento do outro lado da rua."),
            new Fact(
                    "Documentos na primeira vez",
                    "",
                    "Bring your identity document and your insurance card.",
                    "Traga seu documento e a carteirinha do convênio."));

    private final DemoClinic clinic;
    private final DemoSeed.Session reception;
    private final String base;

    DemoRecords(DemoClinic clinic, DemoSeed.Session reception, String base) {
        this.clinic = clinic;
        this.reception = reception;
        this.base = base;
    }

    /** Patients, practitioners and services as the API knows them, by name. */
    void fill(Map<String, JsonNode> patients, Map<String, JsonNode> practitioners, Map<String, JsonNode> services) {
        if (reception.items(base + "/waitlist-entries").isEmpty()) {
            WAITING.forEach(one -> waits(one, patients, practitioners, services));
        }
        clinic.patients().stream()
                .filter(patient -> patient.phone() != null)
                .collect(Collectors.groupingBy(patient -> Objects.requireNonNull(patient.phone())))
                .values()
                .stream()
                .filter(family -> family.size() > 1)
                .forEach(family -> household(family, patients));
        if (reception.items(base + "/assistant-facts").isEmpty()) {
            (clinic.locale().startsWith("pt") ? PORTUGUESE : SPANISH).forEach(this::tells);
        }
    }

    private void tells(Fact fact) {
        reception.create(
                base + "/assistant-facts",
                fact.title(),
                Map.of("title", fact.title(), "texts", Map.of("es", fact.es(), "en", fact.en(), "pt", fact.pt())));
    }

    private void waits(
            Waiting one,
            Map<String, JsonNode> patients,
            Map<String, JsonNode> practitioners,
            Map<String, JsonNode> services) {
        var patient = clinic.patients().get(one.patient());
        var practitioner = clinic.practitioners().stream()
                .filter(each -> each.displayName().equals(patient.practitioner()))
                .findFirst()
                .orElseThrow();
        var body = new HashMap<String, Object>();
        body.put("patientId", id(patients, patient.displayName()));
        body.put("healthcareServiceId", id(services, practitioner.services().getFirst()));
        body.put("priority", one.priority());
        if (!one.anybody()) {
            body.put("practitionerId", id(practitioners, practitioner.displayName()));
        }
        if (one.mornings()) {
            body.put(
                    "windows",
                    List.of("mon", "tue", "wed", "thu", "fri").stream()
                            .map(day -> Map.of("day", day, "from", "08:00", "until", "13:00"))
                            .toList());
        }
        reception.create(base + "/waitlist-entries", patient.displayName(), body);
    }

    /** The eldest answers. */
    private void household(List<DemoClinic.Patient> family, Map<String, JsonNode> patients) {
        var answers = family.stream()
                .min((one, other) ->
                        Objects.requireNonNull(one.birthDate()).compareTo(Objects.requireNonNull(other.birthDate())))
                .orElseThrow();
        var who = id(patients, answers.displayName());
        if (!reception.items(base + "/patients/" + who + "/households").isEmpty()) {
            return;
        }
        var members = family.stream()
                .map(one -> Map.of(
                        "patientId",
                        id(patients, one.displayName()),
                        "relationship",
                        one.equals(answers) ? "self" : relationship(answers, one)))
                .toList();
        reception.create(
                base + "/households",
                answers.displayName(),
                Map.of(
                        "givenName",
                        answers.givenName(),
                        "familyName",
                        answers.familyName(),
                        "phone",
                        Objects.requireNonNull(answers.phone()),
                        "members",
                        members));
    }

    /** Who answers is what to them. */
    private static String relationship(DemoClinic.Patient answers, DemoClinic.Patient member) {
        int apart = Objects.requireNonNull(member.birthDate()).getYear()
                - Objects.requireNonNull(answers.birthDate()).getYear();
        return apart > 45 ? "grandparent" : "sibling";
    }

    private static String id(Map<String, JsonNode> known, String name) {
        return Objects.requireNonNull(known.get(name), name).get("id").asString();
    }
}
