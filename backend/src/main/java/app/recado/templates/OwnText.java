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

/** A text the clinic worded itself, in place of Recado's. */
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
    private TemplateKind kind;

    @Convert(converter = LanguageColumn.class)
    private TemplateLanguage language;

    private String body;
    private Instant updatedAt;
    private String updatedBy;

    @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
    protected OwnText() {}

    /** @param id of Recado's text that it replaces, so that the template keeps its address */
    OwnText(UUID id, TemplateKind kind, TemplateLanguage language, String body, Instant now, String by) {
        this.id = id;
        this.kind = kind;
        this.language = language;
        this.body = body;
        this.updatedAt = now;
        this.updatedBy = by;
    }

    void reword(String newBody, Instant now, String by) {
        this.body = newBody;
        this.updatedAt = now;
        this.updatedBy = by;
    }

    UUID id() {
        return id;
    }

    TemplateKind kind() {
        return kind;
    }

    TemplateLanguage language() {
        return language;
    }

    String body() {
        return body;
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
