package app.recado.conversations.categories;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An example: what somebody may write, and what it is about.
 *
 * @param label as the model answers it
 * @param language {@code es}, {@code pt} or {@code en}; the model does not read it
 */
public record LabelledText(String label, String language, String text) {

    /** Reads lines of label, language and text, separated by tabs; lines that begin with {@code #} are remarks.
     *
     * @throws IllegalArgumentException for a line without three parts, which it names by its number */
    public static List<LabelledText> read(InputStream source) {
        try (var lines = new BufferedReader(new InputStreamReader(source, StandardCharsets.UTF_8))) {
            var all = lines.lines().toList();
            return IntStream.range(0, all.size())
                    .filter(at -> !all.get(at).isBlank() && !all.get(at).startsWith("#"))
                    .mapToObj(at -> parse(all.get(at), at + 1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LabelledText parse(String line, int number) {
        var parts = line.split("\t", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("Line " + number + " has no three parts");
        }
        return new LabelledText(parts[0], parts[1], parts[2]);
    }
}
