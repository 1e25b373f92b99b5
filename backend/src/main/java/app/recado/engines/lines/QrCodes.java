package app.recado.engines.lines;

import app.recado.engines.credentials.EngineSecrets;
import app.recado.engines.credentials.LineCredentials;
import app.recado.engines.provider.ProviderEvent;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.JobResult;
import app.recado.kernel.jobs.Jobs;
import app.recado.kernel.jobs.Retries;
import app.recado.kernel.security.SecretVault;
import app.recado.whatsapp.LineState;
import app.recado.whatsapp.LineStateChanged;
import app.recado.whatsapp.PairingOffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Codes with which a phone is linked at a provider, the newest of each line. One process hears of a code and any of them
 * may be asked for it, so it stands in a row: sealed, because whoever scans it owns the line, and only for as long as it
 * can be scanned. See ADR 25.
 */
@Component
public class QrCodes {

    /** How long a code is worth scanning after we heard of it. */
    static final Duration VALID = Duration.ofSeconds(45);

    /** The name of the jobs that delete codes, one for each line that offers one. */
    static final String JOB = "pairing-code-end";

    static final Retries RETRIES = new Retries(20, Duration.ofSeconds(5), Duration.ofMinutes(1));

    private static final Logger LOG = LoggerFactory.getLogger(QrCodes.class);

    private final JdbcClient jdbc;
    private final SecretVault vault;
    private final Jobs jobs;
    private final TransactionTemplate transaction;
    private final Clock clock;

    QrCodes(JdbcClient jdbc, SecretVault vault, Jobs jobs, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.jobs = jobs;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Offers a code in place of the one before. */
    public void show(UUID lineId, ProviderEvent.Qr code) {
        var organization = CurrentOrganization.id();
        var until = clock.instant().plus(VALID);
        transaction.executeWithoutResult(status -> {
            jdbc.sql("""
                    insert into line_pairing_code (organization_id, line_id, sealed, expires_at) values (?, ?, ?, ?)
                    on conflict (organization_id, line_id) do update
                       set sealed = excluded.sealed, expires_at = excluded.expires_at
                    """)
                    .params(
                            organization,
                            lineId,
                            vault.seal(EngineSecrets.OF_A_LINE, organization, lineId, LineCredentials.Codec.text(code)),
                            SqlTime.at(until))
                    .update();
            jobs.reschedule(JOB, JobId.of(lineId), until);
        });
    }

    /** A line that was linked, stopped or lost offers nothing any more. */
    @EventListener
    public void changed(LineStateChanged event) {
        if (event.state() != LineState.PAIRING && event.state() != LineState.STARTING) {
            forget(event.lineId());
        }
    }

    private void forget(UUID lineId) {
        transaction.executeWithoutResult(
                status -> jdbc.sql("delete from line_pairing_code where organization_id = ? and line_id = ?")
                        .params(CurrentOrganization.id(), lineId)
                        .update());
    }

    private record Offered(String sealed, Instant until) {}

    /** What is on offer. */
    PairingOffer offer(UUID lineId) {
        return offered(lineId)
                .filter(offered -> clock.instant().isBefore(offered.until()))
                .map(offered -> opened(lineId, offered))
                .orElse(PairingOffer.NONE);
    }

    private Optional<Offered> offered(UUID lineId) {
        return Objects.requireNonNull(transaction.execute(status -> jdbc.sql(
                        "select sealed, expires_at from line_pairing_code where organization_id = ? and line_id = ?")
                .params(CurrentOrganization.id(), lineId)
                .query((row, n) -> new Offered(row.getString("sealed"), SqlTime.instant(row, "expires_at")))
                .optional()));
    }

    private PairingOffer opened(UUID lineId, Offered offered) {
        try {
            var json = LineCredentials.Codec.tree(
                    vault.open(EngineSecrets.OF_A_LINE, CurrentOrganization.id(), lineId, offered.sealed())
                            .getBytes(StandardCharsets.UTF_8));
            var value = ProviderEvent.Json.text(json, "value");
            var typed = ProviderEvent.Json.text(json, "pairingCode");
            return new PairingOffer(
                    value == null ? null : new PairingOffer.Code(value, offered.until()),
                    typed == null ? null : new PairingOffer.Code(typed, offered.until()));
        } catch (SecretVault.Unreadable e) {
            LOG.error("The code of line {} cannot be opened: {}", lineId, e.getMessage());
            return PairingOffer.NONE;
        }
    }

    /** Deletes the line's code when its time is over. */
    JobResult turn(JobId job) {
        var now = clock.instant();
        deleteExpired(job.id(), now);
        return offered(job.id())
                .map(later -> JobResult.again(Duration.between(now, later.until())))
                .orElseGet(JobResult::done);
    }

    private void deleteExpired(UUID lineId, Instant now) {
        transaction.executeWithoutResult(status -> jdbc.sql("""
                        delete from line_pairing_code where organization_id = ? and line_id = ? and expires_at <= ?
                        """)
                .params(CurrentOrganization.id(), lineId, SqlTime.at(now))
                .update());
    }
}
