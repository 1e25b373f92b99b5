package app.recado.notices;

import app.recado.organizations.OrganizationProfile;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/** A proof as people read and print it: the clinic's language, the clinic's clocks, every hash in full. */
final class ProofPdf {

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm:ss");

    /** What the fonts of every PDF reader know. */
    private static final Charset SHOWN = Charset.forName("windows-1252");

    private static final String STYLE = """
            @page { size: A4; margin: 16mm 14mm 20mm;
              @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; } }
            body { font: 9pt sans-serif; color: #1f1a22; }
            h1 { font-size: 15pt; margin: 0 0 4mm; }
            dl { margin: 0 0 5mm; } dt { color: #6a5e71; font-size: 8pt; } dd { margin: 0 0 1.5mm; }
            table { width: 100%; border-collapse: collapse; -fs-table-paginate: paginate; }
            th { text-align: left; font-size: 8pt; color: #6a5e71; border-bottom: 1pt solid #6a5e71; padding: 1mm 2mm 1mm 0; }
            td { vertical-align: top; padding: 1.5mm 2mm 1.5mm 0; border-bottom: 0.5pt solid #d9cedd; }
            tr { page-break-inside: avoid; }
            .when { white-space: nowrap; } .words { white-space: pre-wrap; }
            .hash { font: 6pt monospace; color: #6a5e71; }
            """;

    static {
        // The library would log what it lays out.
        XRLog.setLoggingEnabled(false);
    }

    private ProofPdf() {}

    static byte[] write(NoticeProof proof, OrganizationProfile clinic) throws IOException {
        var bytes = new ByteArrayOutputStream();
        new PdfRendererBuilder()
                .withHtmlContent(html(proof, clinic), null)
                .withProducer("Recado")
                .toStream(bytes)
                .run();
        return bytes.toByteArray();
    }

    private static String html(NoticeProof proof, OrganizationProfile clinic) {
        var words = ProofWords.of(clinic.locale());
        var zone = clinic.timeZone();
        var lines = proof.lines().stream().map(line -> row(line, words, zone)).collect(Collectors.joining());
        return """
                <html lang="%s"><head><title>%s</title><style>%s</style></head><body>
                <h1>%s</h1>
                <dl><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s (%s)</dd><dt>%s</dt><dd class="hash">%s</dd></dl>
                <table><thead><tr><th>%s</th><th>%s</th><th>%s</th></tr></thead><tbody>%s</tbody></table>
                </body></html>
                """.formatted(
                        clinic.locale(),
                        words.title(),
                        STYLE,
                        words.title(),
                        words.say("clinic"),
                        shown(clinic.name()),
                        words.say("patient"),
                        shown(proof.patientName()),
                        words.say("written"),
                        at(proof.writtenAt(), zone),
                        zone.getId(),
                        words.say("whole"),
                        proof.sha256(),
                        words.say("when"),
                        words.say("what"),
                        words.say("words"),
                        lines.isEmpty() ? "<tr><td colspan=\"3\">" + words.say("nothing") + "</td></tr>" : lines);
    }

    private static String row(ProofLine line, ProofWords words, ZoneId zone) {
        return """
                <tr><td class="when">%s</td><td>%s</td><td><div class="words">%s</div><div class="hash">SHA-256 %s</div></td></tr>
                """.formatted(at(line.at(), zone), shown(words.about(line)), shown(line.text()), line.sha256());
    }

    private static String at(Instant instant, ZoneId zone) {
        return WHEN.format(instant.atZone(zone));
    }

    /** Pictures are written as their numbers: a font that lacks them would show all of them alike. */
    private static String shown(@Nullable String text) {
        if (text == null) {
            return "";
        }
        var encoder = SHOWN.newEncoder();
        var plain = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (point == '\n' || Character.isBmpCodePoint(point) && encoder.canEncode((char) point) && point >= ' ') {
                plain.appendCodePoint(point);
            } else {
                plain.append("[U+%04X]".formatted(point));
            }
        });
        return HtmlUtils.htmlEscapeDecimal(plain.toString(), "UTF-8");
    }
}
