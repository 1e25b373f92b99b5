package app.recado.organizations;

/** The current organization writes to its patients at other hours than before. Heard inside the transaction that did it. */
public record QuietHoursChanged() {}
