package app.recado.kernel.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Scope;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.SilentProxy;
import app.recado.testing.TestTokens;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Live streams over a connection to PostgreSQL that a test can silence. */
@RecadoTest
class LiveStreamsTest {

    @Autowired
    JdbcConnectionDetails database;

    @Autowired
    LiveHints hints;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    private final List<LiveStreams.Stream> opened = new ArrayList<>();
    private Clinics.Clinic clinic = new Clinics.Clinic(new UUID(0, 1), "");
    private SilentProxy proxy = SilentProxy.before("127.0.0.1", 9);
    private DatabaseNotifications notifications;
    private LiveStreams streams;

    LiveStreamsTest(@Autowired JdbcConnectionDetails database, @Autowired SettableClock clock) {
        this.notifications = new DatabaseNotifications(database);
        this.streams = new LiveStreams(notifications, clock, new SimpleMeterRegistry());
    }

    @BeforeEach
    void listens() throws Exception {
        clinic = clinics.open();
        var address = URI.create(database.getJdbcUrl().substring("jdbc:".length()));
        proxy.close();
        proxy = SilentProxy.before(address.getHost(), address.getPort());
        var through = proxied(address);
        notifications = new DatabaseNotifications(through, Duration.ofMillis(200), Duration.ofSeconds(1));
        streams = new LiveStreams(notifications, clock, new SimpleMeterRegistry());
        var listening = new CountDownLatch(1);
        notifications.onGap(listening::countDown);
        notifications.start();
        assertThat(listening.await(60, TimeUnit.SECONDS)).isTrue();
        // From its first stream on hints of a clinic are remembered.
        var first = streamOf("the first");
        first.close();
        first.feed();
        clock.advance(LiveStreams.BEFORE_ITS_BEGINNING.plusSeconds(1));
    }

    private JdbcConnectionDetails proxied(URI address) {
        var url = "jdbc:" + address.toString().replace(":" + address.getPort(), ":" + proxy.port());
        return new JdbcConnectionDetails() {
            @Override
            public @Nullable String getUsername() {
                return database.getUsername();
            }

            @Override
            public @Nullable String getPassword() {
                return database.getPassword();
            }

            @Override
            public String getJdbcUrl() {
                return url;
            }
        };
    }

    @AfterEach
    void over() throws Exception {
        opened.forEach(LiveStreams.Stream::close);
        notifications.stop();
        proxy.close();
    }

    /** Somebody who reads a stream; slow ones wait before each event until they may go on. */
    private final class Console implements LiveStreams.Reader {
        final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
        final CountDownLatch mayRead;
        volatile String lastId = "";

        Console(@Nullable String lastEventId, int waits) {
            this.mayRead = new CountDownLatch(waits);
            var stream = streams.attach(
                    clinic.id(),
                    "somebody",
                    lastEventId,
                    clock.instant().plus(Duration.ofHours(1)),
                    LiveStreams.Rights.OF_PEOPLE,
                    this);
            opened.add(stream);
            Thread.ofVirtual().start(stream::feed);
        }

        @Override
        public void event(@Nullable String id, String name, String data) {
            try {
                mayRead.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            lastId = id == null ? lastId : id;
            events.add(name.equals("hint") ? data.replaceAll(".*\"id\":\"([^\"]*)\".*", "$1") : name);
        }

        @Override
        public void comment(String words) {}

        @Override
        public void end() {}

        String next() throws InterruptedException {
            return String.valueOf(events.poll(60, TimeUnit.SECONDS));
        }
    }

    private UUID somethingChanges() {
        var id = UUID.randomUUID();
        clinic.inside(() -> {
            transaction.executeWithoutResult(status -> hints.changed(LiveHints.Kind.APPOINTMENT, id));
            return id;
        });
        return id;
    }

