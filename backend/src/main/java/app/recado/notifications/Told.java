package app.recado.notifications;

import app.recado.scheduling.AppointmentFacts;

/** What messages tell of a visit. How long it takes, for one, is in none of them: when that changes, nothing has. */
final class Told {

    private Told() {}

    /** Equal for two states of a visit when a patient who was told of one need not be told of the other. */
    static String of(AppointmentFacts visit) {
        return visit.start() + " " + visit.practitionerName();
    }
}
