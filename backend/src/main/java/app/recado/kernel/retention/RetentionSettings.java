package app.recado.kernel.retention;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long records are kept. Periods are written {@code 24m} (months), {@code 30d} (days) or {@code 2y}.
 *
 * @param messages messages of either direction with their steps, and tests of lines
 * @param media pictures, documents and voice notes of either direction, whose messages stay
 * @param technical ids of events taken, receipts and finished jobs
 * @param reads who looked at which patient; at least six months, which the database insists on
 * @param audit who did and read what; at least six months, which the database insists on
 * @param batch how many records go in one transaction
 */
@Validated
@ConfigurationProperties("recado.retention")
record RetentionSettings(
        @NotNull @DefaultValue("24m") Period messages,
        @NotNull @DefaultValue("12m") Period media,
        @NotNull @DefaultValue("30d") Period technical,
        @NotNull @DefaultValue("24m") Period reads,
        @NotNull @DefaultValue("60m") Period audit,
        @Min(1) @DefaultValue("500") int batch) {

    /** A slip of a pen must not delete this year's records. */
    private static final Period LEAST = Period.ofDays(7);

    private static final Period LEAST_OF_READS = Period.ofMonths(6);

    RetentionSettings {
        for (var period : new Period[] {messages, media, technical}) {
            if (isShorter(period, LEAST)) {
                throw new IllegalArgumentException("recado.retention.* keeps records for seven days at least");
            }
        }
        if (isShorter(reads, LEAST_OF_READS)) {
            throw new IllegalArgumentException("recado.retention.reads keeps records for six months at least");
        }
        if (isShorter(audit, LEAST_OF_READS)) {
            throw new IllegalArgumentException("recado.retention.audit keeps records for six months at least");
        }
    }

    private static boolean isShorter(Period period, Period least) {
        var epoch = Instant.EPOCH.atOffset(ZoneOffset.UTC);
        return epoch.plus(period).isBefore(epoch.plus(least));
    }

    Instant limit(Retained.Term term, Instant now) {
        var period = switch (term) {
            case MESSAGES -> messages;
            case MEDIA -> media;
            case TECHNICAL -> technical;
            case READS -> reads;
            case AUDIT -> audit;
        };
        return now.atOffset(ZoneOffset.UTC).minus(period).toInstant();
    }
}
