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

/** What patients come for, and how long it usually takes. */
@Entity
@Table(name = "healthcare_service")
class HealthcareService {

    @TenantId
    @PartitionKey
    private @Nullable UUID organizationId;

    @Id
    private UUID id;

    @Version
    private @Nullable Long version;

    private String name;
    private int durationMinutes;
    private boolean active;
    private Instant createdAt;
    private String createdBy;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
    protected HealthcareService() {}

    HealthcareService(String name, int durationMinutes, Instant now, String by) {
        this.id = Ids.next();
        this.name = name;
        this.durationMinutes = durationMinutes;
        this.active = true;
        this.createdAt = now;
        this.createdBy = by;
    }

    UUID id() {
        return id;
    }

    String name() {
        return name;
    }

    int durationMinutes() {
        return durationMinutes;
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
