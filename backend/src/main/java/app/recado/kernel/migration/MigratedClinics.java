package app.recado.kernel.migration;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Who brings clinics into being; one bean. Their table is {@code organizations}. */
public interface MigratedClinics {

    /** The table of clinics. */
    String TABLE = "organizations";

    /** The table of the people of clinics, one of whom each clinic begins with. */
    String PEOPLE = "users";

    /** Columns that it reads of the clinic's row. */
    Set<String> columns();

    /** Whether a person runs the clinic. */
    boolean isOwner(ExternalRow person);

    /** The clinic, when an earlier run made it; outside any transaction. */
    Optional<UUID> find(ExternalRow row);

    /**
     * Makes the clinic with its first owner, or finds what an earlier run made; outside any transaction.
     *
     * @throws app.recado.kernel.ProblemException why it cannot be made
     */
    UUID onboard(ExternalRow row, ExternalRow owner);

    /** Checks the same, and writes down inside an open transaction of the clinic what belongs to one that is new. */
    void rehearse(UUID id, ExternalRow row, ExternalRow owner);
}
