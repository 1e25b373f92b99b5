package app.recado.templates;

import app.recado.templates.TemplateFields.Companion;
import app.recado.templates.TemplateFields.Place;
import app.recado.templates.TemplateFields.Visit;
import java.net.URI;
import java.time.ZonedDateTime;
import java.util.List;

/** Somebody made up, for previews and for the examples that providers ask for. Every field has a value. */
final class Samples {

    private static final double LATITUDE = -31.4135;
    private static final double LONGITUDE = -64.1811;

    private Samples() {}

    static TemplateFields of(TemplateLanguage language, String clinic, ZonedDateTime start) {
        return switch (language) {
            case ES -> fields("Ana", "Ana Núñez", clinic, start, "Dra. Laura Gómez", "Consulta");
            case EN -> fields("Ann", "Ann Taylor", clinic, start, "Dr. Laura Gomez", "Check-up");
            case PT_BR -> fields("Ana", "Ana Souza", clinic, start, "Dra. Laura Gomes", "Consulta");
        };
    }

    private static TemplateFields fields(
            String given, String name, String clinic, ZonedDateTime start, String practitioner, String service) {
        return new TemplateFields(
                given,
                name,
                clinic,
                new Visit(
                        start,
                        practitioner,
                        service,
                        new Place("Sede Centro", "Av. Colón 350, Córdoba", LATITUDE, LONGITUDE, "+543514221234"),
                        "OSDE 210",
                        URI.create("https://recado.example/reservar/almendros#v=k3J9vQz1"),
                        List.of(start.plusWeeks(1), start.plusWeeks(2)),
                        List.of(new Companion("Leo", start.plusMinutes(30), practitioner))));
    }
}
