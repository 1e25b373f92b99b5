package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Cursors;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.security.Caller;
import app.recado.organizations.OrganizationProfiles;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Patients of the register who may be one person, two by two, in the order of the register. Found by walking it: each patient
 * is compared with those behind them who have a phone in common, or the birth date or name, each by a look into an index. A page
 * walks a limited piece, so that its work does not grow with the register; it may hold few pairs, or none, and say where to go
 * on.
 */
@Repository
class PatientPairs {

    private static final String LIST = "patient-pairs";

    /** Patients whose neighbours are looked up by one statement. */
    private static final int AT_ONCE = 100;

    /** Statements of a page: it walks four thousand patients at most. */
    private static final int STATEMENTS = 40;

    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final UUID BEHIND_ALL = new UUID(-1, -1);

    private static final String CARD = "id, sort_name, phone, other_phones, birth_date, identifiers";

    /** What a patient says is their paper though another one has it counts as theirs in the comparison. */
    private static final String WITH_CLAIMS = """
            %1$s.identifiers || array(select c.kind || ' ' || c.value from patient_identifier_claim c
                                       where c.organization_id = :org and c.patient_id = %1$s.id)
            """;

    /** The nearest of one name are enough: with each the next is compared in turn. */
    private static final String WALK = """
            select p.id, p.sort_name, p.phone, p.other_phones, p.birth_date, %3$s as identifiers,
                   d.id as d_id, d.sort_name as d_sort_name, d.phone as d_phone, d.other_phones as d_other_phones,
                   d.birth_date as d_birth_date, %4$s as d_identifiers
              from (select %1$s from patient
                     where organization_id = :org and archived_at is null and (sort_name, id) >= (:name, :id)
                     order by sort_name, id limit %2$d) p
              left join lateral (
                   select %1$s from (
                        (select %1$s from patient where organization_id = :org and phone = p.phone
                            and archived_at is null and (sort_name, id) > (p.sort_name, p.id) limit 10)
                        union
                        (select %5$s from patient_other_phone n
                           join patient x on x.organization_id = :org and x.id = n.patient_id
                          where n.organization_id = :org
                            and n.phone = any (array_append(array(select o ->> 'phone' from jsonb_array_elements(p.other_phones) o), p.phone))
                            and x.archived_at is null and (x.sort_name, x.id) > (p.sort_name, p.id) limit 10)
                        union
                        (select %1$s from patient where organization_id = :org
                            and phone = any (array(select o ->> 'phone' from jsonb_array_elements(p.other_phones) o))
                            and archived_at is null and (sort_name, id) > (p.sort_name, p.id) limit 10)
                        union
                        (select %1$s from patient where organization_id = :org and birth_date = p.birth_date
                            and archived_at is null and (sort_name, id) > (p.sort_name, p.id) limit 10)
                        union
                        (select %1$s from patient where organization_id = :org and sort_name = p.sort_name
                            and archived_at is null and id > p.id order by id limit 5)
                        union
                        (select %5$s
                           from patient_identifier_claim c
                           join patient_identifier i on i.organization_id = :org and i.kind = c.kind and i.value = c.value
                           join patient x on x.organization_id = :org and x.id = i.patient_id
                          where c.organization_id = :org and c.patient_id = p.id
                            and x.archived_at is null and (x.sort_name, x.id) > (p.sort_name, p.id))
                        union
                        (select %5$s
                           from patient_identifier i
                           join patient_identifier_claim c on c.organization_id = :org and c.kind = i.kind and c.value = i.value
                           join patient x on x.organization_id = :org and x.id = c.patient_id
                          where i.organization_id = :org and i.patient_id = p.id
                            and x.archived_at is null and (x.sort_name, x.id) > (p.sort_name, p.id))) as near
                    where not exists (select from patient_distinction n where n.organization_id = :org
                             and n.one_id = least(near.id, p.id) and n.other_id = greatest(near.id, p.id))) d on true
             order by p.sort_name, p.id, d.id
            """.formatted(
            CARD, AT_ONCE, WITH_CLAIMS.formatted("p"), WITH_CLAIMS.formatted("d"), CARD.replaceAll("\\b(\\w)", "x.$1"));

    private final JdbcClient jdbc;
    private final Cursors cursors;
    private final OrganizationProfiles organizations;
    private final Clock clock;

    PatientPairs(JdbcClient jdbc, Cursors cursors, OrganizationProfiles organizations, Clock clock) {
        this.jdbc = jdbc;
        this.cursors = cursors;
        this.organizations = organizations;
        this.clock = clock;
    }

    /**
     * Two patients who may be one person.
     *
     * @param one who stands first in the register
     * @param other who stands behind them
     * @param score 50 to 100
     * @param alike what they have in common
     */
    @Schema(name = "PatientPair")
    record Pair(
            PatientView one,
            PatientView other,
            @Schema(example = "75") int score,
            List<Likeness.Trait> alike) {}

    /** A patient with somebody near them; nobody near is null. */
    private record Near(
            UUID id, Likeness.Card card, @Nullable UUID otherId, Likeness.@Nullable Card other) {

        /** Behind that place of the walk. */
        boolean isBehind(String name, UUID one, UUID two) {
            if (!card.sortName().equals(name) || !id.equals(one)) {
                return true;
            }
            return otherId != null && compare(otherId, two) > 0;
        }
    }

    private record Found(Near near, UUID otherId, Likeness likeness) {}

    /** As PostgreSQL orders them, which is not what Java does. */
    private static int compare(UUID one, UUID other) {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    }

