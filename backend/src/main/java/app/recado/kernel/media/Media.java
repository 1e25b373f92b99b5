package app.recado.kernel.media;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import jakarta.annotation.PreDestroy;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.tika.Tika;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The current organization's pictures, documents and voice notes: what may be kept, under which key, and how it is opened. */
@Component
public class Media {

    private static final Logger LOG = LoggerFactory.getLogger(Media.class);

    /** Pictures made of pixels: they cannot hold scripts, so browsers may show them in place. */
    private static final Set<String> RASTER = Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

    private static final String PDF = "application/pdf";

    /** What voice notes are kept as: Opus in Ogg. */
    public static final String VOICE = "audio/ogg";

    /** As long as a voice note may be. */
    public static final Duration LONGEST_VOICE = Duration.ofMinutes(5);

    /** As keys are made here and by the gateway; what lies elsewhere is not ours to delete. */
    private static final Pattern KEY = Pattern.compile("[0-9a-f-]{36}/\\d{4}/\\d{2}/[^/]+");

    private final @Nullable MediaStore store;
    private final Clock clock;
    private final Tika tika = new Tika();

    Media(MediaSettings settings, Clock clock) {
        this.clock = clock;
        if (settings.store().isEmpty()) {
            this.store = null;
        } else if (settings.isFolder()) {
            this.store = new FolderStore(Path.of(java.net.URI.create(settings.store())));
        } else {
            this.store = new S3Store(settings);
        }
    }

    /**
     * Something that was put into the store.
     *
     * @param contentType found by its content
     * @param size bytes
     * @param sha256 lower-case hexadecimal
     */
    public record Stored(String key, String contentType, long size, String sha256) {}

    /**
     * Something that was put into the store to be sent.
     *
     * @param seconds how long a voice note is; null for everything else
     */
    public record ToSend(Stored file, @Nullable Integer seconds) {}

    /** True when a browser may show it in place instead of saving it. */
    public static boolean mayBeShown(String contentType) {
        return RASTER.contains(contentType);
    }

    /**
     * Keeps what somebody uploads: a picture or a PDF, told by its content and not by its name.
     *
     * @throws app.recado.kernel.ProblemException {@code media-type-refused}, {@code body-too-large},
     *     {@code media-unavailable}
     */
    public Stored keep(InputStream upload) {
        return keep(upload, (file, type) -> mayBeShown(type) || type.equals(PDF) ? type : null);
    }

    /**
     * Keeps what somebody uploads to send it: a picture, a PDF, or a recording of one track of Opus as browsers and phones make
     * them, which is kept as a voice note.
     *
     * @throws app.recado.kernel.ProblemException {@code media-type-refused}, {@code body-too-large} also for a recording that
     *     lasts too long, {@code media-unavailable}
     */
    public ToSend keepToSend(InputStream upload) {
        Path note = null;
        try (var in = new BufferedInputStream(upload)) {
            if (!OpusTrack.mayBe(in)) {
                return new ToSend(keep(in), null);
            }
            note = Files.createTempFile("recado-voice", null);
            Duration length;
            try (var out = new BufferedOutputStream(Files.newOutputStream(note))) {
                length = OpusTrack.rewrite(in, out, MediaStore.MAX_BYTES, LONGEST_VOICE);
            }
            try (var written = Files.newInputStream(note)) {
                return new ToSend(keep(written, (file, type) -> VOICE), Math.toIntExact(length.toSeconds()));
            }
        } catch (OpusTrack.Malformed e) {
            throw Problem.MEDIA_TYPE_REFUSED.because("It is no recording of one voice in Opus");
        } catch (OpusTrack.TooLong e) {
            throw Problem.BODY_TOO_LARGE.because("A voice note lasts at most %d seconds and has at most %d bytes"
                    .formatted(LONGEST_VOICE.toSeconds(), MediaStore.MAX_BYTES));
        } catch (IOException e) {
            throw unavailable(e);
        } finally {
            delete(note);
        }
    }

    /**
     * Keeps what a patient sent: what the gateway keeps, too. Never anything that could act in a browser.
     *
     * @param claimed what its sender says it is; null when they did not. Believed only where the content leaves it open
     * @throws app.recado.kernel.ProblemException {@code media-type-refused}, {@code body-too-large},
     *     {@code media-unavailable}
     */
    public Stored keepReceived(InputStream received, @Nullable String claimed) {
        return keep(
                received,
                (file, type) -> ReceivedKinds.of(file, type, claimed == null ? null : claimed.split(";", 2)[0]));
    }

