package app.recado.patients;

import java.time.LocalDate;

/** Counts working days of the clinic: not Saturdays, Sundays or public holidays, whether or not the clinic works on them. */
public interface WorkingDays {

    /** The last of so many working days that begin the day after; needs an open transaction.
     *
     * @param count positive */
    LocalDate after(LocalDate day, int count);
}
