package app.recado.scheduling.availability;

import java.time.LocalDate;
import java.util.Set;

/** The public holidays of the current organization's country and region. A year whose holidays are not known has none. */
public interface PublicHolidays {

    /** Those on which the clinic does not work, from a day until before another; needs an open transaction. */
    Set<LocalDate> closedBetween(LocalDate from, LocalDate to);
}
