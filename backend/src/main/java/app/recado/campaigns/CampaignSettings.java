package app.recado.campaigns;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much campaigns may send.
 *
 * @param perLineAndDay messages of all campaigns that one line sends in a day of its clinic
 * @param atOnce messages of campaigns that a line may have on their way: a reminder waits for no more than these
 * @param confirmAbove with more recipients than that, whoever starts a campaign says how many there are
 */
@Validated
@ConfigurationProperties("recado.campaigns")
record CampaignSettings(
        @Positive @DefaultValue("500") int perLineAndDay,
        @Min(1) @Max(100) @DefaultValue("5") int atOnce,
        @Min(0) @DefaultValue("50") int confirmAbove) {}
