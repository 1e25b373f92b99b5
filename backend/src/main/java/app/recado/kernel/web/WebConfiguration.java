package app.recado.kernel.web;

import app.recado.kernel.security.AccessInterceptor;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

    private final AccessInterceptor access;
    private final ETags etags;

    WebConfiguration(AccessInterceptor access, ETags etags) {
        this.access = access;
        this.etags = etags;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(access);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(etags);
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
