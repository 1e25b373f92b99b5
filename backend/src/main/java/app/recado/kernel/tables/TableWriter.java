package app.recado.kernel.tables;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** A table that is being written. Closing it ends the file and leaves the stream under it open. */
public interface TableWriter extends Closeable {

    /** Adds a row. Cells are text, and stay text in whatever opens the file. */
    void row(List<String> cells) throws IOException;
}
