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
 * @param turns how many organizations this process claims messages of at the same time
 * @param batch how many conversations of an organization are claimed in one turn; then it is the next one's
 * @param calls how many calls to the gateway this process has under way at most; a line has a quarter of them
 * @param providerCalls the same for Cloud API, Twilio and Evolution together, each call holding what it sends in memory
 * @param lease how long a claimed message is its process's own; whoever finds it later knows that the process died. Longer
 *     than two calls to a provider may take, or what left is called unknown
 * @param attempts how often a message is tried whose engine answers with errors before it is given up
 * @param restoredAt set by an operator after a restore from backup, to the instant at which the restore ended: whatever
 *     may have been sent since the backup is held as {@code unknown} before anything else is sent. Leaving it set is
 *     harmless: it concerns only what was due by then
 */
@Validated
@ConfigurationProperties("recado.messaging")
record MessagingSettings(
        @DefaultValue("true") boolean worker,
        @NotNull @DefaultValue("3s") Duration poll,
        @Min(1) @Max(64) @DefaultValue("4") int turns,
        @Min(1) @Max(200) @DefaultValue("100") int batch,
        @Min(4) @Max(2000) @DefaultValue("256") int calls,
        @Min(4) @Max(256) @DefaultValue("32") int providerCalls,

        @NotNull @DurationMin(seconds = 2) @DefaultValue("90s")
        Duration lease,

        @Min(1) @Max(100) @DefaultValue("10") int attempts,
        @Nullable Instant restoredAt) {}
