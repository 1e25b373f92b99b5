package app.recado.organizations;

import app.recado.kernel.Auditable;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Somebody may do more or less in the clinic than before.
 *
 * @param id the account
 * @param before their roles; empty for who joined
 * @param after their roles; empty for who does not belong to it any more
 */
record MemberRolesChanged(UUID id, Set<MemberRole> before, Set<MemberRole> after) implements Auditable {

    MemberRolesChanged {
        before = Set.copyOf(before);
        after = Set.copyOf(after);
    }

    @Override
    public UUID recordId() {
        return id;
    }

    @Override
    public Map<String, Change> changes() {
        return Map.of("roles", new Change(names(before), names(after)));
    }

    private static @Nullable String names(Set<MemberRole> roles) {
        return roles.isEmpty()
                ? null
                : roles.stream().map(MemberRole::wireName).sorted().collect(Collectors.joining(" "));
    }
}
