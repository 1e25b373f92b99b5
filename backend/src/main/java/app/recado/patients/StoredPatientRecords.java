package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Phones;
import app.recado.kernel.SqlTime;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.SearchTokens.Kind;
import app.recado.patients.SearchTokens.Word;
import app.recado.patients.identifiers.Identifier;
import app.recado.patients.identifiers.IdentifierKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads the register for other systems. A name walks {@code patient_search} as the search of the desk does ({@link
 * PatientSearchPlan}); papers, phones and days of birth have indexes of their own.
 */
@Repository
class StoredPatientRecords implements PatientRecords {

    private static final String COLUMNS = """
            select p.id, p.given_name, p.family_name, p.sort_name, p.phone, p.phone_extension, p.other_phones, p.email, p.birth_date, p.gender,
                   p.language, p.other_languages, p.identifiers, p.archived_at, p.replaced_by, p.updated_at, p.version
            """;

    private final JdbcClient jdbc;
    private final OrganizationProfiles organizations;
    private final SearchFrequencies frequencies;

    StoredPatientRecords(JdbcClient jdbc, OrganizationProfiles organizations, SearchFrequencies frequencies) {
        this.jdbc = jdbc;
        this.organizations = organizations;
        this.frequencies = frequencies;
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<PatientRecord> find(UUID id) {
        return jdbc.sql(
                        COLUMNS
                                + " from patient p where p.organization_id = :org and p.id = :id and p.erased_at is null and p.restricted_at is null")
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .query((row, n) -> read(row))
                .optional();
    }

    @Override
    @Transactional(readOnly = true)
    public List<PatientRecord> search(Wanted wanted, @Nullable Place after, int limit) {
        var papers = papers(wanted.papers());
        var phones = phones(wanted.phones());
        if (papers != null && papers.isEmpty() || phones != null && phones.length == 0) {
            return List.of(); // no such number can exist
        }
        var query = new Query();
        query.from(wanted, rarestFirst(wanted, after));
        if (papers != null) {
            query.holdsOne(papers);
        }
        if (phones != null) {
            query.and(
                    "p.id in (select n.id from patient_number n"
                            + " where n.organization_id = :org and n.phone = any(:phones))",
                    "phones",
                    phones);
        }
        query.born(wanted.bornFrom(), wanted.bornBefore());
        query.continuing(after);
        var statement = jdbc.sql(query.sql(limit)).param("org", CurrentOrganization.id());
        for (var value : query.values.entrySet()) {
            statement = statement.param(value.getKey(), value.getValue());
        }
        return statement.query((row, n) -> read(row)).list();
    }

    /** The words of the name, of which the first is walked in the order of the register. */
    private List<Word> rarestFirst(Wanted wanted, @Nullable Place after) {
        var words = wanted.nameWords().stream()
                .map(text -> new Word(Kind.NAME, text))
                .collect(Collectors.toCollection(ArrayList::new));
        if (wanted.ids() == null && words.size() > 1) {
            var known = frequencies.of(List.copyOf(words), Boolean.FALSE.equals(wanted.active()), after);
            Collections.swap(words, 0, known.rarest());
        }
        return List.copyOf(words);
    }

    private static @Nullable List<Identifier> papers(@Nullable List<PaperWanted> wanted) {
        return wanted == null
                ? null
                : wanted.stream()
                        .flatMap(paper -> kinds(paper.kind())
                                .map(kind -> Identifier.read(kind, paper.typed()))
                                .filter(Identifier.class::isInstance)
                                .map(Identifier.class::cast))
                        .distinct()
                        .toList();
    }

    private static Stream<IdentifierKind> kinds(@Nullable String wanted) {
        return wanted == null ? Arrays.stream(IdentifierKind.values()) : IdentifierKind.of(wanted).stream();
    }

    private String @Nullable [] phones(@Nullable List<String> typed) {
        if (typed == null) {
            return null;
        }
        var country = organizations.current().country();
        return typed.stream()
                .map(text -> Phones.read(text, country))
                .filter(Phones.Phone.class::isInstance)
                .map(read -> ((Phones.Phone) read).e164())
                .distinct()
                .toArray(String[]::new);
    }

    /** The text depends on what is asked for only; every value is bound. */
    private static final class Query {

        private final StringBuilder from = new StringBuilder();
        private final StringBuilder where = new StringBuilder();
        private final Map<String, Object> values = new LinkedHashMap<>();
        private String sortName = "p.sort_name";
        private String id = "p.id";

        void from(Wanted wanted, List<Word> words) {
            if (wanted.ids() == null && !words.isEmpty()) {
                var first = words.getFirst();
                from.append(" from patient_search s join patient p on p.organization_id = s.organization_id")
                        .append(" and p.id = s.patient_id");
                where.append(" where s.organization_id = :org and p.restricted_at is null");
                and("s.token = :token", "token", sign(wanted) + first.token());
                sortName = "s.sort_name";
                id = "s.patient_id";
                begin(words); // the token is also had by those for whom somebody of that name answers
                return;
            }
            from.append(" from patient p");
            where.append(" where p.organization_id = :org and p.erased_at is null and p.restricted_at is null");
            if (wanted.ids() != null) {
                and("p.id = any(:ids)", "ids", wanted.ids().toArray(UUID[]::new));
            }
            if (wanted.active() != null) {
                // Whoever turned out to be somebody else is archived as well, and found by id alone.
                where.append(wanted.active() ? " and p.archived_at is null" : " and p.archived_at is not null");
                where.append(wanted.ids() == null && !wanted.active() ? " and p.replaced_by is null" : "");
            }
            begin(words);
        }

        private static String sign(Wanted wanted) {
            return Boolean.FALSE.equals(wanted.active()) ? SearchTokens.ARCHIVED : "";
        }

        private void begin(List<Word> words) {
            for (int i = 0; i < words.size(); i++) {
                and(
                        "strpos(' ' || %s, :word%d) > 0".formatted(sortName, i),
                        "word" + i,
                        " " + words.get(i).text());
            }
        }

        void holdsOne(List<Identifier> papers) {
            var pairs = new StringBuilder();
            for (int i = 0; i < papers.size(); i++) {
                pairs.append(i == 0 ? "" : ", ").append("(:kind%1$d, :number%1$d)".formatted(i));
                values.put("kind" + i, papers.get(i).kind().wireName());
                values.put("number" + i, papers.get(i).value());
            }
            where.append(" and p.id in (select n.patient_id from patient_identifier n where n.organization_id = :org")
                    .append(" and (n.kind, n.value) in (")
                    .append(pairs)
                    .append("))");
        }

        void born(@Nullable LocalDate from, @Nullable LocalDate before) {
            if (from != null) {
                and("p.birth_date >= :bornFrom", "bornFrom", from);
            }
            if (before != null) {
                and("p.birth_date < :bornBefore", "bornBefore", before);
            }
        }

        void continuing(@Nullable Place after) {
            if (after != null) {
                and("(%s, %s) > (:name, :id)".formatted(sortName, id), "name", after.sortName());
                values.put("id", after.id());
            }
        }

        void and(String condition, String name, Object value) {
            where.append(" and ").append(condition);
            values.put(name, value);
        }

        String sql(int limit) {
            return COLUMNS + from + where + " order by %s, %s limit %d".formatted(sortName, id, limit);
        }
    }

    private static PatientRecord read(ResultSet row) throws SQLException {
        var replacedBy = row.getObject("replaced_by", UUID.class);
        return new PatientRecord(
                row.getObject("id", UUID.class),
                row.getString("given_name"),
                row.getString("family_name"),
                row.getString("sort_name"),
                row.getString("phone"),
                row.getString("phone_extension"),
                PatientPhone.read(row.getString("other_phones")).stream()
                        .map(PatientPhone::e164)
                        .toList(),
                row.getString("email"),
                row.getObject("birth_date", LocalDate.class),
                row.getString("gender"),
                row.getString("language"),
                List.of((String[]) row.getArray("other_languages").getArray()),
                Patient.identifiersOf((String[]) row.getArray("identifiers").getArray()).stream()
                        .map(one -> new Paper(one.kind().wireName(), one.value()))
                        .toList(),
                row.getObject("archived_at") == null,
                replacedBy,
                SqlTime.instant(row, "updated_at"),
                row.getLong("version"));
    }
}
