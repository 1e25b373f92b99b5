package app.recado.kernel.web;

import app.recado.kernel.json.StrictTime;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

    private static final Set<String> OTHERS =
            Set.of("yaml", "x-yaml", "xml", "cbor", "smile", "x-jackson-smile", "x-www-form-urlencoded", "form-data");

    private final ETags etags;

    WebConfiguration(ETags etags) {
        this.etags = etags;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(etags);
    }

    /** Bodies are JSON, read strictly. Libraries on the class path would otherwise bring readers of YAML and forms along. */
    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
        builder.configureMessageConvertersList(converters -> converters.removeIf(converter ->
                converter.getSupportedMediaTypes().stream().anyMatch(type -> OTHERS.contains(type.getSubtype()))));
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, LocalDate.class, StrictTime::date);
        registry.addConverter(String.class, Instant.class, StrictTime::instant);
        registry.addConverterFactory(new WireNames());
    }

    /** The one source of time; tests replace it. */
    @Configuration(proxyBeanMethods = false)
    static class Time {
        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }
}
