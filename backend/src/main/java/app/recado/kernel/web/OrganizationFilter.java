package app.recado.kernel.web;

import app.recado.kernel.CurrentOrganization;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Binds the organization named in the path for the whole request, before any controller or persistence session exists;
 * whether the caller belongs to it is decided by the access rule.
 */
@Component
@Order(OrganizationFilter.ORDER)
class OrganizationFilter extends OncePerRequestFilter {

    static final int ORDER = BodyLimitFilter.ORDER + 10;

    private static final String UUID_TEXT = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private static final Pattern TENANT = Pattern.compile("/api/v1/organizations/(" + UUID_TEXT + ")(?:/.*)?");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!request.getRequestURI().startsWith("/api/v1/")) {
            chain.doFilter(request, response);
            return;
        }
        var matcher = TENANT.matcher(request.getRequestURI());
        var organization = matcher.matches() ? UUID.fromString(matcher.group(1)) : CurrentOrganization.PLATFORM;
        try {
            CurrentOrganization.call(organization, () -> {
                chain.doFilter(request, response);
                return organization;
            });
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }
}
