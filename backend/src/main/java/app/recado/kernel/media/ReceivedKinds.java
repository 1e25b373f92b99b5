package app.recado.kernel.media;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Which of the things people send are kept, told by what they are. */
final class ReceivedKinds {

    static final String TEXT = "text/plain";

    private static final Set<String> DOCUMENTS = Set.of(
            "application/pdf",
            "application/rtf",
            "application/vnd.oasis.opendocument.text",
            "application/vnd.oasis.opendocument.spreadsheet",
            "application/vnd.oasis.opendocument.presentation");

    /** Newer office files are archives; the part that makes them what they are says which. */
    private static final Map<String, String> OFFICE_PARTS = Map.of(
            "word/document.xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "xl/workbook.xml",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "ppt/presentation.xml",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation");

    /** Older ones share one envelope, so only the sender can say which one it is. */
    private static final Set<String> IN_OLD_ENVELOPE =
            Set.of("application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint");

    private static final Set<String> ARCHIVES = Set.of("application/zip", "application/x-tika-ooxml");
    private static final String OLD_ENVELOPE = "application/x-tika-msoffice";

    /** The most parts an office file may have before nobody looks any further. */
    private static final int MOST_PARTS = 10_000;

    private ReceivedKinds() {}

    /** What the file is kept as, or null when it is not kept.
     *
     * @param detected its type by its first bytes
     * @param claimed what its sender says it is; null when they did not
     * @throws IOException when it cannot be read */
    static @Nullable String of(Path file, String detected, @Nullable String claimed) throws IOException {
        if (Media.mayBeShown(detected)
                || detected.startsWith("audio/")
                || detected.startsWith("video/")
                || DOCUMENTS.contains(detected)) {
            return detected;
        }
        if (ARCHIVES.contains(detected)) {
            return office(file);
        }
        if (detected.equals(OLD_ENVELOPE)) {
            return claimed != null && IN_OLD_ENVELOPE.contains(claimed) ? claimed : null;
        }
        return detected.equals(TEXT) && isWords(file) ? TEXT : null;
    }

    /** Null also for one with macros, which act where it is opened. */
    private static @Nullable String office(Path file) throws IOException {
        try (var archive = new ZipFile(file.toFile())) {
            if (archive.size() > MOST_PARTS || archive.getEntry("[Content_Types].xml") == null) {
                return null;
            }
            boolean macros = archive.stream().anyMatch(part -> part.getName().endsWith("vbaProject.bin"));
            return macros
                    ? null
                    : OFFICE_PARTS.entrySet().stream()
                            .filter(known -> archive.getEntry(known.getKey()) != null)
                            .map(Map.Entry::getValue)
                            .findFirst()
                            .orElse(null);
        } catch (ZipException e) {
            return null;
        }
    }

    /** Valid UTF-8 from end to end, with nothing in it but characters, tabs and line ends, that does not begin as markup. */
    private static boolean isWords(Path file) throws IOException {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try (var in = new InputStreamReader(Files.newInputStream(file), decoder)) {
            var buffer = new char[8192];
            boolean begun = false;
            int read;
            while ((read = in.read(buffer)) >= 0) {
                for (int i = 0; i < read; i++) {
                    char c = buffer[i];
                    if (Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r') {
                        return false;
                    }
                    if (!begun && c != '\uFEFF' && !Character.isWhitespace(c)) {
                        if (c == '<') {
                            return false;
                        }
                        begun = true;
                    }
                }
            }
            return begun;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
