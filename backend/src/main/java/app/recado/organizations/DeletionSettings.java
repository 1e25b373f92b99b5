package app.recado.organizations;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How clinics are deleted.
 *
 * @param grace how long it can be taken back, as {@code 30d} or {@code 2m}; at least eight days, because the database
 *     lets nobody delete anything within seven days of the request
 * @param batch how many records go in one transaction
 */
@Validated
@ConfigurationProperties("recado.deletion")
record DeletionSettings(
        @NotNull @DefaultValue("30d") Period grace,
        @Min(1) @DefaultValue("500") int batch) {

    private static final Period LEAST = Period.ofDays(8);

    DeletionSettings {
        if (after(Instant.EPOCH, grace).isBefore(after(Instant.EPOCH, LEAST))) {
            throw new IllegalArgumentException("recado.deletion.grace is eight days at least");
        }
    }

    /** When a clinic is deleted whose deletion is asked for at that moment. */
    Instant dueAfter(Instant request) {
        return after(request, grace);
    }

    private static Instant after(Instant from, Period period) {
        return from.atOffset(ZoneOffset.UTC).plus(period).toInstant();
    }
}
