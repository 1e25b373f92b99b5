package app.recado.scheduling;

import app.recado.kernel.Ids;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;
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

    /** Beside the first. */
    @JdbcTypeCode(SqlTypes.ARRAY)
    private String[] otherSpecialties = new String[0];

    private @Nullable Integer colour;
    private boolean active;
    private @Nullable String memberId;
    private Instant createdAt;
    private String createdBy;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
    protected Practitioner() {}

    /** @param colour place in the console's palette of the agenda */
    Practitioner(String displayName, List<String> specialties, int colour, Instant now, String by) {
        this.id = Ids.next();
        this.displayName = displayName;
        specialties(specialties);
        this.colour = colour;
        this.active = true;
        this.createdAt = now;
        this.createdBy = by;
    }

    /** @param colour place in the console's palette of the agenda */
    void change(String displayName, List<String> specialties, int colour, boolean active) {
        this.displayName = displayName;
        specialties(specialties);
        this.colour = colour;
        this.active = active;
    }

    private void specialties(List<String> specialties) {
        this.specialty = specialties.isEmpty() ? null : specialties.getFirst();
        this.otherSpecialties = specialties.stream().skip(1).toArray(String[]::new);
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

    /** The first. */
    @Nullable String specialty() {
        return specialty;
    }

    List<String> specialties() {
        return Specialties.of(specialty, otherSpecialties);
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
