package app.recado.templates;

import java.time.ZonedDateTime;

/**
 * What a text may speak of.
 *
 * @param appointmentStart in the visit's own zone: date and time are written as its clocks show them
 */
public record TemplateFields(
        String patientGivenName,
        String patientDisplayName,
        ZonedDateTime appointmentStart,
        String practitionerName,
        String serviceName,
        String organizationName) {}
