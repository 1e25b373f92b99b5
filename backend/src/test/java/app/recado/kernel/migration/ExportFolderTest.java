package app.recado.kernel.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import app.recado.kernel.FieldProblem;
import app.recado.kernel.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of another system as they come: CSV or JSON, with moments and files. */
class ExportFolderTest {

    private static final Set<String> TABLES = Set.of("organizations", "patients");

    @TempDir
    Path folder;

    private void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static ExternalRow row(String column, String text) {
        return new ExternalRow("patients", 1, Map.of("id", "1", column, text));
    }

    @Test
    void csv_and_json_say_the_same_and_what_is_empty_is_not_there() throws IOException {
        file("organizations.csv", "\ufeffid,organization_id,name,note\n7, 1 ,\"Óptica, Centro 😀\",\n");
        file("patients.json", "[{\"id\":7,\"organization_id\":\"1\",\"name\":\"Óptica, Centro 😀\",\"note\":null}]");
        var export = ExportFolder.read(folder, TABLES);
        assertThat(export.rows("organizations", "1").getFirst().values())
                .isEqualTo(export.rows("patients", "1").getFirst().values())
                .isEqualTo(Map.of("id", "7", "organization_id", "1", "name", "Óptica, Centro 😀"));
        assertThat(export.rows("patients", "2")).isEmpty();
        assertThat(export.unread("patients", Set.of())).containsExactly("name");
    }

    @ParameterizedTest
    @CsvSource({
        "patients.json, '{\"id\":1}', is not an array",
        "patients.json, '[{\"id\":{\"a\":1}}]', nested",
        "patients.json, '[{\"id\":', cannot be read",
        "organizations.json, '[]', keep one",
    })
    void what_is_no_table_is_refused_without_quoting_it(String name, String text, String why) throws IOException {
        file("organizations.csv", "id\n1\n");
        file(name, text);
        assertThatThrownBy(() -> ExportFolder.read(folder, TABLES))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining(why);
    }

    @Test
    void files_lie_in_their_folder_and_nowhere_else() throws IOException {
        file("patients.csv", "id\n1\n");
        Files.createDirectory(folder.resolve("media"));
        file("media/a.png", "x");
        var export = ExportFolder.read(folder, TABLES);
        assertThat(export.file("a.png")).isPresent();
        assertThat(export.file("b.png")).isEmpty();
        assertThat(export.file("../patients.csv")).isEmpty();
        assertThat(export.file(folder.resolve("patients.csv").toString())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-01 13:00:00+00, 2026-12-01T13:00:00Z",
        "2026-12-01 10:00:00.5-03, 2026-12-01T13:00:00.500Z",
        "2026-12-01T13:00:00Z, 2026-12-01T13:00:00Z",
        "2026-12-01T18:30:00+05:30, 2026-12-01T13:00:00Z",
        "2026-12-01 10:00, 2026-12-01T13:00:00Z", // as the clocks of the clinic show it
        "2026-09-06 00:30, 2026-09-06T04:30:00Z", // they go from 0:00 to 1:00
    })
    void moments_are_read_as_databases_write_them(String text, Instant moment) {
        assertThat(row("at", text).moment("at", ZoneId.of("America/Santiago"))).isEqualTo(moment);
    }

    @Test
    void what_cannot_be_read_names_the_column() {
        var row = row("at", "mañana");
        assertThatThrownBy(() -> row.moment("at", ZoneId.of("UTC")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.errors())
                                .extracting(FieldProblem::pointer, FieldProblem::code)
                                .containsExactly(tuple("/at", "time-unreadable")));
        assertThatThrownBy(() -> row.required("phone")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> row("born", "1984-02-30").date("born")).isInstanceOf(ProblemException.class);
        assertThat(row("born", "1984-02-29 00:00:00").date("born")).isEqualTo(LocalDate.of(1984, 2, 29));
        assertThat(row.toString()).doesNotContain("mañana");
    }
}
