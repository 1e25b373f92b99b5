package app.recado.messaging;

import app.recado.kernel.jobs.DeadJobs;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.whatsapp.EngineSurvey;
import app.recado.whatsapp.LinesAcrossClinics;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The numbers an operator asks for first; the same as the metrics, for people without a dashboard. */
@RestController
@Tag(name = "Platform")
class PlatformHealthController {

    private static final Duration WINDOW = Duration.ofHours(24);

    private final OutboxAcrossClinics outbox;
    private final LinesAcrossClinics lines;
    private final EngineSurvey engines;
    private final DeadJobs jobs;
    private final Clock clock;

    PlatformHealthController(
            OutboxAcrossClinics outbox, LinesAcrossClinics lines, EngineSurvey engines, DeadJobs jobs, Clock clock) {
        this.outbox = outbox;
        this.lines = lines;
        this.engines = engines;
        this.jobs = jobs;
        this.clock = clock;
    }

    /**
     * Messages that are due and have not left.
     *
     * @param oldestDueAt when the message that waits longest fell due; null when none waits
     */
    record OutboxHealth(long depth, @Nullable Instant oldestDueAt) {}

    /** How many messages came into a state. */
    record MessageCount(MessageState state, long count) {}

    /**
     * How the platform is.
     *
     * @param at when this was found out
     * @param startedAt when the answering replica was started
     * @param gatewayReachable whether the gateway answers
     * @param gateway what waits at the gateway; null while it does not answer
     * @param pairings phones that were linked in the last 24 hours
     * @param lines every state and how many lines are in it
     * @param reconnects why lines were lost in the last 24 hours, the most frequent cause first
     * @param messages states that messages came into in the last 24 hours
     * @param inbound messages written to clinics in the last 24 hours
     * @param jobs what is done later or again beside messages
     * @param setAsideEvents events of the gateway and of providers that could not be stored
     */
    record PlatformHealth(
            Instant at,
            Instant startedAt,
            boolean gatewayReachable,
            EngineSurvey.@Nullable GatewayFigures gateway,
            LinesAcrossClinics.Pairings pairings,
            OutboxHealth outbox,
            List<LinesAcrossClinics.StateCount> lines,
            List<LinesAcrossClinics.LossCount> reconnects,
            List<MessageCount> messages,
            long inbound,
            DeadJobs.JobFigures jobs,
            long setAsideEvents) {}

    @Operation(
            operationId = "getPlatformHealth",
            summary = "Lines, messages and the outbox in numbers",
            description = "Over all clinics. Numbers only: no names, no patient data.")
    @Access(Allow.PLATFORM_ADMIN)
    @GetMapping("/api/v1/platform/health")
    PlatformHealth health() {
        var now = clock.instant();
        var since = now.minus(WINDOW);
        var backlog = outbox.backlog();
        var gateway = engines.gateway();
        return new PlatformHealth(
                now,
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()),
                gateway.isPresent(),
                gateway.orElse(null),
                lines.pairingsSince(since),
                new OutboxHealth(backlog.depth(), backlog.oldestDue().orElse(null)),
                lines.byState(),
                lines.lossesSince(since),
                outbox.stepsSince(since).entrySet().stream()
                        .map(entry -> new MessageCount(entry.getKey(), entry.getValue()))
                        .toList(),
                engines.inboundSince(since),
                jobs.figures(),
                engines.setAsideEvents());
    }
}
