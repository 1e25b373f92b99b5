package app.recado.kernel.retention;

import java.time.Instant;
import java.util.List;

/** Records of a kind that go when they are old. A bean of each module that has some. */
public interface Retained {

    /** How long they are kept; the settings say for how long that is. */
    enum Term {
        MESSAGES,
        MEDIA,
        TECHNICAL,
        /** Who looked at what. */
        READS,
        /** Who did what. */
        AUDIT
    }

    /** For logs and metrics, lower case with dashes. */
    String name();

    Term term();

    /** Kinds with a lower number go first: what refers to others goes before them. */
    default int order() {
        return 0;
    }

    /**
     * Deletes some of the current organization's that are older, in the caller's transaction.
     *
     * @param atMost how many in one go; fewer mean that none is left
     */
    Removed remove(Instant olderThan, int atMost);

    /**
     * What went.
     *
     * @param records how many
     * @param mediaKeys objects in the media store that nobody knows any more
     */
    record Removed(int records, List<String> mediaKeys) {
        public static Removed records(int records) {
            return new Removed(records, List.of());
        }
    }
}