    @Test
    void a_stream_that_broke_resumes_where_it_was_and_misses_nothing() throws Exception {
        var before = new Console(null, 0);
        var seen = somethingChanges();
        assertThat(before.next()).isEqualTo(seen.toString());
        var missed = somethingChanges();
        assertThat(before.next()).isEqualTo(missed.toString());
        var last = somethingChanges();
        assertThat(before.next()).isEqualTo(last.toString());

        var third = new Console(before.lastId, 0);
        var news = somethingChanges();
        assertThat(third.next()).isEqualTo(news.toString());

        var fromTheFirst = new Console(before.lastId.replaceAll("\\d+$", "1"), 0);
        assertThat(List.of(fromTheFirst.next(), fromTheFirst.next()))
                .containsExactly(missed.toString(), last.toString());
    }

    @Test
    void a_stream_begins_with_what_changed_while_its_reader_was_reading() throws Exception {
        var colleague = new Console(null, 0);
        var longAgo = somethingChanges();
        assertThat(colleague.next()).isEqualTo(longAgo.toString());
        clock.advance(LiveStreams.BEFORE_ITS_BEGINNING.plusSeconds(1));
        var justNow = somethingChanges();
        assertThat(colleague.next()).isEqualTo(justNow.toString());

        var opens = new Console(null, 0);
        assertThat(opens.next()).isEqualTo(justNow.toString());
    }

    @Test
    void where_it_is_not_known_what_changed_a_stream_begins_with_a_reset() throws Exception {
        clinic = clinics.open();
        assertThat(new Console(null, 0).next()).isEqualTo("reset");

        clock.advance(LiveStreams.BEFORE_ITS_BEGINNING.plusSeconds(1));
        var later = new Console(null, 0);
        var news = somethingChanges();
        assertThat(later.next()).isEqualTo(news.toString());
    }

    @Test
    void an_id_from_before_a_restart_or_from_long_ago_leads_to_a_reset() throws Exception {
        assertThat(new Console("another-7", 0).next()).isEqualTo("reset");
    }

    @Test
    void a_slow_reader_holds_up_nobody_and_is_told_to_read_everything_again() throws Exception {
        var slow = new Console(null, 1);
        var quick = new Console(null, 0);
        // In parts, so that the quick one keeps up on a busy machine too.
        for (int part = 0; part < 3; part++) {
            UUID last = new UUID(0, 0);
            for (int i = 0; i < 100; i++) {
                last = somethingChanges();
            }
            var seen = quick.next();
            while (!seen.equals(last.toString())) {
                assertThat(seen).isNotIn("null", "reset");
                seen = quick.next();
            }
        }
        slow.mayRead.countDown();

        slow.next();
        assertThat(slow.next()).isEqualTo("reset");
        var after = somethingChanges();
        assertThat(slow.next()).isEqualTo(after.toString());
    }

    @Test
    void a_connection_on_which_nothing_arrives_any_more_is_noticed_and_every_console_reads_again() throws Exception {
        var console = new Console(null, 0);
        var seen = somethingChanges();
        assertThat(console.next()).isEqualTo(seen.toString());

        proxy.fallSilent();
        somethingChanges();

        assertThat(console.next()).isEqualTo("reset");
        var after = somethingChanges();
        assertThat(console.next()).isEqualTo(after.toString());
    }

