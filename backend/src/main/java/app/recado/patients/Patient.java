package app.recado.patients;

import app.recado.kernel.Ids;
import app.recado.kernel.SearchText;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** A person the clinic looks after. */
@Entity
@Table(name = "patient")
class Patient {

    /** Who opted a patient out when the answer came from their phone. */
    static final String BY_PATIENT = "patient";

    /** Who opted a patient out when the number they were registered with had opted out before. */
    static final String BY_PHONE = "phone";

    @TenantId
    @PartitionKey
    private @Nullable UUID organizationId;

    @Id
    private UUID id;

    /** Null until stored, which is how the repository knows a new patient from a changed one. */
    @Version
    private @Nullable Long version;

    private String givenName;
    private String familyName;
    private String sortName;
    private @Nullable String phone;
    private @Nullable LocalDate birthDate;
    private String language;
    private @Nullable String notes;
    private Messaging messaging;
    private @Nullable Instant optedOutAt;
    private @Nullable String optedOutBy;
    private @Nullable Instant optedInAt;
    private @Nullable String optedInBy;
    private Instant createdAt;
    private String createdBy;
    private Instant updatedAt;
    private String updatedBy;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
    protected Patient() {}

    Patient(Particulars particulars, Instant now, String by) {
        this.id = Ids.next();
        this.messaging = Messaging.ALLOWED;
        this.createdAt = now;
        this.createdBy = by;
        this.givenName = particulars.givenName();
        this.familyName = particulars.familyName();
        this.sortName = sortName(particulars);
        this.phone = particulars.phone();
        this.birthDate = particulars.birthDate();
        this.language = particulars.language();
        this.notes = particulars.notes();
        this.updatedAt = now;
        this.updatedBy = by;
    }

    /** What staff write down about a patient, checked and in its stored form. */
    record Particulars(
            String givenName,
            String familyName,
            @Nullable String phone,
            @Nullable LocalDate birthDate,
            String language,
            @Nullable String notes) {}

    /** Replaces everything that staff wrote down. */
    void correct(Particulars particulars, Instant now, String by) {
        this.givenName = particulars.givenName();
        this.familyName = particulars.familyName();
        this.sortName = sortName(particulars);
        this.phone = particulars.phone();
        this.birthDate = particulars.birthDate();
        this.language = particulars.language();
        this.notes = particulars.notes();
        this.updatedAt = now;
        this.updatedBy = by;
    }

    /** No more messages. An earlier wish keeps its instant and its author.
     *
     * @return false when they had opted out already */
    boolean optOut(Instant at, String by) {
        if (messaging == Messaging.OPTED_OUT) {
            return false;
        }
        messaging = Messaging.OPTED_OUT;
        optedOutAt = at;
        optedOutBy = by;
        return true;
    }

    /** Messages again. When and by whom they were opted out stays in the row. */
    void optIn(Instant at, String by) {
        if (messaging == Messaging.ALLOWED) {
            return;
        }
        messaging = Messaging.ALLOWED;
        optedInAt = at;
        optedInBy = by;
    }

    /** Families are listed together, people under their family name. */
    private static String sortName(Particulars particulars) {
        return SearchText.normalise(particulars.familyName() + " " + particulars.givenName());
    }

    UUID id() {
        return id;
    }

    long version() {
        return Objects.requireNonNullElse(version, 0L);
    }

    String givenName() {
        return givenName;
    }

    String familyName() {
        return familyName;
    }

    @Nullable String phone() {
        return phone;
    }

    @Nullable LocalDate birthDate() {
        return birthDate;
    }

    String language() {
        return language;
    }

    @Nullable String notes() {
        return notes;
    }

    Messaging messaging() {
        return messaging;
    }

    /** Since when they want no messages; null while they are allowed. */
    @Nullable Instant optedOutAt() {
        return messaging == Messaging.OPTED_OUT ? optedOutAt : null;
    }

    Instant createdAt() {
        return createdAt;
    }
}
