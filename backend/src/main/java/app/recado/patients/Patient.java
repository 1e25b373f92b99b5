package app.recado.patients;

import app.recado.customfields.CustomValues;
import app.recado.kernel.Ids;
import app.recado.kernel.Phones;
import app.recado.patients.identifiers.Identifier;
import app.recado.patients.identifiers.IdentifierKind;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A person the clinic looks after. */
@Entity
@Table(name = "patient")
class Patient {

    /** Who opted a patient out when the answer came from their phone. */
    static final String BY_PATIENT = "patient";

    /** Who said so when a messages' provider reported it. */
    static final String BY_PROVIDER = "provider";

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

    private @Nullable String givenName;
    private @Nullable String familyName;
    private String sortName;
    private @Nullable String phone;
    private @Nullable String phoneExtension;
    private @Nullable String phoneOwner;
    private @Nullable String phoneOwnerName;

    /** The other numbers, as JSON; see {@link PatientPhone}. Whose each is stands in {@code patient_other_phone} as well. */
    @ColumnTransformer(write = "cast(? as jsonb)")
    private String otherPhones = PatientPhone.stored(List.of());

    private @Nullable LocalDate birthDate;
    private String language;

    @JdbcTypeCode(SqlTypes.ARRAY)
    private String[] otherLanguages;

    private @Nullable String notes;
    private @Nullable Gender gender;
    private @Nullable String email;

    /** Kind and value of each, with a space between. What makes them unique in the clinic is {@code patient_identifier}. */
    @JdbcTypeCode(SqlTypes.ARRAY)
    private String[] identifiers;

    @JdbcTypeCode(SqlTypes.ARRAY)
    private String[] tags;

    /** What is written in fields of the clinic's own, as JSON; see {@link CustomValues}. */
    @ColumnTransformer(write = "cast(? as jsonb)")
    private String customFields;

    private @Nullable Instant archivedAt;
    private @Nullable String archivedBy;
    private @Nullable UUID replacedBy;
    private @Nullable Instant erasedAt;
    private @Nullable Instant restrictedAt;
    private @Nullable String restrictedBy;
    private @Nullable String restrictionReason;
    private @Nullable Instant replacedAt;
    private Messaging messaging;
    private @Nullable Instant optedOutAt;
    private @Nullable String optedOutBy;
    private @Nullable Instant optedInAt;
    private @Nullable String optedInBy;
    private Messaging marketing;
    private @Nullable Instant marketingChangedAt;
    private @Nullable String marketingChangedBy;
    private Instant createdAt;
    private String createdBy;
    private Instant updatedAt;
    private String updatedBy;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
    protected Patient() {}

    Patient(Particulars particulars, Instant now, String by) {
        this.id = Ids.next();
        this.messaging = Messaging.ALLOWED;
        this.marketing = Messaging.ALLOWED;
        this.createdAt = now;
        this.createdBy = by;
        write(particulars, now, by);
    }

    /** What staff write down about a patient, checked and in its stored form; at least one of the names is there. */
    record Particulars(
            @Nullable String givenName,
            @Nullable String familyName,
            PatientPhones phones,
            @Nullable LocalDate birthDate,
            Languages languages,
            @Nullable String notes,
            @Nullable Gender gender,
            @Nullable String email,
            List<Identifier> identifiers,
            List<String> tags,
            CustomValues customFields) {}

    /** Replaces everything that staff wrote down. */
    void correct(Particulars particulars, Instant now, String by) {
        write(particulars, now, by);
    }

    private void write(Particulars particulars, Instant now, String by) {
        this.givenName = particulars.givenName();
        this.familyName = particulars.familyName();
        this.sortName = SearchTokens.sortName(particulars.familyName(), particulars.givenName());
        phones(particulars.phones());
        this.birthDate = particulars.birthDate();
        this.language = particulars.languages().preferred();
        this.otherLanguages = particulars.languages().others().toArray(String[]::new);
        this.notes = particulars.notes();
        this.gender = particulars.gender();
        this.email = particulars.email();
        this.identifiers =
                particulars.identifiers().stream().map(Patient::stored).toArray(String[]::new);
        this.tags = particulars.tags().toArray(String[]::new);
        this.customFields = particulars.customFields().json();
        this.updatedAt = now;
        this.updatedBy = by;
    }

