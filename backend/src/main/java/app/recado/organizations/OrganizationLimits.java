package app.recado.organizations;

import java.time.Instant;
import java.time.LocalDate;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Answers what the current organization's plan includes. Needs an open transaction, unless it says otherwise. */
public interface OrganizationLimits {

    /**
     * The clinic's day, and how many messages it may hand over on it.
     *
     * @param day by the clinic's calendar
     * @param ends when the next one begins
     * @param most null for any number
     */
    record MessageDay(LocalDate day, Instant ends, @Nullable Long most) {}

    /** Empty where there is no limit. */
    OptionalLong most(Limit limit);

    /**
     * Refuses what would go beyond a limit.
     *
     * @param used with what is to be added
     * @throws app.recado.kernel.ProblemException {@code limit-reached}, with the limit's name and number
     */
    void admit(Limit limit, long used);

    /** Refuses another upload once the clinic's files fill what its plan includes. Called before bytes are taken, so without a
     * transaction of the caller's.
     *
     * @throws app.recado.kernel.ProblemException {@code limit-reached} */
    void admitUpload();

    MessageDay messageDay();
}
