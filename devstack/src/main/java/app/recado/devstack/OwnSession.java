package app.recado.devstack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keeps Ctrl-C in a terminal from reaching a child directly: the launcher stops its children in their order. */
final class OwnSession {
    private static final boolean AVAILABLE = Files.isExecutable(Path.of("/usr/bin/setsid"));

    private OwnSession() {}

    static List<String> command(List<String> command) {
        if (!AVAILABLE) {
            return command;
        }
        var own = new ArrayList<String>();
        own.add("/usr/bin/setsid");
        own.addAll(command);
        return own;
    }
}
