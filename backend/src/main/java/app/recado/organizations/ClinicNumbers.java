package app.recado.organizations;

import java.util.Map;

/** Numbers of the current organization that the platform is shown: how many, never who or what. A bean of each module that has some. */
public interface ClinicNumbers {

    /** What is counted. */
    enum Number {
        LINES_LINKED,
        /** Lines that should run and do not. */
        LINES_DOWN,
        /** Messages that left in this month of the clinic's calendar. */
        MESSAGES_THIS_MONTH
    }

    /** As of now. Needs an open transaction. */
    Map<Number, Long> count();
}
