package app.recado.bot.flow;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** The languages in which a flow can speak. */
@Schema(name = "FlowLanguage")
public enum FlowLanguage {
    ES("es"),
    EN("en"),
    PT_BR("pt-BR");

    private final String tag;

    FlowLanguage(String tag) {
        this.tag = tag;
    }

    /** BCP 47. */
    @JsonValue
    public String tag() {
        return tag;
    }

    /** The one of these that is wanted, by its language alone where the region differs; the first when none is. */
    static FlowLanguage of(String wanted, List<FlowLanguage> spoken) {
        var language = wanted.split("-", 2)[0];
        return spoken.stream()
                .filter(one -> one.tag.split("-", 2)[0].equals(language))
                .findFirst()
                .orElse(spoken.getFirst());
    }
}
