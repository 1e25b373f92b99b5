package app.recado.bot;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Menus, options and answers as an older bot exported them: three flat lists that name each other. {@code docs/flow-import.md}
 * tells the shape.
 *
 * @param menus the first one is where a conversation begins, unless another is marked
 * @param options what may be chosen, in its order
 * @param answers answers
 */
@Schema(name = "FlowCollections")
record FlowCollections(
        @NotNull @Size(min = 1, max = 60) List<@NotNull @Valid Menu> menus,
        @NotNull @Size(max = 400) List<@NotNull @Valid Option> options,
        @NotNull @Size(max = 200) List<@NotNull @Valid Answer> answers) {

    /**
     * A menu.
     *
     * @param id by which options name it
     * @param text what is said
     * @param initial whether a conversation begins here; left out or null for no
     */
    @Schema(name = "FlowCollectionMenu")
    record Menu(
            @Schema(example = "principal") @NotBlank @Size(max = 60) String id,

            @Schema(example = "Hola, ¿en qué te ayudo?") @NotBlank @Size(max = 1024) String text,

            @Nullable Boolean initial) {}

    /**
     * An option of a menu. It leads to a menu or to an answer; one that leads nowhere goes to a person.
     *
     * @param menu the menu's id
     * @param order its place; those of equal order stay as they are listed
     * @param title what stands on it
     * @param keywords what chooses it as well; left out or null for none
     * @param nextMenu the menu that follows; left out or null for none
     * @param answer the answer that follows; left out or null for none
     */
    @Schema(name = "FlowCollectionOption")
    record Option(
            @Schema(example = "principal") @NotBlank @Size(max = 60) String menu,

            @Schema(example = "1") int order,

            @Schema(example = "Horarios") @NotBlank @Size(max = 60) String title,

            @Nullable @Size(max = 20) List<@NotBlank @Size(max = 60) String> keywords,
            @Nullable @Size(max = 60) String nextMenu,

            @Schema(example = "horarios") @Nullable @Size(max = 60) String answer) {}

    /**
     * An answer.
     *
     * @param id by which options name it
     * @param text what is said
     * @param handOver whether a person goes on afterwards; left out or null for no
     */
    @Schema(name = "FlowCollectionAnswer")
    record Answer(
            @Schema(example = "horarios") @NotBlank @Size(max = 60) String id,

            @Schema(example = "Atendemos de lunes a viernes de 8 a 18.") @NotBlank @Size(max = 1024) String text,

            @Nullable Boolean handOver) {}
}
