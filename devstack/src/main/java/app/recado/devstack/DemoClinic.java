package app.recado.devstack;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** One made-up clinic, as written in {@code resources/demo}. Phones look like the country's and belong to nobody. */
record DemoClinic(
        String name,
        String alias,
        String country,
        String timeZone,
        String locale,
        String visitWord,
        String owner,
        List<Member> members,
        List<Practitioner> practitioners,
        List<Service> services,
        List<Patient> patients,
        List<Patient> newcomers) {

    /** Everybody the clinic knows: those who take turns in its days, and newcomers, who have never been booked. */
    List<Patient> everybody() {
        return Stream.concat(patients.stream(), newcomers.stream()).toList();
    }

    record Member(String email, List<String> roles) {}

    /**
     * @param services names of the services they offer
     * @param member e-mail of the member as whom they sign in; null when they do not
     */
    record Practitioner(
            String displayName,
            String specialty,
            List<String> services,
            @Nullable String member) {}

    record Service(String name, int durationMinutes) {}

    /** @param practitioner display name of whom they see; null for newcomers */
    record Patient(
            String givenName,
            String familyName,
            @Nullable String phone,
            @Nullable LocalDate birthDate,
            @Nullable String practitioner) {
        String displayName() {
            return givenName + " " + familyName;
        }
    }

    static List<DemoClinic> all() {
        return List.of(read("los-almendros"), read("consultorio-ipe"));
    }

    private static DemoClinic read(String alias) {
        var stream = DemoClinic.class.getResourceAsStream("/demo/" + alias + ".json");
        if (stream == null) {
            throw new IllegalStateException("No demo clinic " + alias);
        }
        return JsonMapper.builder().build().readValue(stream, DemoClinic.class);
    }
}
