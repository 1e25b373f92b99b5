package app.recado.kernel.jobs;

import app.recado.kernel.CurrentOrganization;
import java.util.UUID;

/**
 * Which job of a kind it is: the record it is about, and for work that comes up again for the same record, which time.
 *
 * @param organizationId whose record it is
 * @param id the record
 * @param number tells repeated jobs for one record apart; 0 where there is one at a time
 */
public record JobId(UUID organizationId, UUID id, long number) {

    /** The job about a record of the current organization. */
    public static JobId of(UUID id) {
        return new JobId(CurrentOrganization.id(), id, 0);
    }

    /** One of several jobs about a record of the current organization.
     *
     * @param number positive */
    public static JobId of(UUID id, long number) {
        return new JobId(CurrentOrganization.id(), id, number);
    }

    /** As it stands in the rows of the scheduler and of dead jobs. */
    String stored() {
        return organizationId + "/" + id + (number == 0 ? "" : "/" + number);
    }

    static JobId parse(String stored) {
        var parts = stored.split("/", 3);
        return new JobId(
                UUID.fromString(parts[0]), UUID.fromString(parts[1]), parts.length == 3 ? Long.parseLong(parts[2]) : 0);
    }
}
