package app.recado.patients;

import app.recado.customfields.CustomField;
import app.recado.customfields.CustomFields;
import app.recado.customfields.CustomValue;
import app.recado.customfields.FieldSubject;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.security.Caller;
import app.recado.kernel.tables.TableFormat;
import app.recado.organizations.OrganizationProfile;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.identifiers.IdentifierKind;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The whole register as a file that spreadsheets open and an import reads again. It is written while it is read, a few
 * patients a transaction, so that neither memory nor a slow reader holds anything.
 */
@Component
class PatientExport {

    private static final String SHEET = "Recado";
    private static final int AT_ONCE = 1_000;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private static final Map<String, List<String>> HEADERS = Map.of(
            "es",
            List.of(
                    "Apellido",
                    "Nombre",
                    "Teléfono",
                    "Correo",
                    "Fecha de nacimiento",
                    "Género",
                    "Idioma",
                    "Etiquetas",
                    "Notas"),
            "en",
            List.of(
                    "Last name",
                    "First name",
                    "Phone",
                    "Email",
                    "Date of birth",
                    "Gender",
                    "Language",
                    "Tags",
                    "Notes"),
            "pt-BR",
            List.of(
                    "Sobrenome",
                    "Nome",
                    "Telefone",
                    "E-mail",
                    "Data de nascimento",
                    "Gênero",
                    "Idioma",
                    "Etiquetas",
                    "Observações"));

    /** Whose phone it is, and the others; only where somebody wrote that down. */
    private static final Map<String, List<String>> PHONES = Map.of(
            "es", List.of("Titular del teléfono", "Otros teléfonos"),
            "en", List.of("Phone owner", "Other phones"),
            "pt-BR", List.of("Titular do telefone", "Outros telefones"));

    private final JdbcClient jdbc;
    private final OrganizationProfiles organizations;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final CustomFields fields;

    PatientExport(
            JdbcClient jdbc,
            OrganizationProfiles organizations,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            CustomFields fields) {
        this.jdbc = jdbc;
        this.organizations = organizations;
        this.transaction = transaction;
        this.events = events;
        this.fields = fields;
    }

    /**
     * What is exported.
     *
     * @param phones whether anybody's phones say more than one number
     * @param papers which its patients have
     * @param fields the clinic's own that are in use
     */
    record Begun(OrganizationProfile clinic, boolean phones, List<IdentifierKind> papers, List<CustomField> fields) {}

    /** Says that somebody exports the register, before anything is read. */
    Begun begin() {
        return Objects.requireNonNull(transaction.execute(status -> {
            events.publishEvent(new PatientsExported(Caller.current().subject()));
            return new Begun(
                    organizations.current(),
                    jdbc.sql("""
                                    select exists (select from patient
                                                    where organization_id = ? and archived_at is null
                                                      and (other_phones <> '[]' or phone_owner is not null
                                                           or phone_owner_name is not null))
                                    """)
                            .param(CurrentOrganization.id())
                            .query(Boolean.class)
                            .single(),
                    jdbc.sql("select distinct kind from patient_identifier where organization_id = ? order by kind")
                            .param(CurrentOrganization.id())
                            .query((row, n) ->
                                    IdentifierKind.of(row.getString(1)).orElseThrow())
                            .list(),
                    fields.inUse(FieldSubject.PATIENT));
        }));
    }

    /** Writes everybody who is not archived and whose data may be used, the longest registered first. */
    void write(Begun begun, TableFormat format, OutputStream to) throws IOException {
        try (var table = format.open(to, SHEET)) {
            table.row(header(begun));
            var last = BEFORE_ALL;
            while (true) {
                var some = after(last, begun.clinic());
                for (var patient : some) {
                    table.row(record(patient, begun));
                }
                if (some.size() < AT_ONCE) {
                    return;
                }
                last = some.getLast().id();
            }
        }
    }

    private List<PatientView> after(UUID last, OrganizationProfile clinic) {
        return Objects.requireNonNull(transaction.execute(status -> jdbc.sql("""
                        select * from patient where organization_id = ? and id > ? and archived_at is null and restricted_at is null order by id limit %d
                        """.formatted(AT_ONCE))
                .params(CurrentOrganization.id(), last)
                .query((row, n) -> PatientView.of(row, clinic))
                .list()));
    }

    private static List<String> header(Begun begun) {
        var header = new ArrayList<>(
                Objects.requireNonNull(HEADERS.get(begun.clinic().locale())));
        if (begun.phones()) {
            header.addAll(Objects.requireNonNull(PHONES.get(begun.clinic().locale())));
        }
        begun.papers().forEach(kind -> header.add(kind.wireName()));
        // An import refuses two columns of one name.
        begun.fields()
                .forEach(field -> header.add(
                        header.stream().anyMatch(field.label()::equalsIgnoreCase)
                                ? "%s (%s)".formatted(field.label(), field.key())
                                : field.label()));
        return header;
    }

    private static List<String> record(PatientView patient, Begun begun) {
        var cells = new ArrayList<String>();
        cells.add(text(patient.familyName()));
        cells.add(text(patient.givenName()));
        cells.add(text(
                patient.phoneExtension() == null
                        ? patient.phoneNational()
                        : patient.phoneNational() + " x" + patient.phoneExtension()));
        cells.add(text(patient.email()));
        cells.add(patient.birthDate() == null ? "" : String.valueOf(patient.birthDate()));
        cells.add(patient.gender() == null ? "" : patient.gender().wireName());
        cells.add(patient.language());
        cells.add(String.join("; ", patient.tags()));
        cells.add(text(patient.notes()));
        if (begun.phones()) {
            var language = begun.clinic().locale();
            cells.add(patient.phoneNumbers().stream()
                    .filter(PatientView.Reached::writtenTo)
                    .map(one -> WrittenOwner.spelled(one.owner(), one.ownerName(), language))
                    .collect(Collectors.joining()));
            cells.add(patient.phoneNumbers().stream()
                    .filter(one -> !one.writtenTo())
                    .map(one -> spelled(one, language))
                    .collect(Collectors.joining("; ")));
        }
        for (var kind : begun.papers()) {
            cells.add(patient.identifiers().stream()
                    .filter(one -> one.kind() == kind)
                    .map(PatientView.Numbered::formatted)
                    .findFirst()
                    .orElse(""));
        }
        for (var field : begun.fields()) {
            cells.add(patient.customFields().stream()
                    .filter(one -> one.key().equals(field.key()))
                    .map(CustomValue::value)
                    .findFirst()
                    .orElse(""));
        }
        return cells;
    }

    /** As an import reads it again. */
    private static String spelled(PatientView.Reached one, String language) {
        var number = text(one.phoneNational()) + (one.phoneExtension() == null ? "" : " x" + one.phoneExtension());
        var owner = WrittenOwner.spelled(one.owner(), one.ownerName(), language);
        return owner.isEmpty() ? number : "%s (%s)".formatted(number, owner);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
