package app.recado.kernel.security;

import app.recado.kernel.web.ProgramRequests;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;

/** Requests of API clients, as their token and the address they ask tell. */
@Component
public class ClientRequests implements ProgramRequests {

    @Override
    public @Nullable UUID clinicOf(HttpServletRequest request) {
        if (!(SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken token)) {
            return null;
        }
        var party = token.getToken().getClaimAsString("azp");
        if (party == null || !party.startsWith(ApiClients.PREFIX)) {
            return null;
        }
        return Caller.of(token.getToken()).organizations().keySet().stream()
                .filter(organization -> isWithin(organization, request.getRequestURI()))
                .findFirst()
                .orElse(null);
    }

    /** An id may be written in either case. */
    private static boolean isWithin(UUID organization, String path) {
        var address = "/api/v1/organizations/" + organization;
        return path.regionMatches(true, 0, address, 0, address.length());
    }
}
