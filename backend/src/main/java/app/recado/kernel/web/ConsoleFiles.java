package app.recado.kernel.web;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.PathResourceResolver;

/**
 * Serves the console, and the booking page beside it. The console's routes exist only in the browser, so an address that is neither a file nor an API path answers
 * the start page, which is never cached; files with a content hash in their name are cached for good.
 */
@Configuration(proxyBeanMethods = false)
class ConsoleFiles implements WebMvcConfigurer {

    /** Where every clinic's booking page stands; one file, which reads whose it is from the address. */
    private static final String BOOKING = "reservar/";

    private final String location;

    ConsoleFiles(@Value("${spring.web.resources.static-locations}") String location) {
        this.location = location;
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/assets/**")
                .addResourceLocations(location + "assets/")
                .setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
        registry.addResourceHandler("/**")
                .addResourceLocations(location)
                .setCacheControl(CacheControl.noCache())
                .resourceChain(false)
                .addResolver(new PathResourceResolver() {
                    @Override
                    protected @Nullable Resource getResource(String path, Resource root) throws IOException {
                        var file = path.isEmpty() ? null : super.getResource(path, root);
                        if (file != null) {
                            return file;
                        }
                        if (!isConsoleRoute(path)) {
                            return null;
                        }
                        return super.getResource(path.startsWith(BOOKING) ? "reservar.html" : "index.html", root);
                    }
                });
    }

    private static boolean isConsoleRoute(String path) {
        boolean server = path.startsWith("api/") || path.startsWith("internal/") || path.startsWith("v3/");
        boolean file = path.substring(path.lastIndexOf('/') + 1).contains(".");
        return !server && !file;
    }
}
