package app.recado.kernel.web;

import app.recado.kernel.jobs.JobTasks;
import com.github.kagkarlsson.scheduler.task.Task;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Where requests of costly operations are counted for more, and what is forgotten of who asked. */
@Configuration(proxyBeanMethods = false)
class QuotaConfiguration implements WebMvcConfigurer {

    /** After the one that decides access, which has the order of all that say nothing: what it refuses counts as one. */
    private static final int AFTER_ACCESS = 1;

    private final RequestLimits limits;

    QuotaConfiguration(RequestLimits limits) {
        this.limits = limits;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new HandlerInterceptor() {
                    @Override
                    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
                        if (handler instanceof HandlerMethod method
                                && request.getDispatcherType() == DispatcherType.REQUEST
                                && method.getMethodAnnotation(Costs.class) instanceof Costs costs) {
                            limits.charge(request, response, costs.value());
                        }
                        return true;
                    }
                })
                .order(AFTER_ACCESS);
    }

    /** In a class of its own: jobs need the database, and what serves requests is made before it. */
    @Configuration(proxyBeanMethods = false)
    static class Jobs {
        @Bean
        Task<Void> requestQuotasTask(JobTasks tasks, QuotaRows rows) {
            return tasks.recurring("request-quotas", Duration.ofHours(1), rows::forget);
        }
    }
}
