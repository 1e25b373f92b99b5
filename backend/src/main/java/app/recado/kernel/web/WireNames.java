package app.recado.kernel.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.ConverterFactory;

/** Enumerations in addresses are read by the names that they have in bodies. */
final class WireNames implements ConverterFactory<String, Enum<?>> {

    @Override
    public <T extends Enum<?>> Converter<String, T> getConverter(Class<T> type) {
        return name -> Arrays.stream(type.getEnumConstants())
                .filter(constant -> wireName(constant).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Not one of " + type.getSimpleName()));
    }

    private static String wireName(Enum<?> constant) {
        try {
            var named = constant.getDeclaringClass().getField(constant.name()).getAnnotation(JsonProperty.class);
            return named == null ? constant.name() : named.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }
}
