package app.recado.kernel;

/** A domain event that belongs in the clinic's audit trail: who did what to which record. */
public interface Auditable {}
