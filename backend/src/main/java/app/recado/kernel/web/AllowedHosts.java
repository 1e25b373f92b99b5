package app.recado.kernel.web;

import app.recado.kernel.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers only under the names it was given: a page that points its own name at this server (DNS rebinding) or a cache
 * that is fed a made-up Host header gets nothing. The gateway's events come under an inner name and are signed; probes
 * come under an address. Both are exempt and show nothing.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
class AllowedHosts extends OncePerRequestFilter {

    private final EdgeSettings settings;
    private final ProblemResponses problems;

    AllowedHosts(EdgeSettings settings, ProblemResponses problems) {
        this.settings = settings;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        var path = request.getRequestURI();
        return settings.allowedHosts().isEmpty()
                || path.startsWith("/internal/v1/gateway/")
                || path.equals("/api/health")
                || path.equals("/api/readiness");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var host = request.getServerName();
        if (host == null || !settings.allowedHosts().contains(host.toLowerCase(Locale.ROOT))) {
            problems.write(
                    request, response, Problem.HOST_NOT_SERVED, "RECADO_ALLOWED_HOSTS does not list this host name");
            return;
        }
        chain.doFilter(request, response);
    }
}
