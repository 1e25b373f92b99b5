package app.recado.fhir;

import app.recado.kernel.Problem;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** A refusal with FHIR's own word for what is wrong. */
final class FhirRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final IssueType issue;

    /** @param detail in one sentence that holds no patient data */
    FhirRefusal(Problem problem, IssueType issue, String detail) {
        super(detail);
        this.problem = problem;
        this.issue = issue;
    }

    static FhirRefusal invalid(String detail) {
        return new FhirRefusal(Problem.INVALID_PARAMETER, IssueType.INVALID, detail);
    }

    static FhirRefusal unsupported(String detail) {
        return new FhirRefusal(Problem.INVALID_PARAMETER, IssueType.NOTSUPPORTED, detail);
    }

    static FhirRefusal required(String detail) {
        return new FhirRefusal(Problem.INVALID_PARAMETER, IssueType.REQUIRED, detail);
    }

    Problem problem() {
        return problem;
    }

    IssueType issue() {
        return issue;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
