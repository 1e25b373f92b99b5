package app.recado.devstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Production recognises what a local stack made for itself by a mark, see the production profile. */
class SecretsTest {

    @Test
    void every_secret_of_a_local_stack_carries_the_mark_by_which_production_refuses_it(@TempDir Path folder)
            throws java.io.IOException {
        Secrets.in(folder);

        var made = new Properties();
        try (var in = Files.newBufferedReader(folder.resolve("secrets.properties"))) {
            made.load(in);
        }
        made.remove("demo.password"); // a person's, typed by people; production has no such person
        assertThat(made.values())
                .hasSizeGreaterThan(10)
                .allMatch(value -> value.toString().startsWith(Secrets.MARK)
                        || new String(
                                        Base64.getDecoder().decode(value.toString()),
                                        java.nio.charset.StandardCharsets.ISO_8859_1)
                                .startsWith(Secrets.MARK));
    }
}
