package app.recado.devstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.recado.devstack.StackPlan.Port;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Made-up patients have numbers that could be somebody's: nothing seeded may ever reach the real network. */
class RealNetworkTest {

    private final StackPlan simulated = StackPlan.from(Map.of());
    private final StackPlan real = StackPlan.from(Map.of("RECADO_WHATSAPP_NETWORK", "whatsapp"));

    @Test
    void on_the_real_network_there_is_no_demo_no_simulator_and_no_demo_staff() {
        assertThat(real.demo()).isFalse();
        assertThat(real.simulator()).isFalse();
        assertThat(real.demoPeople()).isFalse();
        assertThat(real.ports()).doesNotContainKey(Port.SIMULATOR);
        assertThat(simulated.demo()).isTrue();
    }

    @Test
    void asking_for_the_seed_there_does_not_bring_it() {
        var plan = StackPlan.from(Map.of("RECADO_WHATSAPP_NETWORK", "whatsapp", "RECADO_SEED", "demo"));
        assertThat(plan.demo()).isFalse();
    }

    @Test
    void the_two_networks_never_share_a_folder() {
        assertThat(real.data()).isNotEqualTo(simulated.data());
        assertThat(real.data().startsWith(simulated.data())).isFalse();
        assertThat(simulated.data().startsWith(real.data())).isFalse();
    }

    @Test
    void without_a_list_messages_go_to_nobody() {
        assertThat(real.allowedRecipients()).isEmpty();
        assertThat(real.sendToAnyone()).isFalse();
    }

    @Test
    void the_list_of_allowed_recipients_is_taken_literally() {
        var plan = StackPlan.from(Map.of(
                "RECADO_WHATSAPP_NETWORK", "whatsapp", "RECADO_ALLOWED_RECIPIENTS", " +5491123456789, +573001234567"));
        assertThat(plan.allowedRecipients()).containsExactly("+5491123456789", "+573001234567");
        assertThatThrownBy(() -> StackPlan.from(Map.of("RECADO_ALLOWED_RECIPIENTS", "all")))
                .isInstanceOf(DevstackException.class);
    }

    @Test
    void a_misspelt_network_starts_nothing() {
        assertThatThrownBy(() -> StackPlan.from(Map.of("RECADO_WHATSAPP_NETWORK", "Simulator")))
                .isInstanceOf(DevstackException.class);
    }

    @Test
    void a_folder_made_for_one_network_is_not_opened_for_the_other(@TempDir Path folder) {
        NetworkGuard.claim(in(folder, Network.SIMULATOR));
        NetworkGuard.claim(in(folder, Network.SIMULATOR));

        assertThatThrownBy(() -> NetworkGuard.claim(in(folder, Network.WHATSAPP)))
                .isInstanceOf(DevstackException.class)
                .hasMessageContaining("simulator");
    }

    @Test
    void a_line_linked_to_the_simulator_keeps_the_gateway_off_the_real_network() throws SQLException {
        var database = PostgresServer.shared().createDatabase("network_guard");
        try (var gateway = database.connect("gateway");
                var statement = gateway.createStatement()) {
            statement.execute("create table gateway.line (id int primary key, network text not null)");
            statement.execute("insert into gateway.line values (1, 'simulator')");
        }

        NetworkGuard.check(database, Network.SIMULATOR);
        assertThatThrownBy(() -> NetworkGuard.check(database, Network.WHATSAPP))
                .isInstanceOf(DevstackException.class)
                .hasMessageContaining("1 line(s)");
    }

    private StackPlan in(Path folder, Network network) {
        return new StackPlan(
                network, folder, Map.of(), false, false, List.of(), false, "human", StackPlan.Variant.NONE);
    }
}
