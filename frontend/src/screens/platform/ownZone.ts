/** The platform has no zone of its own: those who run it read and write their computer's. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
