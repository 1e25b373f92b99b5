package app.recado.templates;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * A text of the clinic's own in one language: in place of Recado's for an occasion, or of a template it made. What was
 * published last leaves; a draft stands beside it until it is published or thrown away.
 */
@Entity
@Table(name = "message_template")
class OwnText {

    @TenantId
    @PartitionKey
    private @Nullable UUID organizationId;

    @Id
    private UUID id;

    @Version
    private @Nullable Long version;

    @Convert(converter = KindColumn.class)
    private @Nullable TemplateKind kind;

    private @Nullable UUID customId;

    @Convert(converter = LanguageColumn.class)
    private TemplateLanguage language;

    private @Nullable String body;
    private @Nullable String draft;
    private int published;
    private Instant updatedAt;
    private String updatedBy;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
    protected OwnText() {}

    /** Nothing is published yet. @param id of Recado's text that it replaces, so that the template keeps its address */
    OwnText(TextAddress address, Instant now, String by) {
        this.id = address.id();
        this.kind = address.kind();
        this.customId = address.customId();
        this.language = address.language();
        this.updatedAt = now;
        this.updatedBy = by;
    }

    /** These words leave from now on, and no draft is left. */
    void publish(String words, Instant now, String by) {
        this.body = words;
        this.draft = null;
        this.published++;
        this.updatedAt = now;
        this.updatedBy = by;
    }

    /** Keeps words that nobody is sent. @param words null to throw the draft away */
    void keepDraft(@Nullable String words, Instant now, String by) {
        this.draft = words;
        this.updatedAt = now;
        this.updatedBy = by;
    }

    TextAddress address() {
        return new TextAddress(id, kind, customId, language);
    }

    UUID id() {
        return id;
    }

    @Nullable TemplateKind kind() {
        return kind;
    }

    @Nullable UUID customId() {
        return customId;
    }

    TemplateLanguage language() {
        return language;
    }

    /** What leaves; null while nothing was published. */
    @Nullable String body() {
        return body;
    }

    /** Null when there is none. */
    @Nullable String draft() {
        return draft;
    }

    /** How often something was published, which is the number of the version that leaves; 0 for nothing yet. */
    int published() {
        return published;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    String updatedBy() {
        return updatedBy;
    }

    /** Version 0 is Recado's text; the clinic's first is 1, so that whoever still sees Recado's is told (412). */
    long version() {
        return Objects.requireNonNullElse(version, 0L) + 1;
    }

    @Converter
    static class KindColumn implements AttributeConverter<TemplateKind, String> {
        @Override
        public @Nullable String convertToDatabaseColumn(@Nullable TemplateKind kind) {
            return kind == null ? null : kind.wireName();
        }

        @Override
        public @Nullable TemplateKind convertToEntityAttribute(@Nullable String wireName) {
            return wireName == null ? null : TemplateKind.of(wireName);
        }
    }

    @Converter
    static class LanguageColumn implements AttributeConverter<TemplateLanguage, String> {
        @Override
        public @Nullable String convertToDatabaseColumn(@Nullable TemplateLanguage language) {
            return language == null ? null : language.tag();
        }

        @Override
        public @Nullable TemplateLanguage convertToEntityAttribute(@Nullable String tag) {
            return tag == null ? null : TemplateLanguage.of(tag).orElseThrow();
        }
    }
}
