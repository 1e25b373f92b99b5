package app.recado.messaging;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What somebody of the clinic wants to send to a patient; {@code kind} says which of these it is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ManualContent.Text.class, name = "text"),
    @JsonSubTypes.Type(value = ManualContent.Image.class, name = "image"),
    @JsonSubTypes.Type(value = ManualContent.Document.class, name = "document"),
    @JsonSubTypes.Type(value = ManualContent.Voice.class, name = "voice"),
    @JsonSubTypes.Type(value = ManualContent.Location.class, name = "location"),
    @JsonSubTypes.Type(value = ManualContent.Contact.class, name = "contact")
})
public sealed interface ManualContent {

    /** Words alone. */
    @Schema(name = "TextContent")
    record Text(@NotBlank @Size(max = 4096) String text) implements ManualContent {}

    /**
     * A picture that was uploaded.
     *
     * @param text words below it
     */
    @Schema(name = "ImageContent")
    record Image(
            @NotNull UUID mediaId,
            @Nullable @Size(max = 1024) String text) implements ManualContent {}

    /**
     * A file that was uploaded.
     *
     * @param fileName as the patient sees it
     * @param text words below it
     */
    @Schema(name = "DocumentContent")
    record Document(
            @NotNull UUID mediaId,
            @NotBlank @Size(max = 200) String fileName,
            @Nullable @Size(max = 1024) String text) implements ManualContent {}

    /**
     * A voice note: a recording that was uploaded. It has no words beside it.
     *
     * @param mediaId an upload that has seconds
     */
    @Schema(name = "VoiceContent")
    record Voice(@NotNull UUID mediaId) implements ManualContent {}

    /** A place. Degrees, WGS 84. */
    @Schema(name = "LocationContent")
    record Location(
            @NotNull @DecimalMin("-90") @DecimalMax("90") Double latitude,
            @NotNull @DecimalMin("-180") @DecimalMax("180") Double longitude,
            @Nullable @Size(max = 100) String name,
            @Nullable @Size(max = 200) String address)
            implements ManualContent {}

    /**
     * Somebody to call.
     *
     * @param phone national numbers belong to the clinic's country
     */
    @Schema(name = "ContactContent")
    record Contact(
            @NotBlank @Size(max = 100) String name,
            @NotBlank @Size(max = 40) String phone) implements ManualContent {}
}
