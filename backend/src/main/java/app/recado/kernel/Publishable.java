package app.recado.kernel;

/** A domain event that third parties may hear of through webhooks. Thin: ids and kinds, never patient data. */
public interface Publishable {}
