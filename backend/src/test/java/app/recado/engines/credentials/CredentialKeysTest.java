package app.recado.engines.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.recado.engines.TestEngines;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class CredentialKeysTest {

    @Test
    void a_key_of_another_length_is_refused_by_its_name_and_never_shown() {
        assertThatThrownBy(() -> TestEngines.settings("c2hvcnQ=", List.of()))
                .hasMessageContaining("recado.engines.credentials-key")
                .hasMessageNotContaining("c2hvcnQ=");
        var key = Base64.getEncoder().encodeToString(new byte[32]);
        var old = Base64.getEncoder()
                .encodeToString("thirty-two bytes of another key!".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(TestEngines.settings(key, List.of(old)).toString())
                .doesNotContain(key)
                .doesNotContain(old);
    }
}
