package app.recado.devstack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a restored installation lacks, or does a second time. */
final class RestoreVerdict {
    private RestoreVerdict() {}

    /** @param chosen counts and hashes by table at the chosen second */
    static List<String> ofRows(Map<String, String> chosen, Map<String, String> found) {
        var complaints = new ArrayList<String>();
        new TreeMap<>(chosen).forEach((table, rows) -> {
            var now = found.getOrDefault(table, "nothing");
            if (!rows.equals(now)) {
                complaints.add("%s: %s instead of %s".formatted(table, now, rows));
            }
        });
        return complaints;
    }

    /** @param which messages, by what the backup knows of them */
    static List<String> ofPhones(String which, int before, int after) {
        return before == after
                ? List.of()
                : List.of("%d messages on phones instead of %d of those that were %s".formatted(after, before, which));
    }
}
