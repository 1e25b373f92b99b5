package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.identifiers.Identifier;
import app.recado.patients.identifiers.IdentifierReading;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Compares what patients say with their cards, and writes what is not disputed. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class SelfReportedDetails implements PatientCompletion {

    private static final String WANTED = "true";
    private static final LocalDate EARLIEST_BIRTH = LocalDate.of(1900, 1, 1);

    private final PatientRepository patients;
    private final PatientRegister register;
    private final PatientIndex index;
    private final OrganizationProfiles organizations;
    private final JdbcClient jdbc;
    private final Clock clock;

    SelfReportedDetails(
            PatientRepository patients,
            PatientRegister register,
            PatientIndex index,
            OrganizationProfiles organizations,
            JdbcClient jdbc,
            Clock clock) {
        this.patients = patients;
        this.register = register;
        this.index = index;
        this.organizations = organizations;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public Card card(UUID patient) {
        var known = existing(patient);
        return new Card(
                known.givenName(),
                known.familyName(),
                known.birthDate(),
                known.identifiers().stream().collect(Collectors.toMap(Identifier::kind, Identifier::value)),
                known.email(),
                known.phone() != null,
                known.messaging() == Messaging.ALLOWED,
                known.marketing() == Messaging.ALLOWED,
                known.language());
    }

    private Patient existing(UUID id) {
        return patients.findById(id)
                .filter(patient -> patient.replacedBy() == null)
                .orElseThrow(() -> Problem.PATIENT_UNKNOWN.because("This clinic has no such patient"));
    }

    @Override
    public Outcome complete(UUID id, Submission said, Instant at) {
        var patient = existing(id);
        var identifier = identifier(said);
        var birthDate = birthDate(said.birthDate());
        var differing = new EnumMap<Detail, String>(Detail.class);
        var given = filled(differing, Detail.GIVEN_NAME, patient.givenName(), said.givenName());
        var family = filled(differing, Detail.FAMILY_NAME, patient.familyName(), said.familyName());
        var born = filled(differing, Detail.BIRTH_DATE, text(patient.birthDate()), text(birthDate));
        var email = filled(differing, Detail.EMAIL, patient.email(), said.email());
        boolean taken = identifier != null && !index.mayHave(id, identifier);
        var added = identifier == null ? null : added(differing, patient, identifier, taken);
        if (taken) {
            claim(id, Objects.requireNonNull(identifier));
        }
        wish(differing, Detail.MESSAGING, patient.messaging(), said.messaging());
        wish(differing, Detail.MARKETING, patient.marketing(), said.marketing());
        var particulars = new Patient.Particulars(
                given != null ? given : patient.givenName(),
                family != null ? family : patient.familyName(),
                patient.phones(),
                born != null ? birthDate : patient.birthDate(),
                patient.languages(),
                patient.notes(),
                patient.gender(),
                email != null ? email : patient.email(),
                added == null ? patient.identifiers() : with(patient.identifiers(), added),
                patient.tags(),
                patient.customFields());
        register.write(id, particulars, Patient.BY_PATIENT);
        register.stop(id, Boolean.FALSE.equals(said.messaging()), Boolean.FALSE.equals(said.marketing()), at);
        return new Outcome(differing, taken);
    }

    /** What fills an empty field; null where there is nothing to fill. What differs is noted. */
    private static @Nullable String filled(
            Map<Detail, String> differing, Detail detail, @Nullable String written, @Nullable String said) {
        if (said == null || said.isBlank()) {
            return null;
        }
        if (written == null) {
            return said;
        }
        if (!written.equals(said)) {
            differing.put(detail, said);
        }
        return null;
    }

    private static @Nullable Identifier added(
            Map<Detail, String> differing, Patient patient, Identifier said, boolean taken) {
        var written = patient.identifiers().stream()
                .filter(one -> one.kind() == said.kind())
                .findFirst();
        if (written.isEmpty()) {
            return taken ? null : said;
        }
        if (!written.get().equals(said)) {
            differing.put(Detail.IDENTIFIER, Patient.stored(said));
        }
        return null;
    }

    private static void wish(Map<Detail, String> differing, Detail detail, Messaging written, @Nullable Boolean said) {
        if (Boolean.TRUE.equals(said) && written == Messaging.OPTED_OUT) {
            differing.put(detail, WANTED);
        }
    }

    private static List<Identifier> with(List<Identifier> before, Identifier one) {
        var all = new ArrayList<>(
                before.stream().filter(other -> other.kind() != one.kind()).toList());
        all.add(one);
        return all;
    }

    private static @Nullable String text(@Nullable LocalDate date) {
        return date == null ? null : date.toString();
    }

    private @Nullable LocalDate birthDate(@Nullable LocalDate date) {
        var today = LocalDate.now(clock.withZone(organizations.current().timeZone()));
        if (date != null && (date.isAfter(today) || date.isBefore(EARLIEST_BIRTH))) {
            throw Problem.INVALID_FIELDS.at("/birthDate", "out-of-range", "Nobody can be born then");
        }
        return date;
    }

    private static @Nullable Identifier identifier(Submission said) {
        if (said.identifier() == null || said.identifier().isBlank()) {
            return null;
        }
        if (said.identifierKind() == null) {
            throw Problem.INVALID_FIELDS.at("/identifierKind", "required", "Say which paper it is");
        }
        return switch (Identifier.read(said.identifierKind(), said.identifier())) {
            case Identifier identifier -> identifier;
            case IdentifierReading.Trouble trouble ->
                throw Problem.INVALID_FIELDS.at("/identifier", trouble.code(), trouble.detail());
        };
    }

    private void claim(UUID patient, Identifier identifier) {
        jdbc.sql("""
                        insert into patient_identifier_claim (organization_id, patient_id, kind, value) values (?, ?, ?, ?)
                        on conflict (organization_id, patient_id, kind) do update set value = excluded.value
                        """)
                .params(CurrentOrganization.id(), patient, identifier.kind().wireName(), identifier.value())
                .update();
    }

    @Override
    public void accept(UUID id, Map<Detail, String> differing, Set<Detail> accepted, String by) {
        var patient = existing(id);
        var said = new EnumMap<Detail, String>(Detail.class);
        accepted.stream().filter(differing::containsKey).forEach(one -> said.put(one, differing.get(one)));
        var identifiers = said.get(Detail.IDENTIFIER) instanceof String stored
                ? with(
                        patient.identifiers(),
                        Patient.identifiersOf(new String[] {stored}).getFirst())
                : patient.identifiers();
        register.write(
                id,
                new Patient.Particulars(
                        chosen(said, Detail.GIVEN_NAME, patient::givenName),
                        chosen(said, Detail.FAMILY_NAME, patient::familyName),
                        patient.phones(),
                        said.get(Detail.BIRTH_DATE) instanceof String date
                                ? LocalDate.parse(date)
                                : patient.birthDate(),
                        patient.languages(),
                        patient.notes(),
                        patient.gender(),
                        chosen(said, Detail.EMAIL, patient::email),
                        identifiers,
                        patient.tags(),
                        patient.customFields()),
                by);
        register.allow(id, said.containsKey(Detail.MESSAGING), said.containsKey(Detail.MARKETING), by);
    }

    private static @Nullable String chosen(
            Map<Detail, String> said, Detail detail, Supplier<@Nullable String> written) {
        return said.containsKey(detail) ? said.get(detail) : written.get();
    }
}