    /** Where a walk stands: everything up to this pair was looked at. */
    private record Place(String name, UUID one, UUID other) {
        static final Place FIRST = new Place("", BEFORE_ALL, BEFORE_ALL);
    }

    /** A page of pairs; fewer than asked for do not mean that there are no more. */
    @Transactional(readOnly = true)
    public Page<Pair> list(int limit, @Nullable String cursor) {
        var position = cursors.open(LIST, cursor);
        var place = position == null
                ? Place.FIRST
                : new Place(position.get(0), UUID.fromString(position.get(1)), UUID.fromString(position.get(2)));
        var pairs = new ArrayList<Found>();
        boolean ended = false;
        for (int i = 0; i < STATEMENTS && pairs.size() < limit && !ended; i++) {
            var walked = walk(place);
            ended = walked.stream().map(Near::id).distinct().count() < AT_ONCE;
            for (var near : walked) {
                if (pairs.size() == limit) {
                    ended = false;
                    break;
                }
                if (near.isBehind(place.name(), place.one(), place.other())) {
                    likely(near).ifPresent(pairs::add);
                    place = new Place(
                            near.card().sortName(), near.id(), near.otherId() == null ? BEFORE_ALL : near.otherId());
                }
            }
            if (pairs.size() < limit) {
                place = new Place(place.name(), place.one(), BEHIND_ALL);
            }
        }
        return new Page<>(
                shown(pairs),
                ended
                        ? null
                        : cursors.seal(
                                LIST,
                                place.name(),
                                place.one().toString(),
                                place.other().toString()));
    }

    private List<Near> walk(Place from) {
        return jdbc.sql(WALK)
                .param("org", CurrentOrganization.id())
                .param("name", from.name())
                .param("id", from.one())
                .query((row, n) -> {
                    var other = row.getObject("d_id", UUID.class);
                    return new Near(
                            row.getObject("id", UUID.class),
                            card(row, ""),
                            other,
                            other == null ? null : card(row, "d_"));
                })
                .list();
    }

    private static Likeness.Card card(ResultSet row, String prefix) throws SQLException {
        return new Likeness.Card(
                row.getString(prefix + "sort_name"),
                PatientPhones.of(
                                row.getString(prefix + "phone"),
                                null,
                                null,
                                null,
                                row.getString(prefix + "other_phones"))
                        .numbers(),
                row.getObject(prefix + "birth_date", LocalDate.class),
                Patient.identifiersOf(
                        (String[]) row.getArray(prefix + "identifiers").getArray()));
    }

    private static Optional<Found> likely(Near near) {
        if (near.otherId() == null || near.other() == null) {
            return Optional.empty();
        }
        var likeness = Likeness.of(near.card(), near.other());
        return likeness.score() < Likeness.LEAST_SCORE
                ? Optional.empty()
                : Optional.of(new Found(near, near.otherId(), likeness));
    }

    private List<Pair> shown(List<Found> pairs) {
        var ids = new LinkedHashSet<UUID>();
        pairs.forEach(pair -> ids.addAll(List.of(pair.near().id(), pair.otherId())));
        Map<UUID, PatientView> views = new HashMap<>();
        if (!ids.isEmpty()) {
            var clinic = organizations.current();
            jdbc.sql("select * from patient where organization_id = ? and id = any (?)")
                    .params(CurrentOrganization.id(), ids.toArray(UUID[]::new))
                    .query((row, n) -> PatientView.of(row, clinic))
                    .list()
                    .forEach(view -> views.put(view.id(), view));
        }
        return pairs.stream()
                .flatMap(pair -> views.get(pair.near().id()) instanceof PatientView one
                                && views.get(pair.otherId()) instanceof PatientView other
                        ? Stream.of(new Pair(
                                one,
                                other,
                                pair.likeness().score(),
                                pair.likeness().alike()))
                        : Stream.empty())
                .toList();
    }

    /** These two are not one person: they are not listed any more. Saying so again changes nothing.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code invalid-fields} for one patient twice */
    @Transactional
    public void distinguish(UUID one, UUID other) {
        int there = jdbc.sql("select count(*) from patient where organization_id = ? and id in (?, ?)")
                .params(CurrentOrganization.id(), one, other)
                .query(Integer.class)
                .single();
        if (there == 0 || there == 1 && !one.equals(other)) {
            throw Problem.NOT_FOUND.because("There is no such patient");
        }
        if (one.equals(other)) {
            throw Problem.INVALID_PARAMETER.because("One patient is not two");
        }
        jdbc.sql("""
                        insert into patient_distinction (organization_id, one_id, other_id, said_at, said_by)
                        values (:org, least(:one, :other), greatest(:one, :other), :now, :by) on conflict do nothing
                        """)
                .param("org", CurrentOrganization.id())
                .param("one", one)
                .param("other", other)
                .param("now", SqlTime.at(clock.instant()))
                .param("by", Caller.current().subject())
                .update();
    }

    /** They may be one person after all.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found} when nobody said otherwise */
    @Transactional
    public void undistinguish(UUID one, UUID other) {
        int removed = jdbc.sql("""
                        delete from patient_distinction
                         where organization_id = :org and one_id = least(:one, :other) and other_id = greatest(:one, :other)
                        """)
                .param("org", CurrentOrganization.id())
                .param("one", one)
                .param("other", other)
                .update();
        if (removed == 0) {
            throw Problem.NOT_FOUND.because("Nobody said that these are two people");
        }
    }
}
