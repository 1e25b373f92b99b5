package app.recado.kernel.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.tika.Tika;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceivedKindsTest {

    @TempDir
    Path folder;

    private @Nullable String kept(byte[] content, @Nullable String claimed) throws IOException {
        var file = Files.write(folder.resolve("received"), content);
        return ReceivedKinds.of(file, new Tika().detect(file), claimed);
    }

    private @Nullable String kept(String words) throws IOException {
        return kept(words.getBytes(StandardCharsets.UTF_8), "text/plain");
    }

    private static byte[] archive(String... parts) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var part : parts) {
                zip.putNextEntry(new ZipEntry(part));
                zip.write("<x/>".getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void words_are_kept_as_words() throws IOException {
        assertThat(kept("Hola, ¿atienden el sábado? 🦷\r\n\tAna")).isEqualTo("text/plain");
        assertThat(kept("\uFEFFnombre;turno\nAna;10:00\n")).isEqualTo("text/plain");
    }

    @Test
    void what_is_no_clean_text_or_begins_as_markup_is_not() throws IOException {
        for (var wrong :
                List.of("a\u0000b", "a\u001b[31m", "a\u0085b", "<script>alert(1)</script>", " \n<svg/>", "  ", "")) {
            assertThat(kept(wrong)).as(wrong).isNull();
        }
        assertThat(kept("sábado a la mañana".getBytes(Charset.forName("ISO-8859-1")), "text/plain"))
                .isNull();
    }

    @Test
    void office_files_are_told_by_their_parts_and_not_by_what_they_claim() throws IOException {
        assertThat(kept(archive("[Content_Types].xml", "_rels/.rels", "word/document.xml"), null))
                .isEqualTo("application/vnd.openxmlformats-officedocument.wordprocessingml.document");
        assertThat(kept(archive("_rels/.rels", "[Content_Types].xml", "xl/workbook.xml"), "application/msword"))
                .isEqualTo("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        assertThat(kept(archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), null))
                .as("macros")
                .isNull();
        assertThat(kept(archive("readme.txt"), "application/zip")).isNull();
    }

    @Test
    void an_old_office_file_is_what_its_sender_says() throws IOException {
        var envelope = new byte[1024];
        var magic = HexFormat.of().parseHex("d0cf11e0a1b11ae1");
        System.arraycopy(magic, 0, envelope, 0, magic.length);
        assertThat(kept(envelope, "application/msword")).isEqualTo("application/msword");
        assertThat(kept(envelope, "application/x-msi")).isNull();
        assertThat(kept(envelope, null)).isNull();
    }
}
