package app.recado.kernel.migration;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What became of an export, in numbers; it names no person.
 *
 * @param rehearsal whether everything was undone at the end
 * @param clinics in the order of the export
 * @param refused rows of which nothing was taken
 * @param unread columns with something in them that are not taken over, by table
 */
public record MigrationReport(
        boolean rehearsal, List<Clinic> clinics, List<Refused> refused, Map<String, Set<String>> unread) {

    /** @param name of the clinic */
    public record Clinic(String name, List<Line> lines) {}

    /**
     * One kind of records of a clinic.
     *
     * @param rows of the export that it is made of
     * @param before how many the clinic had, whoever made them
     * @param created rows that became one
     * @param alreadyThere rows that an earlier run took
     * @param refused rows of which nothing was taken
     * @param after how many the clinic has, or would have
     */
    public record Line(String kind, int rows, long before, int created, int alreadyThere, int refused, long after) {}

    /**
     * A row that was not taken.
     *
     * @param number of the row in its file, from 1, the header not counted
     * @param id the other system's; empty when it has none
     * @param field what is wrong, as a JSON pointer; empty for the row as a whole
     * @param code stable code, as of a request
     */
    public record Refused(String table, int number, String id, String field, String code) {}

    /** Everything that was in the export is here now. */
    public boolean complete() {
        return refused.isEmpty();
    }

    /** Prints it for the operator. */
    public void print(PrintStream out) {
        out.println(rehearsal ? "Rehearsal: nothing was written and nobody was written to." : "Done.");
        for (var clinic : clinics) {
            out.println();
            out.println(clinic.name());
            out.printf("  %-14s %6s %8s %6s %8s %8s %7s%n", "", "rows", "before", "new", "there", "refused", "after");
            clinic.lines()
                    .forEach(line -> out.printf(
                            "  %-14s %6d %8d %6d %8d %8d %7d%n",
                            line.kind(),
                            line.rows(),
                            line.before(),
                            line.created(),
                            line.alreadyThere(),
                            line.refused(),
                            line.after()));
        }
        if (!unread.isEmpty()) {
            out.println();
            unread.forEach((table, columns) ->
                    out.println("Not taken over from %s: %s".formatted(table, String.join(", ", columns))));
        }
        if (!refused.isEmpty()) {
            out.println();
            refused.forEach(row -> out.println("Refused: %s, row %d, id %s: %s %s"
                    .formatted(row.table(), row.number(), row.id(), row.code(), row.field())
                    .stripTrailing()));
        }
    }
}
