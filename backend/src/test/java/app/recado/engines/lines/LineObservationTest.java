package app.recado.engines.lines;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.engines.CloudApiLine;
import app.recado.engines.EngineClients;
import app.recado.engines.TestEngines;
import app.recado.engines.cloudapi.CloudApi;
import app.recado.engines.credentials.CredentialStore;
import app.recado.engines.provider.Providers;
import app.recado.kernel.CurrentOrganization;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.whatsapp.LineState;
import app.recado.whatsapp.LineStates;
import app.recado.whatsapp.LineStatus;
import app.recado.whatsapp.Lines;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What is known of a provider's line: of two findings the newer one stands, whichever arrives last. */
@RecadoTest
class LineObservationTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    ProviderWatchByHand watch;

    @Autowired
    ProviderLines engines;

    @Autowired
    Lines lines;

    @Autowired
    LineStates states;

    @Autowired
    CredentialStore credentials;

    @Autowired
    QrCodes codes;

    @Autowired
    EngineClients clients;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void monday() {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
        // What processes of other tests saw at other times.
        CurrentOrganization.run(
                CurrentOrganization.PLATFORM,
                () -> transaction.executeWithoutResult(
                        status -> jdbc.sql("delete from line_sight").update()));
    }

    /** The next time the platform is asked about the number, this happens before it answers. */
    private static void whileAsked(CloudApiLine line, Runnable work) {
        var once = new AtomicBoolean(true);
        line.platform.usually(asked -> {
            if (asked.method().equals("GET") && once.compareAndSet(true, false)) {
                work.run();
            }
            return line.usual(asked);
        });
    }

    private static String state(CloudApiLine line) {
        return line.clinic.owner().get(line.path()).at("/state");
    }

    private static List<String> history(CloudApiLine line) {
        return line.clinic
                .owner()
                .get(line.path() + "/history")
                .json()
                .path("items")
                .valueStream()
                .map(item -> item.path("state").asString())
                .toList();
    }

    @Test
    void a_look_that_began_before_a_stop_does_not_report_linked_after_it() {
        var line = CloudApiLine.linked(clinics);
        whileAsked(line, () -> line.clinic.owner().post(line.path() + "/stop", null));

        watch.run();

        assertThat(state(line)).isEqualTo("stopped");
        assertThat(history(line)).startsWith("stopped", "linked");
    }

    @Test
    void a_start_that_is_overtaken_by_a_stop_stays_stopped() {
        var line = CloudApiLine.linked(clinics);
        whileAsked(line, () -> line.clinic.owner().post(line.path() + "/stop", null));

        var started = line.clinic.owner().post(line.path() + "/start", null);

        assertThat(started.at("/state")).as(started.text()).isEqualTo("stopped");
        assertThat(state(line)).isEqualTo("stopped");
    }

    @Test
    void a_look_does_not_overwrite_a_newer_halted() {
        var line = CloudApiLine.linked(clinics);
        whileAsked(line, () -> says(line, "halted", "authorization-failed"));

        watch.run();

        assertThat(state(line)).isEqualTo("halted");
    }

    @Test
    void what_a_provider_says_of_a_line_that_was_stopped_does_not_start_it() {
        var line = CloudApiLine.linked(clinics);
        line.clinic.owner().post(line.path() + "/stop", null);

        says(line, "linked", "none");
        says(line, "halted", "authorization-failed");

        assertThat(state(line)).isEqualTo("stopped");
    }

    @Test
    void a_process_that_alone_reaches_no_provider_makes_no_line_flap() {
        var line = CloudApiLine.linked(clinics);
        var sighted = watch.inAnotherProcess(engines);
        var cutOff = watch.inAnotherProcess(withoutEgress());
        for (int i = 0; i < 4; i++) {
            look(sighted, line);
            clock.advance(Duration.ofSeconds(20));
            look(cutOff, line);
            look(cutOff, line);
            clock.advance(Duration.ofSeconds(20));
            look(cutOff, line);
        }
        assertThat(history(line)).startsWith("linked").doesNotContain("reconnecting");

        // The one that could see has died: whoever is left is believed.
        clock.advance(Duration.ofSeconds(61));
        look(cutOff, line);
        assertThat(state(line)).isEqualTo("linked");
        clock.advance(Duration.ofSeconds(20));
        look(cutOff, line);
        assertThat(state(line)).isEqualTo("reconnecting");
        look(sighted, line);
        assertThat(state(line)).isEqualTo("linked");
    }

    private void look(Consumer<UUID> process, CloudApiLine line) {
        CurrentOrganization.run(line.clinic.id(), () -> process.accept(line.line));
    }

    private void says(CloudApiLine line, String state, String cause) {
        CurrentOrganization.run(
                line.clinic.id(),
                () -> transaction.executeWithoutResult(
                        status -> states.stated(LineStatus.of(line.line, LineState.of(state), cause))));
    }

    private ProviderLines withoutEgress() {
        var settings = TestEngines.reaching("http://127.0.0.1:9");
        var providers = new Providers(List.of(new CloudApi(clients.fixed(), settings.cloudApi())));
        return new ProviderLines(credentials, lines, states, providers, clients, codes, settings, transaction);
    }
}