    @Test
    void an_account_has_a_limited_number_of_streams_and_one_that_ended_makes_room_for_another() throws Exception {
        var mine = new ArrayList<LiveStreams.Stream>();
        for (int i = 0; i < LiveStreams.STREAMS_PER_SUBJECT; i++) {
            mine.add(streamOf("integration"));
        }

        assertThatThrownBy(() -> streamOf("integration"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(Problem.TOO_MANY_STREAMS));
        streamOf("colleague").close();

        mine.getFirst().close();
        mine.getFirst().feed(); // notices that it is closed
        assertThat(streamOf("integration")).isNotNull();
    }

    @Test
    void a_clinic_has_a_limited_number_of_streams_whoever_opens_them() {
        for (int i = 0; i < LiveStreams.STREAMS_PER_ORGANIZATION; i++) {
            streamOf("program-" + i);
        }
        assertThatThrownBy(() -> streamOf("one-more"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(Problem.TOO_MANY_STREAMS));
    }

    @Test
    void an_api_client_hears_of_what_its_scopes_read_and_of_nothing_once_it_is_revoked() throws Exception {
        clock.set(Instant.now().truncatedTo(ChronoUnit.SECONDS));
        var key = clinics.apiClient(clinic, Set.of(Scope.APPOINTMENTS_READ, Scope.WAITLIST_READ));
        var heard = linesOfStream(TestTokens.client(key, clinic.id()));
        assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo(":connected");

        var visit = UUID.randomUUID();
        clinic.inside(() -> transaction.executeWithoutResult(status -> {
            hints.changed(LiveHints.Kind.MESSAGE, UUID.randomUUID());
            hints.changed(LiveHints.Kind.WHATSAPP_LINE, UUID.randomUUID());
            hints.changed(LiveHints.Kind.APPOINTMENT, visit);
        }));
        assertThat(heard.poll(60, TimeUnit.SECONDS))
                .isEqualTo("data:{\"kind\":\"appointment\",\"id\":\"%s\"}".formatted(visit));

        clinic.inside(() -> transaction.executeWithoutResult(
                status -> jdbc.sql("update api_client set revoked_at = now() where organization_id = ?")
                        .param(clinic.id())
                        .update()));
        clock.advance(Duration.ofSeconds(2));
        somethingChanges();
        assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("event:bye");
    }

    @Test
    void nobody_hears_anything_more_of_a_clinic_that_is_suspended() throws Exception {
        clock.set(Instant.now().truncatedTo(ChronoUnit.SECONDS));
        var heard = linesOfStream(TestTokens.member("someone-" + clinic.id(), clinic.id(), Set.of(Allow.OWNER)));
        assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo(":connected");

        var suspended = clinics.platformAdmin()
                .post("/api/v1/platform/organizations/" + clinic.id() + "/suspend", Map.of("reason", "security"));
        assertThat(suspended.status()).as(suspended.text()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(2));
        somethingChanges();
        assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("event:bye");
    }

    @Test
    void support_hears_of_what_it_may_read_until_the_owners_permission_ends() throws Exception {
        clock.set(Instant.now().truncatedTo(ChronoUnit.SECONDS));
        clinic.owner().post("/support-access/grant", Map.of("hours", 1));
        var heard = linesOfStream(TestTokens.platformAdmin());
        assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo(":connected");

        var visit = UUID.randomUUID();
        clinic.inside(() -> transaction.executeWithoutResult(status -> {
            hints.changed(LiveHints.Kind.CONVERSATION, UUID.randomUUID());
            hints.changed(LiveHints.Kind.APPOINTMENT, visit);
        }));
        assertThat(heard.poll(60, TimeUnit.SECONDS))
                .isEqualTo("data:{\"kind\":\"appointment\",\"id\":\"%s\"}".formatted(visit));

        clinic.owner().post("/support-access/revoke", null);
        assertThat(heard.poll(60, TimeUnit.SECONDS)).startsWith("data:{\"kind\":\"organization\"");
        clock.advance(Duration.ofSeconds(2));
        somethingChanges();
        assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("event:bye");
    }

    /** What an API client is told over HTTP: that it is connected, what hints say, and goodbye. */
    private LinkedBlockingQueue<String> linesOfStream(String token) {
        var heard = new LinkedBlockingQueue<String>();
        var request = HttpRequest.newBuilder(
                        URI.create(clinics.server() + "/api/v1/organizations/" + clinic.id() + "/events"))
                .header("Authorization", "Bearer " + token)
                .build();
        HttpClient.newHttpClient()
                .sendAsync(request, HttpResponse.BodyHandlers.ofLines())
                .thenAccept(answer -> answer.body()
                        .filter(line -> line.equals(":connected")
                                || line.equals("event:bye")
                                || line.startsWith("data:{\"kind"))
                        .forEach(heard::add));
        return heard;
    }

    private LiveStreams.Stream streamOf(String subject) {
        var stream = streams.attach(
                clinic.id(),
                subject,
                null,
                clock.instant().plus(Duration.ofHours(1)),
                LiveStreams.Rights.OF_PEOPLE,
                NOBODY);
        opened.add(stream);
        return stream;
    }

    private static final LiveStreams.Reader NOBODY = new LiveStreams.Reader() {
        @Override
        public void event(@Nullable String id, String name, String data) {}

        @Override
        public void comment(String words) {}

        @Override
        public void end() {}
    };
}
