package app.recado.kernel.security;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a clinic decides about its people beside their roles. Whoever holds it also needs one of the roles that may hold it: a
 * permission opens nothing that the roles of an operation ({@link Access}) do not reach. Names are part of the API and stand in
 * rows: they never change.
 */
@Schema(name = "MemberPermission")
public enum Permission {
    /** Read and write clinical notes. Never anybody but practitioners. */
    @JsonProperty("clinical-notes")
    CLINICAL_NOTES("clinical-notes", EnumSet.of(Allow.PRACTITIONER), EnumSet.of(Allow.PRACTITIONER)),
    /** Take lists of patients, visits and tickets out as files. */
    @JsonProperty("exports")
    EXPORTS("exports", EnumSet.of(Allow.OWNER, Allow.RECEPTIONIST), EnumSet.of(Allow.OWNER)),
    /** Write campaigns, and have them sent. */
    @JsonProperty("campaigns")
    CAMPAIGNS("campaigns", EnumSet.of(Allow.OWNER, Allow.RECEPTIONIST), EnumSet.of(Allow.OWNER));

    private final String wireName;
    private final Set<Allow> eligible;
    private final Set<Allow> usual;

    Permission(String wireName, Set<Allow> eligible, Set<Allow> usual) {
        this.wireName = wireName;
        this.eligible = Set.copyOf(eligible);
        this.usual = Set.copyOf(usual);
    }

    /** As it stands in the API, in its document and in rows, for example {@code clinical-notes}. */
    public String wireName() {
        return wireName;
    }

    /** The roles of which one is needed to hold it. */
    public Set<Allow> eligible() {
        return eligible;
    }

    /** The roles that hold it while a clinic says nothing. */
    public Set<Allow> usual() {
        return usual;
    }

    /** The permission of that name; empty for one that this version does not know. */
    public static Optional<Permission> of(String wireName) {
        return Arrays.stream(values())
                .filter(permission -> permission.wireName.equals(wireName))
                .findFirst();
    }
}
