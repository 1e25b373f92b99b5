package app.recado.whatsapp;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.JobResult;
import app.recado.kernel.jobs.Jobs;
import app.recado.kernel.jobs.Retries;
import app.recado.kernel.live.LiveHints;
import app.recado.organizations.ClinicPhones;
import app.recado.organizations.OrganizationProfiles;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Messages with which staff try a line out. They do not wait for a line that is down, because that would tell nothing: a
 * job hands each to the line's engine once, at once, so that a slow engine holds no request.
 */
@Component
class TestMessages {

    /** The name of its jobs, one for each test. */
    static final String JOB = "test-message";

    /** A turn ends with whatever the engine said; these are for turns that break off. */
    static final Retries RETRIES = new Retries(5, Duration.ofSeconds(5), Duration.ofMinutes(1));

    private static final Duration USEFUL = Duration.ofMinutes(2);

    private final Lines lines;
    private final LineEngine engine;
    private final EarlyStatuses early;
    private final ClinicPhones phones;
    private final OrganizationProfiles organizations;
    private final JdbcClient jdbc;
    private final LiveHints hints;
    private final Jobs jobs;
    private final TransactionTemplate transaction;
    private final Clock clock;

    TestMessages(
            Lines lines,
            LineEngine engine,
            EarlyStatuses early,
            ClinicPhones phones,
            OrganizationProfiles organizations,
            JdbcClient jdbc,
            LiveHints hints,
            Jobs jobs,
            TransactionTemplate transaction,
            Clock clock) {
        this.lines = lines;
        this.engine = engine;
        this.early = early;
        this.phones = phones;
        this.organizations = organizations;
        this.jdbc = jdbc;
        this.hints = hints;
        this.jobs = jobs;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * A test on its way.
     *
     * @param to E.164
     * @param state how far it came: accepted, sending, sent, delivered, read, failed, unknown, expired or withdrawn
     * @param reason why it came no further; null when there is none
     * @param at since when that is so
     */
    record TestMessage(
            UUID id,
            String to,
            CommandState state,
            @Nullable String reason,
            Instant at) {

        private static TestMessage of(ResultSet row, int n) throws SQLException {
            return new TestMessage(
                    row.getObject("id", UUID.class),
                    row.getString("phone"),
                    CommandState.of(row.getString("state")),
                    row.getString("reason"),
                    SqlTime.instant(row, "at"));
        }

        /** The number may be a patient's: never printed. */
        @Override
        public String toString() {
            return "TestMessage[id=" + id + ", state=" + state + "]";
        }
    }

    /** Has one sent now.
     *
     * @return it, {@code accepted}: what becomes of it is told by hints of the line
     * @throws app.recado.kernel.ProblemException {@code line-down} with the line's state, {@code invalid-fields},
     *     {@code not-found} */
    TestMessage send(UUID lineId, String to) {
        var line = lines.get(lineId);
        return Objects.requireNonNull(transaction.execute(status -> {
            var phone = phones.read(to, "/to").e164();
            if (line.state() != LineState.LINKED) {
                throw Problem.LINE_DOWN.because("The line is " + line.state().wireName() + " (" + line.cause() + ")");
            }
            var sent = new TestMessage(Ids.next(), phone, CommandState.ACCEPTED, null, clock.instant());
            jdbc.sql("""
                    insert into whatsapp_test_message (organization_id, id, line_id, phone, state, at)
                    values (?, ?, ?, ?, ?, ?)
                    """)
                    .params(
                            CurrentOrganization.id(),
                            sent.id(),
                            lineId,
                            phone,
                            sent.state().wireName(),
                            SqlTime.at(sent.at()))
                    .update();
            jobs.schedule(JOB, JobId.of(sent.id()), sent.at());
            return sent;
        }));
    }

    /** Hands one to its line's engine, unless that was begun before: then nobody knows whether it left. */
    JobResult turn(JobId job) {
        var id = job.id();
        var command = transaction.execute(status -> toHandOver(id).orElse(null));
        if (command == null) {
            settle(id, CommandState.UNKNOWN, "found-sending-at-start");
            return JobResult.done();
        }
        try {
            switch (engine.submit(command)) {
                case LineEngine.HandOffAnswer.Taken taken -> taken(command.lineId(), id, taken);
                case LineEngine.HandOffAnswer.NotTaken not -> settle(id, CommandState.FAILED, not.reason());
                case LineEngine.HandOffAnswer.LineUnknown unknown -> settle(id, CommandState.FAILED, "line-unknown");
                case LineEngine.HandOffAnswer.Failing failing -> settle(id, CommandState.FAILED, "engine-error");
                case LineEngine.HandOffAnswer.Refused refused -> settle(id, CommandState.FAILED, refused.code());
                case LineEngine.HandOffAnswer.Differs differs ->
                    settle(id, CommandState.UNKNOWN, "found-sending-at-start");
            }
        } catch (EngineUnavailable e) {
            settle(
                    id,
                    e.notTaken() ? CommandState.FAILED : CommandState.UNKNOWN,
                    e.notTaken() ? "provider-unreachable" : "no-acknowledgement");
        }
        return JobResult.done();
    }

    private record Waiting(UUID lineId, String phone, Instant at) {}

    /** Marks it as handed over, for a crash from here on leaves nobody knowing. Empty when it was marked before. */
    private Optional<Command> toHandOver(UUID id) {
        return jdbc.sql("""
                        update whatsapp_test_message set handed_at = ?
                         where organization_id = ? and id = ? and handed_at is null and state = ?
                        returning line_id, phone, at
                        """)
                .params(SqlTime.at(clock.instant()), CurrentOrganization.id(), id, CommandState.ACCEPTED.wireName())
                .query((row, n) -> new Waiting(
                        row.getObject("line_id", UUID.class), row.getString("phone"), SqlTime.instant(row, "at")))
                .optional()
                .map(test -> new Command(
                        test.lineId(),
                        id,
                        ProviderMessageIds.next(),
                        test.phone(),
                        new Payload.Text(words(
                                lines.get(test.lineId()).name(),
                                organizations.current().locale())),
                        test.at().plus(USEFUL)));
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    TestMessage get(UUID lineId, UUID id) {
        return Objects.requireNonNull(transaction.execute(status -> jdbc.sql("""
                        select id, phone, state, reason, at from whatsapp_test_message
                         where organization_id = ? and line_id = ? and id = ?
                        """)
                .params(CurrentOrganization.id(), lineId, id)
                .query(TestMessage::of)
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("This line sent no such test"))));
    }

    @EventListener
    public void reported(MessageStatusReported report) {
        var id = report.messageId() == null
                ? jdbc.sql("""
                                select id from whatsapp_test_message
                                 where organization_id = ? and line_id = ? and engine_message_id = ?
                                """)
                        .params(CurrentOrganization.id(), report.lineId(), report.providerMessageId())
                        .query(UUID.class)
                        .optional()
                        .orElse(null)
                : report.messageId();
        if (id != null) {
            take(id, report.state(), report.reason(), report.at());
        }
    }

    /** The engine has it, and may have told of it before it answered. */
    private void taken(UUID lineId, UUID id, LineEngine.HandOffAnswer.Taken taken) {
        transaction.executeWithoutResult(status -> {
            var known = taken.engineMessageId();
            var told = known == null
                    ? List.<MessageStatusReported>of()
                    : early.holdAndRead(List.of(new EarlyStatuses.Sent(lineId, known)))
                            .getOrDefault(known, List.of());
            jdbc.sql("update whatsapp_test_message set engine_message_id = ? where organization_id = ? and id = ?")
                    .param(known)
                    .param(CurrentOrganization.id())
                    .param(id)
                    .update();
            take(id, taken.state(), taken.reason(), clock.instant());
            told.forEach(this::reported);
        });
    }

    private void settle(UUID id, CommandState state, String reason) {
        transaction.executeWithoutResult(status -> take(id, state, reason, clock.instant()));
    }

    /** News comes in any order: a state is only left for a later one. */
    private void take(UUID id, CommandState state, @Nullable String reason, Instant at) {
        var known = jdbc.sql("""
                        select line_id, state from whatsapp_test_message where organization_id = ? and id = ? for update
                        """)
                .params(CurrentOrganization.id(), id)
                .query((row, n) ->
                        new Known(row.getObject("line_id", UUID.class), CommandState.of(row.getString("state"))))
                .optional();
        if (known.isEmpty() || !state.isLaterThan(known.get().state())) {
            return;
        }
        jdbc.sql("update whatsapp_test_message set state = ?, reason = ?, at = ? where organization_id = ? and id = ?")
                .param(state.wireName())
                .param(reason)
                .param(SqlTime.at(at))
                .param(CurrentOrganization.id())
                .param(id)
                .update();
        hints.changed(LiveHints.Kind.WHATSAPP_LINE, known.get().lineId());
    }

    private record Known(UUID lineId, CommandState state) {}

    private static String words(String line, String locale) {
        return switch (locale) {
            case "en" -> "Test message from Recado: the line «%s» works.".formatted(line);
            case "pt-BR" -> "Mensagem de teste do Recado: a linha «%s» funciona.".formatted(line);
            default -> "Mensaje de prueba de Recado: la línea «%s» funciona.".formatted(line);
        };
    }
}
