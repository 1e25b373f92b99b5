package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SearchText;
import app.recado.patients.identifiers.Identifier;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Three questions for a whole batch, each by an index. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class RegisterLookup implements PatientLookup {

    private static final Found NOBODY = new Found(null, false);
    private static final Found SEVERAL = new Found(null, true);

    private static final String BY_PHONE = """
            select p.id, p.sort_name, n.phone as asked
              from patient_number n join patient p on p.organization_id = n.organization_id and p.id = n.id
             where n.organization_id = ? and n.phone = any (cast(? as text[])) and p.replaced_by is null order by p.id
            """;

    private static final String BY_BIRTH = """
            select id, sort_name, birth_date::text as asked from patient
             where organization_id = ? and birth_date = any (cast(? as date[])) and replaced_by is null order by id
            """;

    private final JdbcClient jdbc;

    RegisterLookup(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Candidate(UUID id, Set<String> words) {

        static Candidate of(ResultSet row) throws SQLException {
            return new Candidate(row.getObject("id", UUID.class), wordsOf(row.getString("sort_name")));
        }

        /** One name holds the other: a second family name is often left out. */
        boolean isCalled(@Nullable String name) {
            if (name == null) {
                return true;
            }
            var asked = wordsOf(name);
            return words.containsAll(asked) || asked.containsAll(words);
        }
    }

    private static Set<String> wordsOf(String name) {
        return new HashSet<>(SearchText.words(name));
    }

    @Override
    public List<Found> find(List<Wanted> wanted) {
        var byIdentifier = byIdentifier(wanted);
        var byPhone = candidates(
                BY_PHONE,
                wanted.stream()
                        .map(Wanted::phone)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toArray(String[]::new));
        var byBirth = candidates(
                BY_BIRTH,
                wanted.stream()
                        .map(Wanted::birthDate)
                        .filter(Objects::nonNull)
                        .distinct()
                        .map(LocalDate::toString)
                        .toArray(String[]::new));
        var found = new ArrayList<Found>();
        for (var one : wanted) {
            if (one.id() != null) {
                found.add(new Found(one.id(), false));
                continue;
            }
            var named = one.identifier() == null ? null : byIdentifier.get(Patient.stored(one.identifier()));
            if (named != null) {
                found.add(new Found(named, false));
            } else if (one.phone() != null && byPhone.containsKey(one.phone())) {
                found.add(only(byPhone.get(one.phone()), one.name()));
            } else if (one.birthDate() != null && one.name() != null) {
                found.add(only(byBirth.getOrDefault(String.valueOf(one.birthDate()), List.of()), one.name()));
            } else {
                found.add(NOBODY);
            }
        }
        return found;
    }

    private static Found only(List<Candidate> candidates, @Nullable String name) {
        var called = candidates.stream()
                .filter(candidate -> candidate.isCalled(name))
                .toList();
        return switch (called.size()) {
            case 0 -> NOBODY;
            case 1 -> new Found(called.getFirst().id(), false);
            default -> SEVERAL;
        };
    }

    private Map<String, UUID> byIdentifier(List<Wanted> wanted) {
        var asked = wanted.stream()
                .map(Wanted::identifier)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        var found = new HashMap<String, UUID>();
        jdbc.sql("""
                        select i.kind || ' ' || i.value as identifier, i.patient_id
                          from unnest(?, ?) as asked (kind, value)
                          join patient_identifier i on i.organization_id = ? and i.kind = asked.kind and i.value = asked.value
                        """)
                .param(asked.stream().map(one -> one.kind().wireName()).toArray(String[]::new))
                .param(asked.stream().map(Identifier::value).toArray(String[]::new))
                .param(CurrentOrganization.id())
                .query(row -> {
                    found.put(row.getString(1), row.getObject(2, UUID.class));
                });
        return found;
    }

    private Map<String, List<Candidate>> candidates(String sql, String[] values) {
        var found = new HashMap<String, List<Candidate>>();
        if (values.length == 0) {
            return found;
        }
        jdbc.sql(sql).param(CurrentOrganization.id()).param(values).query(row -> {
            found.computeIfAbsent(row.getString("asked"), one -> new ArrayList<>())
                    .add(Candidate.of(row));
        });
        return found;
    }
}
