package app.recado.scheduling;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where an appointment stands (FHIR R4 names). Whether the patient will come is {@link Participation}, not a status. */
public enum AppointmentStatus {
    @JsonProperty("proposed")
    PROPOSED,
    @JsonProperty("pending")
    PENDING,
    @JsonProperty("booked")
    BOOKED,
    @JsonProperty("arrived")
    ARRIVED,
    @JsonProperty("checked-in")
    CHECKED_IN,
    @JsonProperty("fulfilled")
    FULFILLED,
    @JsonProperty("cancelled")
    CANCELLED,
    @JsonProperty("noshow")
    NOSHOW,
    @JsonProperty("waitlist")
    WAITLIST,
    @JsonProperty("entered-in-error")
    ENTERED_IN_ERROR;

    private static final Map<AppointmentStatus, Set<AppointmentStatus>> NEXT = new EnumMap<>(Map.of(
            PROPOSED, EnumSet.of(PENDING, BOOKED, WAITLIST, CANCELLED),
            WAITLIST, EnumSet.of(PENDING, CANCELLED),
            PENDING, EnumSet.of(BOOKED, WAITLIST, CANCELLED),
            BOOKED, EnumSet.of(ARRIVED, CHECKED_IN, NOSHOW, CANCELLED),
            ARRIVED, EnumSet.of(CHECKED_IN, FULFILLED, CANCELLED),
            CHECKED_IN, EnumSet.of(FULFILLED, CANCELLED),
            NOSHOW, EnumSet.of(ARRIVED)));

    /** Statuses that hold the practitioner's time; the same list stands in the table's exclusion constraint. */
    private static final Set<AppointmentStatus> BLOCKING = EnumSet.of(PENDING, BOOKED, ARRIVED, CHECKED_IN, FULFILLED);

    /** True when the life of an appointment leads there in one step. */
    public boolean canBecome(AppointmentStatus next) {
        if (next == ENTERED_IN_ERROR) {
            return this != ENTERED_IN_ERROR;
        }
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }

    /** True while nobody else may have the practitioner at that time. */
    public boolean blocksTheSlot() {
        return BLOCKING.contains(this);
    }

    /** True while the visit lies ahead: it can be moved, and the patient can still say whether they come. */
    public boolean isAwaited() {
        return this == PENDING || this == BOOKED;
    }

    static AppointmentStatus of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** As it is written in the API, for example {@code checked-in}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Converter(autoApply = true)
    static class Column implements AttributeConverter<AppointmentStatus, String> {
        @Override
        public @Nullable String convertToDatabaseColumn(@Nullable AppointmentStatus status) {
            return status == null ? null : status.wireName();
        }

        @Override
        public @Nullable AppointmentStatus convertToEntityAttribute(@Nullable String wireName) {
            return wireName == null ? null : of(wireName);
        }
    }
}
