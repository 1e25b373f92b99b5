package app.recado.engines.media;

import app.recado.engines.EngineSettings;
import app.recado.engines.provider.MediaBody;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.kernel.media.Media;
import app.recado.whatsapp.Payload;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What is sent, from the store the backend keeps it in. Read in small parts: many of the largest go at once. */
@Component
public class OutgoingMedia {

    private static final int CHUNK = 64 * 1024;

    private final Media media;

    public OutgoingMedia(Media media) {
        this.media = media;
    }

    /** The object, when it is there and is what it is said to be (size and SHA-256), which is found out by reading it once.
     * The current organization's.
     *
     * @throws app.recado.kernel.ProblemException {@code media-unavailable} */
    public Optional<MediaBody> find(Payload.MediaRef ref) {
        return ref.size() <= EngineSettings.LARGEST_MEDIA && isAsStored(ref)
                ? Optional.of(new Stored(CurrentOrganization.id(), ref))
                : Optional.empty();
    }

    private boolean isAsStored(Payload.MediaRef ref) {
        var opened = media.open(ref.key());
        if (opened.isEmpty()) {
            return false;
        }
        try (var in = opened.get()) {
            var digest = MessageDigest.getInstance("SHA-256");
            var chunk = new byte[CHUNK];
            long size = 0;
            for (int read; size <= ref.size() && (read = in.read(chunk)) >= 0; size += read) {
                digest.update(chunk, 0, read);
            }
            return size == ref.size()
                    && HexFormat.of().formatHex(digest.digest()).equals(ref.sha256());
        } catch (IOException e) {
            throw Problem.MEDIA_UNAVAILABLE.because("The media store broke off");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    private final class Stored implements MediaBody {

        private final UUID organizationId;
        private final Payload.MediaRef ref;

        Stored(UUID organizationId, Payload.MediaRef ref) {
            this.organizationId = organizationId;
            this.ref = ref;
        }

        @Override
        public long size() {
            return ref.size();
        }

        @Override
        public InputStream open() throws Unreadable {
            try {
                var opened = CurrentOrganization.get(organizationId, () -> media.open(ref.key()));
                return new Told(opened.orElseThrow(() -> new Unreadable("It is gone")));
            } catch (ProblemException e) {
                throw new Unreadable("The media store does not answer");
            }
        }
    }

    /** Tells whoever sends it that it was the store that broke off, and not the provider. */
    private static final class Told extends FilterInputStream {

        Told(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException e) {
                throw new MediaBody.Unreadable("The media store broke off");
            }
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            try {
                return super.read(into, from, most);
            } catch (IOException e) {
                throw new MediaBody.Unreadable("The media store broke off");
            }
        }
    }
}
