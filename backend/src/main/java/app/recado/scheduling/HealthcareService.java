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
    private int capacity;
    private @Nullable Integer colour;
    private @Nullable Long priceMinor;
    private @Nullable String priceCurrency;
    private @Nullable String telehealthLink;
    private boolean active;
    private Instant createdAt;
    private String createdBy;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
    protected HealthcareService() {}

    HealthcareService(String name, Timing timing, Look look, Instant now, String by) {
        this.id = Ids.next();
        this.name = name;
        this.capacity = 1;
        take(timing);
        take(look);
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
     * @param capacity how many patients share such a time; null for as many as before, one for a new service
     */
    record Timing(
            int minutes, int before, int after, @Nullable Integer capacity) {}

    /**
     * What else people see of a service.
     *
     * @param colour place in the console's palette; null for none
     * @param price null when it is not said
     * @param telehealthLink where to join it from afar, https; null when it is not offered so
     */
    record Look(
            @Nullable Integer colour,
            @Nullable Price price,
            @Nullable String telehealthLink) {}

    /**
     * An amount of money.
     *
     * @param minor in the currency's smallest unit, for example cents
     * @param currency ISO 4217
     */
    record Price(long minor, String currency) {}

    void change(String name, Timing timing, Look look, boolean active) {
        this.name = name;
        take(timing);
        take(look);
        this.active = active;
    }

    private void take(Timing timing) {
        durationMinutes = timing.minutes();
        bufferBeforeMinutes = timing.before();
        bufferAfterMinutes = timing.after();
        if (timing.capacity() != null) {
            capacity = timing.capacity();
        }
    }

    private void take(Look look) {
        colour = look.colour();
        var price = look.price();
        priceMinor = price == null ? null : price.minor();
        priceCurrency = price == null ? null : price.currency();
        telehealthLink = look.telehealthLink();
    }

    @Nullable Integer colour() {
        return colour;
    }

    @Nullable Price price() {
        return priceMinor == null || priceCurrency == null ? null : new Price(priceMinor, priceCurrency);
    }

    @Nullable String telehealthLink() {
        return telehealthLink;
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

    int capacity() {
        return capacity;
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
