package app.recado.organizations;

/** What a module keeps of clinics elsewhere than in rows of the database. A bean of each module that has some. */
public interface KeptElsewhere {

    /**
     * Lets go of all that the current organization has there, because the organization is being deleted. Called while its rows
     * are all there, outside a transaction, and again after a failure or a crash.
     *
     * @throws app.recado.kernel.ProblemException when whoever keeps it is away: then it is asked again later
     */
    void forget();
}
