package app.recado.kernel.json;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A name or the like: read as the one line that is seen ({@link app.recado.kernel.PlainText#oneLine}), before its length
 * is checked. What cannot be seen at all is read as an empty text.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@JacksonAnnotationsInside
@JsonDeserialize(using = OneLine.Reader.class)
public @interface OneLine {

    final class Reader extends StrictJson.StorableText {
        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) {
            return app.recado.kernel.PlainText.oneLine(super.deserialize(parser, context));
        }
    }
}
