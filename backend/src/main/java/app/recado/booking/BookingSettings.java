package app.recado.booking;

import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much the booking pages of this installation take.
 *
 * @param holdsPerAddress times that one network address may hold within ten minutes, in this process
 * @param codesPerAddress codes that one network address may ask for within an hour, in this process
 * @param codesPerPhone codes that one clinic sends to one phone within a day
 * @param codesPerClinic codes that one clinic sends within an hour
 * @param holdsPerClinic times that are held in one clinic at once
 * @param visitsPerPhone visits booked online that may lie ahead of the patients of one phone
 * @param preregistrationsPerAddress how often one network address may open or answer pre-registrations within an hour, in
 *     this process
 * @param consoleUrl where browsers find the console and the booking page, without a path; empty while links cannot be sent
 */
@Validated
@ConfigurationProperties("recado.booking")
record BookingSettings(
        @Positive @DefaultValue("30") int holdsPerAddress,
        @Positive @DefaultValue("20") int codesPerAddress,
        @Positive @DefaultValue("6") int codesPerPhone,
        @Positive @DefaultValue("120") int codesPerClinic,
        @Positive @DefaultValue("100") int holdsPerClinic,
        @Positive @DefaultValue("5") int visitsPerPhone,
        @Positive @DefaultValue("60") int preregistrationsPerAddress,
        @DefaultValue("") String consoleUrl) {

    /** Without a slash at its end; null when it is not set. */
    @Nullable String address() {
        return consoleUrl.isBlank() ? null : consoleUrl.replaceFirst("/+$", "");
    }
}
