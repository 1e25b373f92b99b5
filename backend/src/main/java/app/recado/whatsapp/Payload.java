package app.recado.whatsapp;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a message consists of. Everything in it belongs to a patient: it is never printed. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Payload.Text.class, name = "text"),
    @JsonSubTypes.Type(value = Payload.Image.class, name = "image"),
    @JsonSubTypes.Type(value = Payload.Document.class, name = "document"),
    @JsonSubTypes.Type(value = Payload.Voice.class, name = "voice"),
    @JsonSubTypes.Type(value = Payload.Location.class, name = "location"),
    @JsonSubTypes.Type(value = Payload.Contact.class, name = "contact"),
    @JsonSubTypes.Type(value = Payload.Template.class, name = "template"),
    @JsonSubTypes.Type(value = Payload.Question.class, name = "question"),
    @JsonSubTypes.Type(value = Payload.Reaction.class, name = "reaction")
})
public sealed interface Payload {

    /** The object in the media store that goes with it; null for none. */
    default @Nullable MediaRef attached() {
        return switch (this) {
            case Image image -> image.media();
            case Document document -> document.media();
            case Voice voice -> voice.media();
            default -> null;
        };
    }

    /** Words alone. @param quoting what they answer; null for nothing. Engines that cannot quote send the words alone */
    record Text(String text, @Nullable Quoted quoting) implements Payload {

        public Text(String text) {
            this(text, null);
        }

        @Override
        public String toString() {
            return "Text";
        }
    }

    /** A picture. @param caption words below it; null for none */
    record Image(MediaRef media, @Nullable String caption) implements Payload {
        @Override
        public String toString() {
            return "Image";
        }
    }

    /** A file. @param fileName as the patient sees it @param caption words below it; null for none */
    record Document(
            MediaRef media, String fileName, @Nullable String caption) implements Payload {
        @Override
        public String toString() {
            return "Document";
        }
    }

    /** Something that was said: one track of Opus in Ogg. @param seconds how long */
    record Voice(MediaRef media, int seconds) implements Payload {
        @Override
        public String toString() {
            return "Voice";
        }
    }

    /** A place. Degrees, WGS 84. */
    record Location(
            double latitude,
            double longitude,
            @Nullable String name,
            @Nullable String address) implements Payload {
        @Override
        public String toString() {
            return "Location";
        }
    }

    /** A person or a desk to call. @param phones E.164 */
    record Contact(String name, List<String> phones) implements Payload {
        public Contact {
            phones = List.copyOf(phones);
        }

        @Override
        public String toString() {
            return "Contact";
        }
    }

    /**
     * A text approved at the provider, the only thing that may open a conversation there. Not for linked devices.
     *
     * @param name its name, or its content id at Twilio
     * @param language as the provider writes it, for example {@code es_AR}; null where the name says it, as at Twilio
     * @param parameters what fills its variables, in their order
     * @param answers what its quick-reply buttons say to us when they are tapped, in their order; empty when it has none
     * @param text the same in words, for engines without templates and for people
     * @param category what the provider takes it for, where that is known: what advertises has a route of its own
     */
    record Template(
            String name,
            @Nullable String language,
            List<String> parameters,
            List<String> answers,
            String text,
            // Left out where it is not known: what was handed over before is still the same.
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TemplateCategory category)
            implements Payload {
        public Template {
            parameters = List.copyOf(parameters);
            answers = List.copyOf(answers);
        }

        /** Of a category that nobody told. */
        public Template(
                String name, @Nullable String language, List<String> parameters, List<String> answers, String text) {
            this(name, language, parameters, answers, text, null);
        }

        /** Whether it advertises, as the provider sees it. */
        public boolean advertises() {
            return category == TemplateCategory.MARKETING;
        }

        @Override
        public String toString() {
            return "Template";
        }
    }

    /**
     * Words with buttons below them to answer with. Engines without buttons send the words alone.
     *
     * @param buttons at most three, or ten in a list
     * @param list what opens them as a list, at most 20 characters; null for buttons
     */
    record Question(
            String text,
            List<Button> buttons,
            // Left out where there is none: what was handed over before is still the same.
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String list)
            implements Payload {
        public Question {
            buttons = List.copyOf(buttons);
        }

        @Override
        public String toString() {
            return "Question";
        }
    }

    /** A sign at a message. Only on lines that take it ({@link LineFacts#quotes}). @param text one emoji; empty takes it back */
    record Reaction(Quoted to, String text) implements Payload {
        @Override
        public String toString() {
            return "Reaction";
        }
    }

    /**
     * A button.
     *
     * @param id what it says to us when it is tapped
     * @param title what it says to the patient, at most 20 characters; in a list at most 72
     */
    record Button(String id, String title) {}

    /**
     * An object in the media store.
     *
     * @param key where it lies, {@code organization/yyyy/mm/uuid}
     * @param contentType found by its content, for example {@code image/jpeg}
     * @param size bytes
     * @param sha256 lower-case hexadecimal
     */
    record MediaRef(String key, String contentType, long size, String sha256) {}
}
