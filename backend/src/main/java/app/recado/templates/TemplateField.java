package app.recado.templates;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** What a text may speak of, and how it is said. */
enum TemplateField {
    PATIENT_GIVEN_NAME("patient.givenName", (fields, language) -> FieldText.asWritten(fields.patientGivenName())),
    PATIENT_DISPLAY_NAME("patient.displayName", (fields, language) -> FieldText.asWritten(fields.patientDisplayName())),
    APPOINTMENT_DATE("appointment.date", (fields, language) -> language.date().format(fields.appointmentStart())),
    APPOINTMENT_TIME("appointment.time", (fields, language) -> language.time().format(fields.appointmentStart())),
    PRACTITIONER_DISPLAY_NAME(
            "practitioner.displayName", (fields, language) -> FieldText.asWritten(fields.practitionerName())),
    SERVICE_NAME("service.name", (fields, language) -> FieldText.asWritten(fields.serviceName())),
    ORGANIZATION_NAME("organization.name", (fields, language) -> FieldText.asWritten(fields.organizationName()));

    private final String path;

    @SuppressWarnings("ImmutableEnumChecker") // the lambdas capture nothing
    private final BiFunction<TemplateFields, TemplateLanguage, String> value;

    TemplateField(String path, BiFunction<TemplateFields, TemplateLanguage, String> value) {
        this.path = path;
        this.value = value;
    }

    static Optional<TemplateField> of(String path) {
        return Arrays.stream(values()).filter(field -> field.path.equals(path)).findFirst();
    }

    /** As texts and the API name it, for example {@code patient.givenName}. */
    String path() {
        return path;
    }

    /** All of them, as they are listed to whoever misspelt one. */
    static String all() {
        return Arrays.stream(values()).map(field -> field.path).collect(Collectors.joining(", "));
    }

    /** As it reads on the phone: names in one line, and never as formatting. */
    String say(TemplateFields fields, TemplateLanguage language) {
        return value.apply(fields, language);
    }
}
