package app.recado.kernel.web;

import app.recado.kernel.FieldProblem;
import app.recado.kernel.LoggedFailure;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.orm.ObjectOptimisticLockingFailureException;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.HandlerMapping;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;

/** Turns whatever goes wrong into a problem of the catalogue. What is not foreseen is logged with its trace id. */
@RestControllerAdvice
class ProblemHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

    private final ProblemResponses problems;

    ProblemHandler(ProblemResponses problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    ResponseEntity<Object> refused(ProblemException refusal, HttpServletRequest request) {
        return problems.answer(request, refusal.problem(), refusal.detail(), refusal.errors(), refusal.members());
    }

    @ExceptionHandler
    ResponseEntity<Object> unreadable(HttpMessageNotReadableException failure, HttpServletRequest request) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException refusal) {
                return refused(refusal, request);
            }
            if (cause instanceof JacksonException json) {
                return invalidJson(json, request);
            }
        }
        return problems.answer(request, Problem.INVALID_JSON, "A JSON body is required", List.of());
    }

    private ResponseEntity<Object> invalidJson(JacksonException failure, HttpServletRequest request) {
        if (failure instanceof DatabindException databind && !databind.getPath().isEmpty()) {
            var pointer = new StringBuilder();
            for (var step : databind.getPath()) {
                var name = step.getPropertyName();
                pointer.append('/').append(name == null ? String.valueOf(step.getIndex()) : escape(name));
            }
            return problems.answer(
                    request,
                    Problem.INVALID_JSON,
                    "A field is unknown or has a value of another kind",
                    List.of(new FieldProblem(
                            pointer.toString(), "invalid-value", "Unknown field or unsuitable value")));
        }
        var at = failure instanceof StreamReadException || failure.getLocation() != null ? failure.getLocation() : null;
        var where = at == null ? "" : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
        return problems.answer(request, Problem.INVALID_JSON, "This is not valid JSON" + where, List.of());
    }

    private static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    @ExceptionHandler
    ResponseEntity<Object> invalidFields(MethodArgumentNotValidException failure, HttpServletRequest request) {
        var errors = new ArrayList<FieldProblem>();
        for (var error : failure.getBindingResult().getAllErrors()) {
            var pointer = error instanceof FieldError field ? pointer(field.getField()) : "";
            errors.add(
                    error.contains(ConstraintViolation.class)
                            ? FieldCodes.problem(pointer, error.unwrap(ConstraintViolation.class))
                            : new FieldProblem(
                                    pointer,
                                    FieldCodes.of(error.getCode()),
                                    String.valueOf(error.getDefaultMessage())));
        }
        return problems.answer(request, Problem.INVALID_FIELDS, Problem.INVALID_FIELDS.title(), errors);
    }

    @ExceptionHandler
    ResponseEntity<Object> invalidFields(ConstraintViolationException failure, HttpServletRequest request) {
        var errors = failure.getConstraintViolations().stream()
                .map(v -> FieldCodes.problem(pointer(v.getPropertyPath().toString()), v))
                .toList();
        return problems.answer(request, Problem.INVALID_FIELDS, Problem.INVALID_FIELDS.title(), errors);
    }

    @ExceptionHandler
    ResponseEntity<Object> invalidParameters(HandlerMethodValidationException failure, HttpServletRequest request) {
        var names = failure.getParameterValidationResults().stream()
                .map(result -> String.valueOf(result.getMethodParameter().getParameterName()))
                .toList();
        return problems.answer(request, Problem.INVALID_PARAMETER, "Out of range: " + names, List.of());
    }

    private static String pointer(String path) {
        return "/" + path.replaceAll("\\[(\\d+)]", "/$1").replace('.', '/');
    }

    @ExceptionHandler
    ResponseEntity<Object> stale(ObjectOptimisticLockingFailureException failure, HttpServletRequest request) {
        return problems.answer(request, Problem.STALE, Problem.STALE.title(), List.of());
    }

    @ExceptionHandler
    ResponseEntity<Object> contended(ConcurrencyFailureException failure, HttpServletRequest request) {
        LOG.info(
                "A transaction lost against another one: {}", failure.getClass().getSimpleName());
        return problems.answer(request, Problem.CONFLICT, "Try again", List.of());
    }

    @ExceptionHandler
    ResponseEntity<Object> refusedByDatabase(DataIntegrityViolationException failure, HttpServletRequest request) {
        // The message may quote values of a patient, so only the constraint's name is logged.
        LOG.warn("A constraint refused what a check should have caught: {}", Constraints.nameIn(failure));
        return problems.answer(request, Problem.CONFLICT, Problem.CONFLICT.title(), List.of());
    }

    /** The reader hung up; there is nobody left to answer. */
    @ExceptionHandler
    void gone(AsyncRequestNotUsableException failure) {
        LOG.debug("The client went away");
    }

    @ExceptionHandler
    @org.jspecify.annotations.Nullable ResponseEntity<Object> anythingElse(Exception failure, HttpServletRequest request) {
        if (failure instanceof ErrorResponse known) {
            return switch (known.getStatusCode().value()) {
                case 404 -> problems.answer(request, Problem.NOT_FOUND, Problem.NOT_FOUND.title(), List.of());
                case 405 ->
                    problems.answer(request, Problem.METHOD_NOT_ALLOWED, Problem.METHOD_NOT_ALLOWED.title(), List.of());
                case 406 -> problems.answer(request, Problem.NOT_ACCEPTABLE, Problem.NOT_ACCEPTABLE.title(), List.of());
                case 413 -> problems.answer(request, Problem.BODY_TOO_LARGE, Problem.BODY_TOO_LARGE.title(), List.of());
                case 415 ->
                    problems.answer(request, Problem.UNSUPPORTED_MEDIA_TYPE, "Send application/json", List.of());
                default ->
                    problems.answer(request, Problem.INVALID_PARAMETER, Problem.INVALID_PARAMETER.title(), List.of());
            };
        }
        if (failure instanceof org.springframework.web.method.annotation.MethodArgumentTypeMismatchException mismatch) {
            boolean inPath = mismatch.getParameter()
                    .hasParameterAnnotation(org.springframework.web.bind.annotation.PathVariable.class);
            return inPath
                    ? problems.answer(request, Problem.NOT_FOUND, Problem.NOT_FOUND.title(), List.of())
                    : problems.answer(
                            request, Problem.INVALID_PARAMETER, "Malformed: " + mismatch.getName(), List.of());
        }
        LOG.error(
                "Unforeseen failure of {} {}",
                request.getMethod(),
                request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE),
                new LoggedFailure(failure));
        return problems.answer(request, Problem.INTERNAL, "Tell us the trace id and we can find the cause", List.of());
    }
}
