package app.recado.organizations;

import java.util.UUID;

/**
 * A clinic was entered into the register; nobody works in it yet. Heard in a transaction of that organization, and again
 * when its onboarding stopped halfway and is repeated: whoever prepares something for it finds what they prepared before.
 */
public record OrganizationRegistered(UUID id) {}
