package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.kernel.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The rows of merges: who is locked, what both patients were, and which records changed hands. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class MergeRecords {

    private static final String NAMES = "given_name,family_name,sort_name";

    private static final String CUSTOM_FIELDS = "custom_fields";

    private static final String OTHER_PHONES = "other_phones";

    /** Columns that a merge changes in the survivor; those on one line are put back together or not at all. */
    private static final List<String> GROUPS = List.of(
            NAMES,
            "phone,phone_extension,phone_owner,phone_owner_name," + OTHER_PHONES,
            "birth_date",
            "language,other_languages",
            "notes",
            "gender",
            "email",
            "identifiers",
            "tags",
            CUSTOM_FIELDS,
            "messaging,opted_out_at,opted_out_by,opted_in_at,opted_in_by",
            "marketing,marketing_changed_at,marketing_changed_by",
            "restricted_at,restricted_by,restriction_reason");

    /** Both patients of a merge as they were, and the survivor as it became. */
    private static final String SNAPSHOTS = """
            patient_merge m,
                   jsonb_populate_record(null::patient, m.survivor_before) as before,
                   jsonb_populate_record(null::patient, m.survivor_after) as after,
                   jsonb_populate_record(null::patient, m.replaced_before) as replaced
            """;

    private final JdbcClient jdbc;
    private final List<PatientReference> references;

    MergeRecords(JdbcClient jdbc, List<PatientReference> references) {
        this.jdbc = jdbc;
        // Visits before their messages, as whoever sends locks them.
        this.references = references.stream()
                .sorted(Comparator.comparing(PatientReference::table))
                .toList();
    }

    /** A patient whose row nobody else changes until the transaction ends. */
    record Locked(long version, @Nullable UUID replacedBy) {}

    /** A merge that can perhaps be undone. */
    record Stored(UUID id, UUID survivorId, UUID replacedId, String replacedName, Instant mergedAt, boolean undone) {}

    /** How many records of a table belong to a patient. */
    record Count(String place, long count) {}

    /** The numbers of these patients, in the one order in which whoever holds several does. */
    public List<String> phones(Collection<UUID> ids) {
        return jdbc.sql("select distinct phone from patient_number where organization_id = ? and id = any (?)"
                        + " order by phone")
                .params(CurrentOrganization.id(), ids.toArray(UUID[]::new))
                .query((row, n) -> row.getString("phone"))
                .list();
    }

    /** Of these the numbers at which the patients are written to. */
    public List<String> reachedAt(Collection<UUID> ids) {
        return jdbc.sql(
                        "select distinct phone from patient where organization_id = ? and id = any (?) and phone is not null"
                                + " order by phone")
                .params(CurrentOrganization.id(), ids.toArray(UUID[]::new))
                .query((row, n) -> row.getString("phone"))
                .list();
    }

    /** Waits for records about them that are being written, and keeps others from being begun. */
    public Map<UUID, Locked> lock(Collection<UUID> ids) {
        var locked = new HashMap<UUID, Locked>();
        jdbc.sql("""
                        select id, version, replaced_by from patient where organization_id = ? and id = any (?)
                         order by id for update
                        """).params(CurrentOrganization.id(), ids.toArray(UUID[]::new)).query(row -> {
            locked.put(
                    row.getObject("id", UUID.class),
                    new Locked(row.getLong("version"), row.getObject("replaced_by", UUID.class)));
        });
        return locked;
    }

    /** A patient and everybody who was merged into them, or into one of these. */
    public List<UUID> cards(UUID patient) {
        return jdbc.sql("""
                        with recursive card (id) as (
                            select cast(:patient as uuid)
                             union
                            select p.id from card join patient p on p.organization_id = :org and p.replaced_by = card.id)
                        select id from card
                        """)
                .param("patient", patient)
                .param("org", CurrentOrganization.id())
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    /** The refusal that names who somebody is now, however often that one was merged again. */
    public ProblemException replaced(UUID by) {
        var now = by;
        for (var next = nextOf(now); next.isPresent(); next = nextOf(now)) {
            now = next.get();
        }
        return Problem.PATIENT_REPLACED
                .because("This patient was merged into another one")
                .with(Map.of("patientId", now));
    }

    private Optional<UUID> nextOf(UUID id) {
        return jdbc.sql(
                        "select replaced_by from patient where organization_id = ? and id = ? and replaced_by is not null")
                .params(CurrentOrganization.id(), id)
                .query(UUID.class)
                .optional();
    }

    /** The row of a patient, as JSON. */
    public String snapshot(UUID id) {
        return jdbc.sql("select to_jsonb(p) from patient p where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), id)
                .query(String.class)
                .single();
    }

    /**
     * Keeps what is needed to undo it, and hands the other patient's records over.
     *
     * @return the id of the merge
     */
    public UUID store(
            UUID survivor, UUID replaced, String survivorBefore, String replacedBefore, Instant now, String by) {
        var id = Ids.next();
        jdbc.sql("""
                        insert into patient_merge (organization_id, id, survivor_id, replaced_id, survivor_before, survivor_after,
                                                   replaced_before, merged_at, merged_by)
                        select ?, ?, ?, ?, cast(? as jsonb), to_jsonb(p), cast(? as jsonb), ?, ?
                          from patient p where p.organization_id = ? and p.id = ?
                        """)
                .params(CurrentOrganization.id(), id, survivor, replaced, survivorBefore, replacedBefore)
                .params(SqlTime.at(now), by, CurrentOrganization.id(), survivor)
                .update();
        for (var reference : references) {
            jdbc.sql("""
                            with moved as (
                                update %1$s set %2$s = :survivor, version = version + 1
                                 where organization_id = :org and %2$s = :replaced returning id)
                            insert into patient_merge_reference (organization_id, merge_id, place, reference_id)
                            select :org, :merge, '%1$s', id from moved
                            """.formatted(reference.table(), reference.column()))
                    .param("org", CurrentOrganization.id())
                    .param("survivor", survivor)
                    .param("replaced", replaced)
                    .param("merge", id)
                    .update();
        }
        return id;
    }

    /** What belongs to a patient, table by table; those without any are left out. */
    public List<Count> counts(UUID patient) {
        return references.stream()
                .map(reference -> new Count(
                        reference.table().replace('_', '-'),
                        jdbc.sql("select count(*) from %s where organization_id = ? and %s = ?"
                                        .formatted(reference.table(), reference.column()))
                                .params(CurrentOrganization.id(), patient)
                                .query(Long.class)
                                .single()))
                .filter(count -> count.count() > 0)
                .toList();
    }

    /** The merges into a patient that were not undone, the latest first; those that are too old to be undone are gone. */
    public List<Stored> into(UUID survivor, Instant since, int atMost) {
        return jdbc.sql(STORED + " and m.survivor_id = ? and m.merged_at > ? and m.undone_at is null"
                        + " order by m.merged_at desc, m.id desc limit " + atMost)
                .params(CurrentOrganization.id(), survivor, SqlTime.at(since))
                .query(MergeRecords::stored)
                .list();
    }

    /** A merge into that patient. */
    public Optional<Stored> find(UUID survivor, UUID id) {
        return jdbc.sql(STORED + " and m.survivor_id = ? and m.id = ?")
                .params(CurrentOrganization.id(), survivor, id)
                .query(MergeRecords::stored)
                .optional();
    }

    private static final String STORED = """
            select m.id, m.survivor_id, m.replaced_id, p.given_name, p.family_name, m.merged_at, m.undone_at
              from patient_merge m join patient p on p.organization_id = m.organization_id and p.id = m.replaced_id
             where m.organization_id = ?
            """;

    private static Stored stored(ResultSet row, int n) throws SQLException {
        return new Stored(
                row.getObject("id", UUID.class),
                row.getObject("survivor_id", UUID.class),
                row.getObject("replaced_id", UUID.class),
                PatientView.displayName(row.getString("given_name"), row.getString("family_name")),
                SqlTime.instant(row, "merged_at"),
                row.getObject("undone_at") != null);
    }

    /** Whether the survivor's wish about messages or marketing is another one than the merge left. */
    public boolean wishesChangedSince(UUID merge) {
        return jdbc.sql("""
                        select row(p.messaging, p.opted_out_at, p.marketing, p.marketing_changed_at)
                               is distinct from row(after.messaging, after.opted_out_at, after.marketing, after.marketing_changed_at)
                          from patient p, %s
                         where m.organization_id = ? and m.id = ? and p.organization_id = m.organization_id
                           and p.id = m.survivor_id
                        """.formatted(SNAPSHOTS))
                .params(CurrentOrganization.id(), merge)
                .query(Boolean.class)
                .single();
    }

    /**
     * Puts both patients back as they were. What was written about the survivor since the merge stays.
     *
     * @return how many records went back
     */
    public int undo(Stored merge, Instant now, String by) {
        var restored = GROUPS.stream()
                .flatMap(group -> Arrays.stream(group.split(",")).map(column -> restore(column, group)))
                .collect(Collectors.joining(", "));
        update("""
                update patient p set %s, version = p.version + 1, updated_at = :now, updated_by = :by from %s
                 where m.organization_id = :org and m.id = :merge and p.organization_id = :org and p.id = m.survivor_id
                """.formatted(restored, SNAPSHOTS), merge, now, by);
        var all = Stream.concat(
                        GROUPS.stream().flatMap(group -> Arrays.stream(group.split(","))),
                        Stream.of("archived_at", "archived_by"))
                .map(column -> column + " = " + ofReplaced(column))
                .collect(Collectors.joining(", "));
        update("""
                update patient p set %s, replaced_by = null, replaced_at = null, version = p.version + 1, updated_at = :now,
                                     updated_by = :by from %s
                 where m.organization_id = :org and m.id = :merge and p.organization_id = :org and p.id = m.replaced_id
                """.formatted(all, SNAPSHOTS), merge, now, by);
        update(
                "update patient_merge set undone_at = :now, undone_by = :by where organization_id = :org and id = :merge",
                merge,
                now,
                by);
        int moved = 0;
        for (var reference : references) {
            moved += jdbc.sql("""
                            update %1$s r set %2$s = :replaced, version = r.version + 1 from patient_merge_reference f
                             where f.organization_id = :org and f.merge_id = :merge and f.place = '%1$s'
                               and r.organization_id = :org and r.id = f.reference_id and r.%2$s = :survivor
                            """.formatted(reference.table(), reference.column()))
                    .param("org", CurrentOrganization.id())
                    .param("survivor", merge.survivorId())
                    .param("replaced", merge.replacedId())
                    .param("merge", merge.id())
                    .update();
        }
        return moved;
    }

    /** What was kept of a merge before there were fields of the clinic's own says nothing of them. */
    private static String ofReplaced(String column) {
        return column.equals(CUSTOM_FIELDS)
                ? "coalesce(replaced.%1$s, p.%1$s)".formatted(column)
                : of("replaced", column);
    }

    /** What was kept of a merge when patients had one number says that there was no other. */
    private static String of(String row, String column) {
        return column.equals(OTHER_PHONES)
                ? "coalesce(%s.%s, '[]')".formatted(row, column)
                : "%s.%s".formatted(row, column);
    }

    private static String restore(String column, String group) {
        var now = Arrays.stream(group.split(",")).map(one -> of("p", one)).collect(Collectors.joining(", "));
        var then = Arrays.stream(group.split(",")).map(one -> of("after", one)).collect(Collectors.joining(", "));
        return "%1$s = case when row(%2$s) is not distinct from row(%3$s) then %4$s else p.%1$s end"
                .formatted(column, now, then, of("before", column));
    }

    private void update(String sql, Stored merge, Instant now, String by) {
        jdbc.sql(sql)
                .param("org", CurrentOrganization.id())
                .param("merge", merge.id())
                .param("now", SqlTime.at(now))
                .param("by", by)
                .update();
    }
}
