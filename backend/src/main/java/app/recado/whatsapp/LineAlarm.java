package app.recado.whatsapp;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.OrganizationOwners;
import app.recado.kernel.OrganizationProfiles;
import app.recado.kernel.ProblemException;
import app.recado.kernel.mail.Mailer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells the owners of a clinic by e-mail that a line is down, once for each time it goes down: somebody who sits at
 * reception may see it in the console, but on a Sunday nobody does. A crash between claiming and telling is followed by
 * another try, so an owner may hear it twice and never not at all.
 */
@Component
class LineAlarm {

    private static final Logger LOG = LoggerFactory.getLogger(LineAlarm.class);

    /** Short losses heal by themselves and concern nobody. Looked at every ten seconds, told within the minute. */
    private static final Duration GRACE = Duration.ofSeconds(45);

    private static final Duration NEXT_TRY = Duration.ofMinutes(2);

    private final LinesAcrossClinics all;
    private final Lines lines;
    private final OrganizationOwners owners;
    private final OrganizationProfiles organizations;
    private final Mailer mailer;
    private final TransactionTemplate transaction;
    private final MeterRegistry metrics;
    private final Clock clock;

    LineAlarm(
            LinesAcrossClinics all,
            Lines lines,
            OrganizationOwners owners,
            OrganizationProfiles organizations,
            Mailer mailer,
            TransactionTemplate transaction,
            MeterRegistry metrics,
            Clock clock) {
        this.all = all;
        this.lines = lines;
        this.owners = owners;
        this.organizations = organizations;
        this.mailer = mailer;
        this.transaction = transaction;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "PT10S", initialDelayString = "PT15S")
    void look() {
        if (!mailer.configured()) {
            return;
        }
        var now = clock.instant();
        for (var line : all.untold(now.minus(GRACE), now)) {
            CurrentOrganization.run(line.organizationId(), () -> tell(line.lineId()));
        }
    }

    private void tell(UUID lineId) {
        if (!lines.claimTelling(lineId, clock.instant().plus(NEXT_TRY))) {
            return;
        }
        try {
            var line = lines.get(lineId);
            var clinic = Objects.requireNonNull(transaction.execute(status -> organizations.current()));
            var notice = LineNotice.of(line, clinic, owners.consoleAddress());
            var people = owners.owners();
            boolean everybody = true;
            for (var owner : people) {
                everybody &= mailer.send(owner.email(), notice.subject(), notice.text());
            }
            if (everybody) {
                lines.ownersTold(lineId);
                metrics.counter("recado.line.alarms", "outcome", "told").increment();
                LOG.info("Line {} is down ({}): {} owners were told", lineId, line.cause(), people.size());
                return;
            }
        } catch (ProblemException e) {
            LOG.warn("Line {} is down and its owners are not known: {}", lineId, e.getMessage());
        }
        metrics.counter("recado.line.alarms", "outcome", "failed").increment();
    }
}
