package app.recado.organizations;

import app.recado.kernel.Auditable;
import java.util.UUID;

/**
 * An owner signed a member out everywhere.
 *
 * @param id the account
 */
record MemberSignedOut(UUID id) implements Auditable {

    @Override
    public UUID recordId() {
        return id;
    }
}
