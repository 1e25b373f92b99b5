package app.recado.installation;

import app.recado.devstack.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The commands that documents tell people to type. */
final class Documents {

    private static final Pattern BLOCK = Pattern.compile("(?:<!-- ([^>]*) -->\n)?```(\\w*)\n(.*?)```", Pattern.DOTALL);

    private Documents() {}

    /**
     * A fenced block.
     *
     * @param mark the comment right above it, e.g. {@code run: secrets}; empty when there is none
     * @param language e.g. {@code sh}; empty when the fence names none
     */
    record Block(String mark, String language, String text) {}

    static List<Block> blocks(Path document) {
        var blocks = new ArrayList<Block>();
        var found = BLOCK.matcher(read(document));
        while (found.find()) {
            blocks.add(new Block(found.group(1) == null ? "" : found.group(1), found.group(2), found.group(3)));
        }
        return blocks;
    }

    /** The commands of a step of docs/install.md, as they stand there. */
    static String installStep(String name) {
        return blocks(Folders.root().resolve("docs/install.md")).stream()
                .filter(block -> block.mark().equals("run: " + name))
                .map(Block::text)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("docs/install.md has no step " + name));
    }

    /** The text that stands under a name of a JSON file, wherever it is. */
    static String jsonText(Path file, String name) {
        var found = Pattern.compile("\"" + Pattern.quote(name) + "\"\\s*:\\s*\"([^\"]*)\"")
                .matcher(read(file));
        if (!found.find()) {
            throw new IllegalArgumentException(file + " has no " + name);
        }
        return found.group(1);
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
