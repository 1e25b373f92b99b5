package app.recado.kernel.security;

import java.util.Set;
import java.util.UUID;

/**
 * What API clients may do. A token says which client asks; what it may do is looked up at each request, so that whatever an
 * owner takes away is gone with the next one, however long tokens live. Implemented where clients are kept.
 */
public interface ApiClients {

    /**
     * What the OAuth client ids of all API clients begin with. Tokens of clients with such a name are access tokens of this
     * API; it depends on a row whether they may do anything.
     */
    String PREFIX = "recado-client-";

    /**
     * What a client may do in an organization, asked for one request.
     *
     * @param clientId the OAuth client, as its token names it
     * @param address whence the request came, as the trusted proxies tell
     * @throws app.recado.kernel.ProblemException {@code unauthenticated} when the client is not known there, was revoked or
     *     has expired; {@code forbidden} when it may not ask from that address
     */
    Set<Scope> scopesOf(String clientId, UUID organizationId, String address);
}
