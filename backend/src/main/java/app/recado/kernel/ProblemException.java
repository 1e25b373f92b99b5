package app.recado.kernel;

import java.util.List;

/** A refusal from the {@link Problem} catalogue. Business code throws it; the HTTP layer alone turns it into an answer. */
public class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final transient List<FieldProblem> errors;

    public ProblemException(Problem problem, String detail) {
        this(problem, detail, List.of());
    }

    public ProblemException(Problem problem, String detail, List<FieldProblem> errors) {
        super(detail);
        this.problem = problem;
        this.errors = List.copyOf(errors);
    }

    public Problem problem() {
        return problem;
    }

    /** Field by field, empty when the refusal is about the request as a whole. */
    public List<FieldProblem> errors() {
        return errors;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
