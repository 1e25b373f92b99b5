package app.recado.organizations;

import app.recado.kernel.CurrentOrganization;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * All tables in which clinics have records, as the catalogue knows them, so that a new table is deleted with its clinic without
 * anybody remembering. Those that refer to others come before them. Needs an open transaction.
 */
@Component
class TablesOfClinics {

    /**
     * What says that the clinic is to be deleted, which the database asks for each record that goes: it goes last. And what
     * says that it was, which is the platform's.
     */
    private static final Set<String> OTHERWISE = Set.of("organization_deletion", "deleted_organization");

    private final JdbcClient jdbc;

    TablesOfClinics(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Tables that are emptied together, because each refers to the other: one in nearly all cases.
     *
     * @param others for a single table whose records refer to each other: which of them nobody refers to, in SQL
     */
    record Group(List<String> tables, String others) {}

    private record Reference(String from, String to, String columns) {}

    /** In the order in which they can be emptied. */
    List<Group> inOrder() {
        var names =
                new TreeSet<>(jdbc.sql("""
                        select c.relname
                          from pg_class c join pg_namespace n on n.oid = c.relnamespace
                         where n.nspname = 'recado' and c.relkind in ('r', 'p') and not c.relispartition
                           and exists (select from pg_attribute a
                                        where a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped)
                        """).query((row, n) -> row.getString(1)).list());
        names.removeAll(OTHERWISE);
        var references = references().stream()
                .filter(reference -> names.contains(reference.from()) && names.contains(reference.to()))
                .toList();
        var reached = reached(names, references);
        var groups = new ArrayList<Group>();
        var taken = new HashSet<String>();
        // Whoever refers to a table reaches all that it reaches, and itself.
        for (var name : names.stream()
                .sorted(Comparator.comparing(
                                (String table) -> -reachedFrom(table, reached).size())
                        .thenComparing(table -> table))
                .toList()) {
            if (taken.contains(name)) {
                continue;
            }
            var together = reachedFrom(name, reached).stream()
                    .filter(table -> reachedFrom(table, reached).contains(name))
                    .sorted()
                    .toList();
            taken.addAll(together);
            groups.add(new Group(together, together.size() == 1 ? othersOf(name, references) : ""));
        }
        return groups;
    }

    private static String othersOf(String table, List<Reference> references) {
        return references.stream()
                .filter(reference ->
                        reference.from().equals(table) && reference.to().equals(table))
                .map(reference ->
                        " and not exists (select from recado.\"%s\" c where %s)".formatted(table, reference.columns()))
                .collect(Collectors.joining());
    }

    private static Set<String> reachedFrom(String table, Map<String, Set<String>> reached) {
        return Objects.requireNonNull(reached.get(table), table);
    }

    /** By table, itself and all that it refers to, directly or over others. */
    private static Map<String, Set<String>> reached(Set<String> names, List<Reference> references) {
        var reached = new HashMap<String, Set<String>>();
        names.forEach(name -> reached.put(name, new HashSet<>(Set.of(name))));
        BooleanSupplier grows = () -> references.stream()
                .map(reference -> reachedFrom(reference.from(), reached).addAll(reachedFrom(reference.to(), reached)))
                .reduce(false, Boolean::logicalOr);
        while (grows.getAsBoolean()) {
            // Until nothing is new.
        }
        return reached;
    }

    private List<Reference> references() {
        return jdbc.sql("""
                        select f.relname as from_table, t.relname as to_table,
                               (select string_agg(format('c.%I = t.%I', fa.attname, ta.attname), ' and ')
                                  from unnest(k.conkey, k.confkey) as pair (here, there)
                                  join pg_attribute fa on fa.attrelid = k.conrelid and fa.attnum = pair.here
                                  join pg_attribute ta on ta.attrelid = k.confrelid and ta.attnum = pair.there) as columns
                          from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
                          join pg_namespace n on n.oid = f.relnamespace
                         where n.nspname = 'recado' and k.contype = 'f' and k.conparentid = 0
                        """)
                .query((row, n) ->
                        new Reference(row.getString("from_table"), row.getString("to_table"), row.getString("columns")))
                .list();
    }

    /** How many records the current organization has in all of them. */
    long count() {
        return inOrder().stream()
                .flatMap(group -> group.tables().stream())
                .mapToLong(table -> jdbc.sql(
                                "select count(*) from recado.\"%s\" where organization_id = ?".formatted(table))
                        .param(CurrentOrganization.id())
                        .query(Long.class)
                        .single())
                .sum();
    }

    /**
     * Deletes some of the current organization's records.
     *
     * @param atMost how many in one go; of tables that refer to each other all of them
     * @return whether more may be left
     */
    boolean delete(Group group, int atMost) {
        if (group.tables().size() == 1) {
            return deleteSome(group.tables().getFirst(), group.others(), atMost) >= atMost;
        }
        deleteTogether(group.tables());
        return false;
    }

    /** Names come from the catalogue, never from a request. Parts of one table may have rows at the same place: then more go. */
    private int deleteSome(String table, String others, int atMost) {
        return jdbc.sql("""
                        with batch as materialized (
                               select ctid from recado."%1$s" t where organization_id = ?%2$s limit %3$d)
                        delete from recado."%1$s" t using batch where t.organization_id = ? and t.ctid = batch.ctid
                        """.formatted(table, others, atMost))
                .params(CurrentOrganization.id(), CurrentOrganization.id())
                .update();
    }

    /** In one statement: what refers to what is asked when it ends. */
    private void deleteTogether(List<String> tables) {
        var deletions = new ArrayList<String>();
        for (int i = 0; i < tables.size(); i++) {
            deletions.add(
                    "d%d as (delete from recado.\"%s\" where organization_id = :clinic)".formatted(i, tables.get(i)));
        }
        jdbc.sql("with " + String.join(", ", deletions) + " select 1")
                .param("clinic", CurrentOrganization.id())
                .query(Integer.class)
                .single();
    }
}
