package app.recado.kernel.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SecretVaultTest {

    private static final String PURPOSE = "tested";

    private static final String OLD = key(1);
    private static final String NEW = key(2);

    private final UUID clinic = UUID.randomUUID();
    private final UUID line = UUID.randomUUID();

    private static String key(int fill) {
        var bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) fill);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static SecretVault vault(String key, String... old) {
        return new SecretVault(key, List.of(old));
    }

    @Test
    void what_was_sealed_for_a_record_opens_for_that_record() throws Exception {
        var sealed = vault(NEW).seal(PURPOSE, clinic, line, "token");

        assertThat(sealed).doesNotContain("token");
        assertThat(vault(NEW).open(PURPOSE, clinic, line, sealed)).isEqualTo("token");
    }

    @Test
    void it_does_not_open_in_another_place() {
        var vault = vault(NEW);
        var sealed = vault.seal(PURPOSE, clinic, line, "token");

        assertThatThrownBy(() -> vault.open(PURPOSE, clinic, UUID.randomUUID(), sealed))
                .isInstanceOf(SecretVault.Unreadable.class);
        assertThatThrownBy(() -> vault.open("another", clinic, line, sealed))
                .isInstanceOf(SecretVault.Unreadable.class);
        assertThatThrownBy(() -> vault.open(PURPOSE, UUID.randomUUID(), line, sealed))
                .isInstanceOf(SecretVault.Unreadable.class);
    }

    @Test
    void a_replaced_key_still_opens_what_it_sealed_and_is_known_to_be_old() throws Exception {
        var sealed = vault(OLD).seal(PURPOSE, clinic, line, "token");

        assertThat(vault(NEW, OLD).open(PURPOSE, clinic, line, sealed)).isEqualTo("token");
        assertThat(vault(NEW, OLD).isCurrent(sealed)).isFalse();
        assertThatThrownBy(() -> vault(NEW).open(PURPOSE, clinic, line, sealed))
                .isInstanceOf(SecretVault.Unreadable.class);
    }

    @Test
    void an_altered_or_foreign_value_is_unreadable_and_never_anything_else() {
        var vault = vault(NEW);
        var sealed = vault.seal(PURPOSE, clinic, line, "token");
        var flipped = sealed.substring(0, sealed.length() - 2) + (sealed.endsWith("AA") ? "BB" : "AA");

        for (var bad : List.of(flipped, "", "v1", "v1..", "v2.00000000.AAAA", "{\"token\":1}", sealed + "!")) {
            assertThatThrownBy(() -> vault.open(PURPOSE, clinic, line, bad)).isInstanceOf(SecretVault.Unreadable.class);
        }
    }
}
