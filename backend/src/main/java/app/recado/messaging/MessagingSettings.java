package app.recado.messaging;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.Instant;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the outbox is worked.
 *
 * @param worker off when this process only serves requests, or when tests turn the worker by hand
 * @param poll how often to look without being woken; also how late a message may be noticed that falls due
 * @param lanes how many organizations are served at once by this process
 * @param laneLease for how long a process may work one organization's outbox before it must ask again; so long waits the
 *     outbox of a process that died. A turn lasts at most half of it, so that it ends well within
 * @param restoredAt set by an operator after a restore from backup, to the instant at which the restore ended: whatever
 *     may have been sent since the backup is held as {@code unknown} before anything else is sent. Leaving it set is
 *     harmless: it concerns only what was due by then
 */
@Validated
@ConfigurationProperties("recado.messaging")
record MessagingSettings(
        @DefaultValue("true") boolean worker,
        @NotNull @DefaultValue("3s") Duration poll,
        @Min(1) @Max(64) @DefaultValue("4") int lanes,

        @NotNull @DurationMin(seconds = 2) @DefaultValue("20s")
        Duration laneLease,

        @Nullable Instant restoredAt) {}
