package app.recado.audit;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Marks requests that were granted access: what deciding that writes (when a client was last used) is nobody's deed. */
@Configuration(proxyBeanMethods = false)
class AuditedOperations implements WebMvcConfigurer {

    /** After the one that decides access, which has the order of all that say nothing. */
    private static final int AFTER_ACCESS = 1;

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new HandlerInterceptor() {
                    @Override
                    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
                        AuditOrigin.allowed(request);
                        return true;
                    }
                })
                .order(AFTER_ACCESS);
    }
}
