package app.recado.organizations;

/** Answers whether the current organization is suspended, as its row says at this moment. */
public interface OrganizationSuspensions {

    /** Needs an open transaction. */
    boolean suspended();
}
