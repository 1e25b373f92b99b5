package app.recado.kernel.web;

import app.recado.kernel.FieldProblem;
import app.recado.kernel.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes refusals as RFC 9457 problem details, the same way from filters, security and controllers. */
@Component
public class ProblemResponses {

    private static final String CODE = ProblemResponses.class.getName() + ".code";

    private final JsonMapper json;

    ProblemResponses(JsonMapper json) {
        this.json = json;
    }

    /** The code of the refusal that a request was answered with; null when it was not refused. */
    public static @Nullable String codeOf(HttpServletRequest request) {
        return request.getAttribute(CODE) instanceof String code ? code : null;
    }

    /** The answer's body. {@code detail} and {@code errors} hold no patient data. */
    public ProblemDetail body(HttpServletRequest request, Problem problem, String detail, List<FieldProblem> errors) {
        return body(request, problem, detail, errors, Map.of());
    }

    private ProblemDetail body(
            HttpServletRequest request,
            Problem problem,
            String detail,
            List<FieldProblem> errors,
            Map<String, Object> members) {
        request.setAttribute(CODE, problem.code());
        var body = ProblemDetail.forStatusAndDetail(problem.status(), detail);
        body.setType(URI.create("https://recado.app/problems/" + problem.code()));
        body.setTitle(problem.title());
        body.setProperty("code", problem.code());
        body.setProperty("traceId", TraceIds.of(request));
        if (!errors.isEmpty()) {
            body.setProperty("errors", errors);
        }
        members.forEach(body::setProperty);
        return body;
    }

    ResponseEntity<Object> answer(
            HttpServletRequest request, Problem problem, String detail, List<FieldProblem> errors) {
        return answer(request, problem, detail, errors, Map.of());
    }

    ResponseEntity<Object> answer(
            HttpServletRequest request,
            Problem problem,
            String detail,
            List<FieldProblem> errors,
            Map<String, Object> members) {
        var headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (problem == Problem.REQUEST_IN_PROGRESS
                || problem == Problem.IDENTITY_UNAVAILABLE
                || problem == Problem.GATEWAY_UNAVAILABLE) {
            headers.set(HttpHeaders.RETRY_AFTER, "2");
        }
        if (problem == Problem.TOO_MANY_STREAMS) {
            headers.set(HttpHeaders.RETRY_AFTER, "15");
        }
        return new ResponseEntity<>(body(request, problem, detail, errors, members), headers, problem.status());
    }

    /** For code that runs outside the dispatcher. */
    public void write(HttpServletRequest request, HttpServletResponse response, Problem problem, String detail)
            throws IOException {
        response.setStatus(problem.status().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding("UTF-8");
        response.getOutputStream().write(json.writeValueAsBytes(body(request, problem, detail, List.of())));
    }
}
