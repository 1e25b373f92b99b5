package app.recado.notices;

import app.recado.kernel.tables.TableFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;

/** A proof as a table that programs check: codes, UTC, hashes. */
final class ProofCsv {

    private ProofCsv() {}

    static byte[] write(NoticeProof proof) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var table = TableFormat.CSV.open(bytes, "Recado")) {
            table.row(ProofLine.COLUMNS);
            for (var line : proof.lines()) {
                table.row(line.cells());
            }
            // The last row is of the whole.
            var whole = new ArrayList<>(Collections.nCopies(ProofLine.COLUMNS.size(), ""));
            whole.set(0, proof.writtenAt().toString());
            whole.set(1, "digest");
            whole.set(whole.size() - 1, proof.sha256());
            table.row(whole);
        }
        return bytes.toByteArray();
    }
}
