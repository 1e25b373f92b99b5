package app.recado.kernel.security;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a clinic says of one of its people beyond what their token says. A token is signed once and lives for minutes; this is
 * read again every few seconds, so that what an owner takes away is gone before the token is. Implemented where members are kept.
 */
public interface MemberAccess {

    /**
     * How somebody stands in a clinic, as it was a few seconds ago at most.
     *
     * @param account the account's id in the identity server
     */
    Standing of(UUID organizationId, String account);

    /**
     * How somebody stands in a clinic.
     *
     * @param tokensFrom tokens signed earlier count no more; null when nothing was taken away
     * @param rules what the clinic decided; a permission without an entry is held by its usual roles
     */
    record Standing(@Nullable Instant tokensFrom, Map<Permission, Rule> rules) {

        public Standing {
            rules = Map.copyOf(rules);
        }

        /**
         * Whether a token counts. Tokens say when they were signed by the second: one of the very second in which something
         * was taken away does not count, and the next one does.
         *
         * @param signed null for a token that does not say, which counts only while nothing was ever taken away
         */
        public boolean accepts(@Nullable Instant signed) {
            return tokensFrom == null || signed != null && !signed.isBefore(tokensFrom);
        }

        /**
         * Whether somebody with these roles holds a permission. Owners hold all that owners may hold: they decide about it.
         */
        public boolean holds(Permission permission, Set<Allow> roles) {
            if (roles.stream().noneMatch(permission.eligible()::contains)) {
                return false;
            }
            if (roles.contains(Allow.OWNER) && permission.eligible().contains(Allow.OWNER)) {
                return true;
            }
            var rule = rules.get(permission);
            if (rule == null) {
                return roles.stream().anyMatch(permission.usual()::contains);
            }
            return rule.exception() == null ? roles.stream().anyMatch(rule.roles()::contains) : rule.exception();
        }
    }

    /**
     * What a clinic decided about a permission, and whether it decided otherwise for this person.
     *
     * @param roles who holds it, beside owners
     * @param exception true and false: given to, or withheld from, this person whatever their role says; null for neither
     */
    record Rule(Set<Allow> roles, @Nullable Boolean exception) {

        public Rule {
            roles = Set.copyOf(roles);
        }
    }
}
