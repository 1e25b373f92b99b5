package app.recado.scheduling;

import app.recado.kernel.Ids;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** Somebody who sees patients. */
@Entity
@Table(name = "practitioner")
class Practitioner {

    @TenantId
    @PartitionKey
    private @Nullable UUID organizationId;

    @Id
    private UUID id;

    @Version
    private @Nullable Long version;

    private String displayName;
    private @Nullable String specialty;
    private @Nullable Integer colour;
    private boolean active;
    private @Nullable String memberId;
    private Instant createdAt;
    private String createdBy;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
    protected Practitioner() {}

    /** @param colour place in the console's palette of the agenda */
    Practitioner(String displayName, @Nullable String specialty, int colour, Instant now, String by) {
        this.id = Ids.next();
        this.displayName = displayName;
        this.specialty = specialty;
        this.colour = colour;
        this.active = true;
        this.createdAt = now;
        this.createdBy = by;
    }

    /** @param colour place in the console's palette of the agenda */
    void change(String displayName, @Nullable String specialty, int colour, boolean active) {
        this.displayName = displayName;
        this.specialty = specialty;
        this.colour = colour;
        this.active = active;
    }

    /** @param memberId the account they sign in with; null for none */
    void signsInAs(@Nullable String memberId) {
        this.memberId = memberId;
    }

    UUID id() {
        return id;
    }

    /** The account they sign in with; null while nobody said. */
    @Nullable String memberId() {
        return memberId;
    }

    String displayName() {
        return displayName;
    }

    @Nullable String specialty() {
        return specialty;
    }

    @Nullable Integer colour() {
        return colour;
    }

    boolean active() {
        return active;
    }

    Instant createdAt() {
        return createdAt;
    }

    String createdBy() {
        return createdBy;
    }

    long version() {
        return Objects.requireNonNullElse(version, 0L);
    }
}
