package app.recado.organizations;

/** How much of a limit the current organization uses. A bean of each module that has some of it; several are added up. */
public interface LimitUsage {

    Limit limit();

    /**
     * In the unit of the limit, but of storage in bytes.
     *
     * @throws app.recado.kernel.ProblemException when whoever knows does not answer
     */
    long used();
}