    private void phones(PatientPhones phones) {
        var first = phones.writtenTo();
        this.phone = first == null ? null : first.e164();
        this.phoneExtension = first == null ? null : first.extension();
        this.phoneOwner =
                first == null || first.owner() == null ? null : first.owner().wireName();
        this.phoneOwnerName = first == null ? null : first.ownerName();
        this.otherPhones = PatientPhone.stored(phones.others());
    }

    /** As an identifier stands in the row. */
    static String stored(Identifier identifier) {
        return identifier.kind().wireName() + " " + identifier.value();
    }

    /** The identifiers of a row. */
    static List<Identifier> identifiersOf(String[] stored) {
        return Arrays.stream(stored)
                .map(text -> text.split(" ", 2))
                .map(parts -> new Identifier(IdentifierKind.of(parts[0]).orElseThrow(), parts[1]))
                .toList();
    }

    /**
     * Everything that is written down, completed by what a file says; what the file leaves out stays as it is.
     *
     * @param more the file's identifiers of which the patient has no other of the same kind
     */
    Particulars completedBy(Particulars said, List<Identifier> more) {
        var all = new ArrayList<>(identifiers());
        more.stream()
                .filter(one -> all.stream().noneMatch(other -> other.kind() == one.kind()))
                .forEach(all::add);
        return new Particulars(
                said.givenName() != null ? said.givenName() : givenName,
                said.familyName() != null ? said.familyName() : familyName,
                phones().completedBy(said.phones()),
                said.birthDate() != null ? said.birthDate() : birthDate,
                languages(),
                said.notes() != null ? said.notes() : notes,
                said.gender() != null ? said.gender() : gender,
                said.email() != null ? said.email() : email,
                all,
                Stream.concat(Arrays.stream(tags), said.tags().stream())
                        .distinct()
                        .limit(Tags.MOST)
                        .toList(),
                customFields()
                        .completedBy(said.customFields(), said.customFields().keys()));
    }

    /** Is no longer listed, or is again. Nothing else of it changes: visits and messages go on. */
    void archive(boolean archived, Instant now, String by) {
        if (archived != (archivedAt != null)) {
            archivedAt = archived ? now : null;
            archivedBy = archived ? by : null;
            updatedAt = now;
            updatedBy = by;
        }
    }

    /**
     * Turned out to be another patient: only the names stay, so that whoever still has this card open is told of whom. What
     * was written down belongs to the survivor.
     */
    void becomeReplaced(UUID survivor, Instant now, String by) {
        replacedBy = survivor;
        replacedAt = now;
        archivedAt = archivedAt == null ? now : archivedAt;
        archivedBy = archivedBy == null ? by : archivedBy;
        phones(PatientPhones.NONE);
        birthDate = null;
        otherLanguages = new String[0];
        notes = null;
        gender = null;
        email = null;
        identifiers = new String[0];
        tags = new String[0];
        customFields = CustomValues.NONE.json();
        updatedAt = now;
        updatedBy = by;
    }

    /** Wants no messages, or no marketing, if the other one does not: of two wishes of one person the stricter counts. */
    void takeStricterWishesOf(Patient other) {
        if (other.messaging == Messaging.OPTED_OUT && messaging == Messaging.ALLOWED) {
            messaging = Messaging.OPTED_OUT;
            optedOutAt = other.optedOutAt;
            optedOutBy = other.optedOutBy;
        }
        if (other.marketing == Messaging.OPTED_OUT && marketing == Messaging.ALLOWED) {
            marketing = Messaging.OPTED_OUT;
            marketingChangedAt = other.marketingChangedAt;
            marketingChangedBy = other.marketingChangedBy;
        }
        if (other.restrictedAt != null && restrictedAt == null) {
            restrictedAt = other.restrictedAt;
            restrictedBy = other.restrictedBy;
            restrictionReason = other.restrictionReason;
        }
    }

    /** Nothing is done with what is kept, until that ends. @param reason for staff; null when nobody wrote it down */
    void restrict(@Nullable String reason, Instant now, String by) {
        restrictedAt = restrictedAt == null ? now : restrictedAt;
        restrictedBy = by;
        restrictionReason = reason;
        updatedAt = now;
        updatedBy = by;
    }

    /** @return false when it was not restricted */
    boolean liftRestriction(Instant now, String by) {
        if (restrictedAt == null) {
            return false;
        }
        restrictedAt = null;
        restrictedBy = null;
        restrictionReason = null;
        updatedAt = now;
        updatedBy = by;
        return true;
    }

