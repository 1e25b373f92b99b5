package app.recado.installation;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.devstack.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Documents tell people to type only what a test runs, what ./dev offers, or what is marked as not testable here. */
class DocumentsTest {

    private static final Path ROOT = Folders.root();

    /** {@link InstalledForRealTest} runs these. */
    private static final Set<String> RUN = Set.of(
            "run: secrets", "run: database", "run: identity", "run: administrator", "run: backend", "run: gateway");

    private static final Set<String> NOT_HERE =
            Set.of("needs a cluster", "needs an engine", "needs a running installation", "needs ./dev up");

    private static final String BACKEND = "backend/src/main/java/app/recado";

    private static final Pattern FILE = Pattern.compile("`([A-Za-z0-9_./-]+\\.(?:java|tsx?|sql|yaml|html|txt|md))`");

    private static final Pattern KEPT_BY = Pattern.compile("`([^`]+)`");

    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)(?:#[^)]*)?\\)");

    @Test
    void every_command_is_run_by_a_test_or_marked() throws IOException {
        var offered = Documents.read(ROOT.resolve("dev"));
        var loose = new ArrayList<String>();
        for (var document : documents()) {
            for (var block : Documents.blocks(document)) {
                if (!Set.of("sh", "", "bash").contains(block.language())
                        || RUN.contains(block.mark())
                        || NOT_HERE.contains(block.mark())) {
                    continue;
                }
                block.text()
                        .lines()
                        .filter(line -> !ofDev(line, offered))
                        .forEach(line -> loose.add(ROOT.relativize(document) + ": " + line));
            }
        }
        assertThat(loose).isEmpty();
    }

    @Test
    void every_step_that_claims_to_be_run_is() {
        var claimed = Documents.blocks(ROOT.resolve("docs/install.md")).stream()
                .map(Documents.Block::mark)
                .filter(mark -> mark.startsWith("run: "));
        assertThat(claimed).containsExactlyInAnyOrderElementsOf(RUN);
    }

    /** A journey that names a file which moved leads newcomers astray; {@code package-info.java} and the like are patterns. */
    @Test
    void every_file_of_the_journeys_and_of_the_recipe_exists() {
        var architecture = Documents.read(ROOT.resolve("docs/architecture.md"));
        var walk = architecture.substring(
                architecture.indexOf("## Six journeys"), architecture.indexOf("## Between clinics"));
        var named = FILE.matcher(walk)
                .results()
                .map(found -> found.group(1))
                .filter(name -> name.contains("/"))
                .toList();

        assertThat(named)
                .hasSizeGreaterThan(70)
                .allSatisfy(name -> assertThat(Stream.of(
                                ROOT.resolve(name), ROOT.resolve(BACKEND).resolve(name)))
                        .as(name)
                        .anyMatch(Files::isRegularFile));
        assertThat(walk.lines().filter(line -> line.startsWith("**"))).hasSize(6);
    }

    @Test
    void every_link_into_the_checkout_leads_somewhere() throws IOException {
        var broken = new ArrayList<String>();
        for (var document : documents()) {
            LINK.matcher(Documents.read(document))
                    .results()
                    .map(found -> found.group(1))
                    .filter(target -> !target.contains("://"))
                    .filter(target -> !Files.exists(document.resolveSibling(target)))
                    .forEach(target -> broken.add(ROOT.relativize(document) + " -> " + target));
        }
        assertThat(broken).isEmpty();
    }

    /** A requirement is met by what somebody can look at: a test that runs, or a file. */
    @Test
    void every_test_and_file_of_the_asvs_table_exists() throws IOException {
        var table = Documents.read(ROOT.resolve("docs/asvs.md"));
        var rows = table.substring(table.indexOf("## What is kept"), table.indexOf("## What is open"))
                .lines()
                .filter(line -> line.matches("\\| [0-9].*"))
                .toList();
        var tests = new HashSet<String>();
        for (var module : List.of("backend", "devstack", "installation")) {
            try (var sources = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                sources.forEach(file -> tests.add(file.getFileName().toString().replace(".java", "")));
            }
        }

        assertThat(rows).hasSizeGreaterThan(35).allSatisfy(row -> {
            var kept = KEPT_BY.matcher(row.substring(row.lastIndexOf('|', row.length() - 3)))
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            assertThat(kept)
                    .as(row)
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(tests.contains(name) || Files.isRegularFile(ROOT.resolve(name)))
                            .as(name)
                            .isTrue());
        });
    }

    /** A line that ./dev offers, with or without variables in front, or nothing to type at all. */
    private static boolean ofDev(String line, String dev) {
        var command = line.replaceFirst("#.*", "").strip().replaceFirst("^(RECADO_\\w+=\\S+ )*", "");
        if (command.isEmpty()) {
            return true;
        }
        var words = command.split(" +", 3);
        return words[0].equals("./dev") && words.length > 1 && dev.contains(words[1]);
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"));
                Stream<Path> runbooks = Files.list(ROOT.resolve("docs/runbooks"))) {
            return Stream.concat(
                            Stream.concat(docs, runbooks)
                                    .filter(file -> file.toString().endsWith(".md")),
                            Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
                                    .map(ROOT::resolve))
                    .toList();
        }
    }
}
