package app.recado.templates;

import java.net.URI;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a text may speak of. Nothing clinical is among it: what stands here may be read by whoever holds the phone.
 *
 * @param visit null for a message that is about no visit, as those of a campaign
 */
public record TemplateFields(
        String patientGivenName,
        String patientDisplayName,
        String organizationName,
        @Nullable Visit visit) {

    /**
     * The visit a message is about.
     *
     * @param start in the visit's own zone: date and time are written as its clocks show them
     * @param place where it takes place; null when nobody said
     * @param insuranceName who pays; null for the patient
     * @param link the patient's own page of the visit, where it is moved and cancelled; null where there is none
     * @param others when the other visits are of which the message tells, too, the earliest first; none for a message of one
     * @param household visits of others who are reached at the same number and of which the message tells, too, the earliest
     *     first; none for a message to one
     */
    public record Visit(
            ZonedDateTime start,
            String practitionerName,
            String serviceName,
            @Nullable Place place,
            @Nullable String insuranceName,
            @Nullable URI link,
            List<ZonedDateTime> others,
            List<Companion> household) {

        public Visit {
            others = List.copyOf(others);
            household = List.copyOf(household);
        }

        /** Of a message to one person. */
        public Visit(
                ZonedDateTime start,
                String practitionerName,
                String serviceName,
                @Nullable Place place,
                @Nullable String insuranceName,
                @Nullable URI link,
                List<ZonedDateTime> others) {
            this(start, practitionerName, serviceName, place, insuranceName, link, others, List.of());
        }

        /** Of a message that tells of no other visit. */
        public Visit(
                ZonedDateTime start,
                String practitionerName,
                String serviceName,
                @Nullable Place place,
                @Nullable String insuranceName,
                @Nullable URI link) {
            this(start, practitionerName, serviceName, place, insuranceName, link, List.of());
        }
    }

    /**
     * Somebody of the same household and their visit.
     *
     * @param patientName who comes
     * @param start in the visit's own zone
     * @param practitionerName whom they see
     */
    public record Companion(String patientName, ZonedDateTime start, String practitionerName) {

        /** Names belong to a patient: never printed. */
        @Override
        public String toString() {
            return "Companion";
        }
    }

    /**
     * A location.
     *
     * @param address as it is written; null when nobody wrote it down
     * @param latitude degrees, WGS 84; null with {@code longitude} when it is not on the map
     * @param phone E.164; null for none
     */
    public record Place(
            String name,
            @Nullable String address,
            @Nullable Double latitude,
            @Nullable Double longitude,
            @Nullable String phone) {}

    /** Names belong to a patient: never printed. */
    @Override
    public String toString() {
        return "TemplateFields";
    }
}
