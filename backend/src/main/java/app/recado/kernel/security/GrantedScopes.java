package app.recado.kernel.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** What the API client, or the platform's support, behind the current request may do, as it was looked up when access was decided. */
public final class GrantedScopes {

    private static final String ATTRIBUTE = GrantedScopes.class.getName();

    private GrantedScopes() {}

    static void remember(HttpServletRequest request, Set<Scope> scopes) {
        request.setAttribute(ATTRIBUTE, Set.copyOf(scopes));
    }

    /** Empty outside requests, and for people of the clinic: what they may do follows from their roles. */
    public static Optional<Set<Scope>> current() {
        var request = RequestContextHolder.getRequestAttributes();
        if (request == null) {
            return Optional.empty();
        }
        @SuppressWarnings("unchecked")
        var granted = (Set<Scope>) request.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST);
        return Optional.ofNullable(granted);
    }

    /** Whether the current request comes from somebody who must not learn how patients are reached. */
    public static boolean hideContacts() {
        return current()
                .filter(scopes -> !scopes.contains(Scope.PATIENTS_READ_CONTACT))
                .isPresent();
    }
}
