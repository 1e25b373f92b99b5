package app.recado.scheduling.availability;

/** The current organization works on other holidays than before, or has those of another region. */
public record PublicHolidaysChanged() {}
