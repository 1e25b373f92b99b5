package app.recado.templates;

import app.recado.templates.TemplateFields.Place;
import app.recado.templates.TemplateFields.Visit;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue: what a text may speak of, and how it is said. An optional field may be empty for a visit, so it stands
 * only in a part of the text that is left out with it.
 */
enum TemplateField {
    PATIENT_GIVEN_NAME(
            "patient.givenName", Type.TEXT, Presence.ALWAYS, (fields, language) -> fields.patientGivenName()),
    PATIENT_DISPLAY_NAME(
            "patient.displayName", Type.TEXT, Presence.ALWAYS, (fields, language) -> fields.patientDisplayName()),
    APPOINTMENT_DATE(
            "appointment.date",
            Type.DATE,
            Presence.OF_VISIT,
            (fields, language) -> ofVisit(fields, visit -> language.date().format(visit.start()))),
    APPOINTMENT_TIME(
            "appointment.time",
            Type.TIME,
            Presence.OF_VISIT,
            (fields, language) -> ofVisit(fields, visit -> language.time().format(visit.start()))),
    PRACTITIONER_DISPLAY_NAME(
            "practitioner.displayName",
            Type.TEXT,
            Presence.OF_VISIT,
            (fields, language) -> ofVisit(fields, Visit::practitionerName)),
    SERVICE_NAME(
            "service.name", Type.TEXT, Presence.OF_VISIT, (fields, language) -> ofVisit(fields, Visit::serviceName)),
    ORGANIZATION_NAME("organization.name", Type.TEXT, Presence.ALWAYS, (fields, language) -> fields.organizationName()),
    LOCATION_NAME("location.name", Type.TEXT, Presence.OPTIONAL, (fields, language) -> ofPlace(fields, Place::name)),
    LOCATION_ADDRESS(
            "location.address", Type.TEXT, Presence.OPTIONAL, (fields, language) -> ofPlace(fields, Place::address)),
    LOCATION_MAP(
            "location.map", Type.LINK, Presence.OPTIONAL, (fields, language) -> ofPlace(fields, TemplateField::map)),
    LOCATION_PHONE("location.phone", Type.TEXT, Presence.OPTIONAL, (fields, language) -> ofPlace(fields, Place::phone)),
    INSURANCE_NAME(
            "insurance.name",
            Type.TEXT,
            Presence.OPTIONAL,
            (fields, language) -> ofVisit(fields, Visit::insuranceName)),
    VISIT_LINK(
            "appointment.link",
            Type.LINK,
            Presence.OPTIONAL,
            (fields, language) -> ofVisit(fields, visit -> visit.link() instanceof URI link ? link.toString() : null)),
    /** The visits that are told of with this one, because all are of one series. */
    OTHER_VISITS(
            "appointment.others",
            Type.TEXT,
            Presence.OPTIONAL,
            (fields, language) -> ofVisit(fields, visit -> language.list(visit.others()))),
    /** The visits of others of the household who are reached at the same number. */
    HOUSEHOLD_VISITS(
            "household.visits",
            Type.TEXT,
            Presence.OPTIONAL,
            (fields, language) -> ofVisit(fields, visit -> language.companions(visit.household())));

    /** How a value is written. */
    enum Type {
        TEXT,
        DATE,
        TIME,
        /** An address, which stands as it is: its signs are no formatting. */
        LINK
    }

    /** When there is a value. */
    enum Presence {
        ALWAYS,
        /** For every message about a visit, and for no other. */
        OF_VISIT,
        /** For some visits. */
        OPTIONAL
    }

    /** Names under which people look for what must never leave in a message. */
    private static final Pattern CLINICAL = Pattern.compile(
            "(?i)(encounter|condition|observation|diagnosis|medication|procedure|allergy)\\b.*|.*\\.(notes?|reason|diagnosis|comment|treatment)");

    private static final String MAPS = "https://www.google.com/maps/search/?api=1&query=";

    private final String path;
    private final Type type;
    private final Presence presence;

    @SuppressWarnings("ImmutableEnumChecker") // the lambdas capture nothing
    private final BiFunction<TemplateFields, TemplateLanguage, @Nullable String> value;

    TemplateField(
            String path,
            Type type,
            Presence presence,
            BiFunction<TemplateFields, TemplateLanguage, @Nullable String> value) {
        this.path = path;
        this.type = type;
        this.presence = presence;
        this.value = value;
    }

    static Optional<TemplateField> of(String path) {
        return Arrays.stream(values()).filter(field -> field.path.equals(path)).findFirst();
    }

    /** Whether somebody asks for a part of the record that is between patient and practitioner. */
    static boolean isClinical(String path) {
        return CLINICAL.matcher(path).matches();
    }

    /** As texts and the API name it, for example {@code patient.givenName}. */
    String path() {
        return path;
    }

    Type type() {
        return type;
    }

    Presence presence() {
        return presence;
    }

    /** All of them, as they are listed to whoever misspelt one. */
    static String all() {
        return Arrays.stream(values()).map(field -> field.path).collect(Collectors.joining(", "));
    }

    /** As it reads on the phone: names in one line, and never as formatting. Null when there is no value. */
    @Nullable String say(TemplateFields fields, TemplateLanguage language) {
        var said = value.apply(fields, language);
        if (said == null || said.isBlank()) {
            return null;
        }
        return type == Type.TEXT ? FieldText.asWritten(said) : said;
    }

    private static @Nullable String ofVisit(TemplateFields fields, Function<Visit, @Nullable String> value) {
        var visit = fields.visit();
        return visit == null ? null : value.apply(visit);
    }

    private static @Nullable String ofPlace(TemplateFields fields, Function<Place, @Nullable String> value) {
        var visit = fields.visit();
        var place = visit == null ? null : visit.place();
        return place == null ? null : value.apply(place);
    }

    private static @Nullable String map(Place place) {
        if (place.latitude() != null && place.longitude() != null) {
            return MAPS + place.latitude() + "%2C" + place.longitude();
        }
        return place.address() == null ? null : MAPS + URLEncoder.encode(place.address(), StandardCharsets.UTF_8);
    }
}
