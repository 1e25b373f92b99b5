package app.recado.kernel.security;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Decides access before anything of the request is read: an unauthorized caller learns nothing from validation,
 * preconditions or the existence of a record.
 */
@Component
public class AccessInterceptor implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method) || request.getDispatcherType() != DispatcherType.REQUEST) {
            return true;
        }
        if (!method.getBeanType().getPackageName().startsWith("app.recado")) {
            return true;
        }
        var access = method.getMethodAnnotation(Access.class);
        if (access == null) {
            throw Problem.FORBIDDEN.because("This operation has no access rule");
        }
        var allowed = Set.of(access.value());
        if (allowed.contains(Allow.EVERYONE) || allowed.contains(Allow.GATEWAY) || allowed.contains(Allow.PROVIDER)) {
            return true;
        }
        var caller = Caller.current();
        if (allowed.contains(Allow.SIGNED_IN)) {
            return true;
        }
        if (allowed.contains(Allow.PLATFORM_ADMIN) && caller.platformAdmin()) {
            return true;
        }
        var organization = CurrentOrganization.find().orElse(CurrentOrganization.PLATFORM);
        if (organization.equals(CurrentOrganization.PLATFORM)) {
            throw Problem.FORBIDDEN.because("Only the platform's administrators may do this");
        }
        if (!caller.isMemberOf(organization)) {
            throw Problem.NOT_MEMBER.because("Ask an owner of the organization to add you");
        }
        if (caller.rolesIn(organization).stream().noneMatch(allowed::contains)) {
            throw Problem.FORBIDDEN.because("This needs one of the roles " + allowed);
        }
        return true;
    }
}
