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
    private int bufferBeforeMinutes;
    private int bufferAfterMinutes;
    private boolean active;
    private Instant createdAt;
    private String createdBy;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
    protected HealthcareService() {}

    HealthcareService(String name, Timing timing, Instant now, String by) {
        this.id = Ids.next();
        this.name = name;
        take(timing);
        this.active = true;
        this.createdAt = now;
        this.createdBy = by;
    }

    /**
     * How long a visit takes.
     *
     * @param minutes of the visit itself
     * @param before minutes that are kept free of other visits before it
     * @param after minutes that are kept free of other visits after it
     */
    record Timing(int minutes, int before, int after) {}

    void change(String name, Timing timing, boolean active) {
        this.name = name;
        take(timing);
        this.active = active;
    }

    private void take(Timing timing) {
        durationMinutes = timing.minutes();
        bufferBeforeMinutes = timing.before();
        bufferAfterMinutes = timing.after();
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

    int bufferBeforeMinutes() {
        return bufferBeforeMinutes;
    }

    int bufferAfterMinutes() {
        return bufferAfterMinutes;
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
