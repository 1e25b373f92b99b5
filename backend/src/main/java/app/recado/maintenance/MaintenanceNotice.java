package app.recado.maintenance;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/**
 * Work on Recado that clinics are told of, until it is over.
 *
 * @param id to withdraw it by
 * @param beginsAt from when on something may be noticed
 * @param endsAt when it is over
 * @param text what will be noticed
 */
@Schema(name = "MaintenanceNotice")
record MaintenanceNotice(
        @Schema(example = "01937f3e-0000-7000-8000-0000000000a1")
        UUID id,

        @Schema(example = "2026-12-06T05:00:00Z") Instant beginsAt,
        @Schema(example = "2026-12-06T05:20:00Z") Instant endsAt,
        Words text) {

    /**
     * The same in the three languages of the console.
     *
     * @param es in Spanish
     * @param en in English
     * @param pt in Brazilian Portuguese
     */
    @Schema(name = "MaintenanceWords")
    record Words(
            @Schema(example = "Durante unos minutos los mensajes salen más tarde.")
            String es,

            @Schema(example = "For some minutes messages leave later.")
            String en,

            @Schema(example = "Por alguns minutos as mensagens saem mais tarde.")
            String pt) {}
}
