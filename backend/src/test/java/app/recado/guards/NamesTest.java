package app.recado.guards;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.devstack.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Types are called what the field calls them: a lease table, a status merger, a service. */
class NamesTest {

    private static final List<String> SOURCES = List.of(
            "backend/src",
            "devstack/src",
            "installation/src",
            "gateway/src",
            "gateway/test",
            "simulator/src",
            "simulator/test",
            "sdk/typescript/src",
            "frontend/src",
            "frontend/mock",
            "frontend/e2e");

    private static final Pattern GIVEN_UP =
            Pattern.compile("\\b(?:class|record|interface|enum|type) (Lanes|LaneLeases|TurnLoop|Said|Story|LastWords"
                    + "|\\w*Desk\\w*|\\w*Settling|GatewayAway|\\w*Wheels?)\\b");

    @Test
    void no_type_has_a_name_that_was_given_up() throws IOException {
        var found = new ArrayList<String>();
        var read = 0;
        for (var folder : SOURCES) {
            try (var files = Files.walk(Folders.root().resolve(folder))) {
                for (var file : files.filter(NamesTest::isSource).toList()) {
                    read++;
                    GIVEN_UP.matcher(Files.readString(file))
                            .results()
                            .map(result -> Folders.root().relativize(file) + ": " + result.group())
                            .forEach(found::add);
                }
            }
        }
        assertThat(read).isGreaterThan(2_000);
        assertThat(found).isEmpty();
    }

    private static boolean isSource(Path file) {
        var name = file.getFileName().toString();
        return Files.isRegularFile(file) && (name.endsWith(".java") || name.endsWith(".ts") || name.endsWith(".tsx"));
    }
}