    /** The place in the register follows the names, which were put back one by one. */
    void sortAnew() {
        sortName = SearchTokens.sortName(familyName, givenName);
    }

    /** Is written to at another number now, which takes the place of the one before. @param by who agreed to it */
    void reachedAt(String e164, Instant now, String by) {
        phones(phones().reachedAt(new Phones.Phone(e164, null)));
        this.updatedAt = now;
        this.updatedBy = by;
    }

    /** Whoever held one of the numbers has another one now. @param by who agreed to it */
    void moved(String from, String to, Instant now, String by) {
        phones(phones().moved(from, to));
        this.updatedAt = now;
        this.updatedBy = by;
    }

    /** No more messages. An earlier wish keeps its instant and its author.
     *
     * @return false when they had opted out already, or wanted messages again after {@code at} */
    boolean optOut(Instant at, String by) {
        if (messaging == Messaging.OPTED_OUT || optedInAt != null && optedInAt.isAfter(at)) {
            return false;
        }
        messaging = Messaging.OPTED_OUT;
        optedOutAt = at;
        optedOutBy = by;
        return true;
    }

    /** Messages again. When and by whom they were opted out stays in the row.
     *
     * @return false when they were allowed, or were stopped after {@code at} */
    boolean optIn(Instant at, String by) {
        if (messaging == Messaging.ALLOWED || optedOutAt != null && optedOutAt.isAfter(at)) {
            return false;
        }
        messaging = Messaging.ALLOWED;
        optedInAt = at;
        optedInBy = by;
        return true;
    }

    /** Marketing or none; messages about visits are another matter.
     *
     * @return false when it was so already, or was changed after {@code at} */
    boolean wantsMarketing(Messaging wish, Instant at, String by) {
        if (marketing == wish || marketingChangedAt != null && marketingChangedAt.isAfter(at)) {
            return false;
        }
        marketing = wish;
        marketingChangedAt = at;
        marketingChangedBy = by;
        return true;
    }

    UUID id() {
        return id;
    }

    long version() {
        return Objects.requireNonNullElse(version, 0L);
    }

    @Nullable String givenName() {
        return givenName;
    }

    @Nullable String familyName() {
        return familyName;
    }

    /** All words of the name, the family's first: what the register is sorted by. */
    String sortName() {
        return sortName;
    }

    /** The one that is written to. */
    @Nullable String phone() {
        return phone;
    }

    /** All of them. */
    PatientPhones phones() {
        return PatientPhones.of(phone, phoneExtension, phoneOwner, phoneOwnerName, otherPhones);
    }

    @Nullable String phoneExtension() {
        return phoneExtension;
    }

    @Nullable LocalDate birthDate() {
        return birthDate;
    }

    String language() {
        return language;
    }

    Languages languages() {
        return new Languages(language, List.of(otherLanguages));
    }

    @Nullable String notes() {
        return notes;
    }

    @Nullable Gender gender() {
        return gender;
    }

    @Nullable String email() {
        return email;
    }

    List<Identifier> identifiers() {
        return identifiersOf(identifiers);
    }

    List<String> tags() {
        return List.of(tags);
    }

    CustomValues customFields() {
        return CustomValues.of(customFields);
    }

    /** Since when they are not listed; null for nearly everybody. */
    @Nullable Instant archivedAt() {
        return archivedAt;
    }

    /** Who they turned out to be; null for everybody but the remains of a merge. */
    @Nullable UUID replacedBy() {
        return replacedBy;
    }

    /** Whether the person was taken out of this card. */
    boolean isErased() {
        return erasedAt != null;
    }

    /** Since when nothing is done with what is kept of them (GDPR art. 18, LGPD art. 18); null for nearly everybody. */
    @Nullable Instant restrictedAt() {
        return restrictedAt;
    }

    @Nullable String restrictionReason() {
        return restrictionReason;
    }

    Messaging messaging() {
        return messaging;
    }

    Messaging marketing() {
        return marketing;
    }

    /** Since when they want no messages; null while they are allowed. */
    @Nullable Instant optedOutAt() {
        return messaging == Messaging.OPTED_OUT ? optedOutAt : null;
    }

    Instant createdAt() {
        return createdAt;
    }
}
