package app.recado.kernel.security;

/** Who may call an operation. */
public enum Allow {
    /** Runs the clinic: settings, members, lines. */
    OWNER,
    /** Works the front desk: patients, agenda, messages. */
    RECEPTIONIST,
    /** Sees patients: reads the day and moves visits through it. */
    PRACTITIONER,
    /** Runs the platform; never reads patient data. */
    PLATFORM_ADMIN,
    /** Anybody with a valid token, for what concerns themselves only. */
    SIGNED_IN,
    /** Public. */
    EVERYONE,
    /** The linked-device gateway, known by its signature rather than by a token. */
    GATEWAY,
    /** A messaging provider's webhook, known by its signature or by a secret in its address rather than by a token. */
    PROVIDER;

    /** True for roles held within one organization. */
    public boolean isOrganizationRole() {
        return this == OWNER || this == RECEPTIONIST || this == PRACTITIONER;
    }
}
