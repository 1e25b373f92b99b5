package app.recado.kernel;

import java.util.List;
import java.util.Map;

/** A refusal from the {@link Problem} catalogue. Business code throws it; the HTTP layer alone turns it into an answer. */
public class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final transient List<FieldProblem> errors;
    private final transient Map<String, Object> members;

    public ProblemException(Problem problem, String detail) {
        this(problem, detail, List.of());
    }

    public ProblemException(Problem problem, String detail, List<FieldProblem> errors) {
        this(problem, detail, errors, Map.of());
    }

    private ProblemException(Problem problem, String detail, List<FieldProblem> errors, Map<String, Object> members) {
        super(detail);
        this.problem = problem;
        this.errors = List.copyOf(errors);
        this.members = Map.copyOf(members);
    }

    /**
     * The same refusal with extension members (RFC 9457, section 3.2) that help to do better: what stands in the way, what
     * would be accepted. Ids and times, never patient data.
     */
    public ProblemException with(Map<String, Object> extensionMembers) {
        return new ProblemException(problem, detail(), errors, extensionMembers);
    }

    public Problem problem() {
        return problem;
    }

    /** Field by field, empty when the refusal is about the request as a whole. */
    public List<FieldProblem> errors() {
        return errors;
    }

    /** Extension members of the answer, empty for most refusals. */
    public Map<String, Object> members() {
        return members;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
