package app.recado.kernel.security;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * A text of an answer by which a patient is reached. API clients without {@link Scope#PATIENTS_READ_CONTACT} are answered null
 * in its place, whichever operation they asked, so the field must be one that may be null.
 */
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@JacksonAnnotationsInside
@JsonSerialize(using = ContactData.Serializer.class)
public @interface ContactData {

    /** Decides at each answer. Made by Jackson. */
    class Serializer extends ValueSerializer<String> {

        @Override
        public void serialize(String value, JsonGenerator generator, SerializationContext context) {
            if (GrantedScopes.hideContacts()) {
                generator.writeNull();
            } else {
                generator.writeString(value);
            }
        }
    }
}