    /** Says what a file is kept as. */
    @FunctionalInterface
    private interface Kind {
        /** Null when it is not kept. */
        @Nullable String of(Path file, String detected) throws IOException;
    }

    private Stored keep(InputStream upload, Kind wanted) {
        var target = storeOrRefuse();
        Path file = null;
        try {
            file = Files.createTempFile("recado-upload", null);
            var digest = MessageDigest.getInstance("SHA-256");
            long size;
            try (var out = Files.newOutputStream(file);
                    var in = new DigestInputStream(upload, digest)) {
                size = copy(in, out);
            }
            if (size > MediaStore.MAX_BYTES) {
                throw Problem.BODY_TOO_LARGE.because("The limit is %d bytes".formatted(MediaStore.MAX_BYTES));
            }
            var detected = tika.detect(file).toLowerCase(Locale.ROOT);
            var type = wanted.of(file, detected);
            if (type == null) {
                throw Problem.MEDIA_TYPE_REFUSED.because("Its content is " + detected);
            }
            var key = newKey();
            target.put(key, file, type);
            return new Stored(key, type, size, HexFormat.of().formatHex(digest.digest()));
        } catch (IOException e) {
            throw unavailable(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        } finally {
            delete(file);
        }
    }

    private static long copy(InputStream in, java.io.OutputStream out) throws IOException {
        var buffer = new byte[64 * 1024];
        long size = 0;
        int read;
        while (size <= MediaStore.MAX_BYTES && (read = in.read(buffer)) >= 0) {
            out.write(buffer, 0, read);
            size += read;
        }
        return size;
    }

    /** Opens one of the current organization's objects; empty when the store has none under this key.
     *
     * @throws app.recado.kernel.ProblemException {@code media-unavailable} */
    public Optional<InputStream> open(String key) {
        if (!key.startsWith(CurrentOrganization.id() + "/")) {
            return Optional.empty();
        }
        try {
            return storeOrRefuse().open(key);
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /** Deletes one of the current organization's objects; nothing happens when there is none under this key. What the store
     * does not delete now is found again as an object that no record names. */
    public void delete(String key) {
        if (store == null || !key.startsWith(CurrentOrganization.id() + "/")) {
            return;
        }
        try {
            store.delete(key);
        } catch (IOException e) {
            LOG.error(
                    "An object could not be deleted from the media store: {}",
                    e.getClass().getSimpleName());
        }
    }

    /** The current organization's objects that were put there in that month or before, in portions.
     *
     * @throws app.recado.kernel.ProblemException {@code media-unavailable} */
    public List<List<String>> keysUntil(YearMonth last, int portion) {
        if (store == null) {
            return List.of();
        }
        var organization = CurrentOrganization.id() + "/";
        var end = "%s%04d/%02d/\uffff".formatted(organization, last.getYear(), last.getMonthValue());
        try {
            var keys = store.keys(organization).stream()
                    .filter(key -> KEY.matcher(key).matches() && key.compareTo(end) < 0)
                    .sorted()
                    .toList();
            var portions = new ArrayList<List<String>>();
            for (int from = 0; from < keys.size(); from += portion) {
                portions.add(keys.subList(from, Math.min(keys.size(), from + portion)));
            }
            return portions;
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private String newKey() {
        var day = clock.instant().atOffset(ZoneOffset.UTC);
        UUID name = Ids.next();
        return "%s/%04d/%02d/%s".formatted(CurrentOrganization.id(), day.getYear(), day.getMonthValue(), name);
    }

    private MediaStore storeOrRefuse() {
        if (store == null) {
            throw Problem.MEDIA_UNAVAILABLE.because("No media store is configured");
        }
        return store;
    }

    private static RuntimeException unavailable(IOException e) {
        LOG.error("The media store failed: {}", e.getClass().getSimpleName());
        return Problem.MEDIA_UNAVAILABLE.because("The media store does not answer");
    }

    private static void delete(@Nullable Path file) {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.warn(
                        "A temporary file could not be deleted: {}",
                        e.getClass().getSimpleName());
            }
        }
    }

    @PreDestroy
    void close() throws Exception {
        if (store instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }
}
