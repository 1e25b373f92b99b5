package app.recado.engines;

import app.recado.kernel.Problem;
import app.recado.kernel.media.Media;
import app.recado.whatsapp.Payload;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What is sent, from the store the backend keeps it in. */
@Component
public class OutgoingMedia {

    private final Media media;

    OutgoingMedia(Media media) {
        this.media = media;
    }

    /** The bytes, when the object is there and is what it is said to be (size and SHA-256).
     *
     * @throws app.recado.kernel.ProblemException {@code media-unavailable} */
    public Optional<byte[]> read(Payload.MediaRef ref) {
        var opened = media.open(ref.key());
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (var in = opened.get()) {
            var bytes = in.readNBytes(EngineSettings.LARGEST_MEDIA + 1);
            var sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            return bytes.length == ref.size() && sha256.equals(ref.sha256()) ? Optional.of(bytes) : Optional.empty();
        } catch (IOException e) {
            throw Problem.MEDIA_UNAVAILABLE.because("The media store broke off");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
