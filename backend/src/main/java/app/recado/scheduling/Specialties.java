package app.recado.scheduling;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a practitioner does, the first before all others, each once. */
final class Specialties {

    /** Of one practitioner. */
    static final int MOST = 5;

    static final int LONGEST = 100;

    private Specialties() {}

    /**
     * As somebody says them.
     *
     * @param all null from whoever knows of one only
     * @param first the one that such a caller says; null or blank for none
     * @param before as they were; such a caller changes the first and leaves the others
     */
    static List<String> said(@Nullable List<String> all, @Nullable String first, List<String> before) {
        var said = all != null
                ? all.stream()
                : Stream.concat(Stream.ofNullable(first), before.stream().skip(1));
        return said.map(String::strip)
                .filter(one -> !one.isEmpty())
                .distinct()
                .limit(MOST)
                .toList();
    }

    /** Of a row. */
    static List<String> of(@Nullable String first, String[] others) {
        return Stream.concat(Stream.ofNullable(first), Arrays.stream(others)).toList();
    }
}
