package app.recado.kernel.idempotency;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.security.Caller;
import app.recado.kernel.web.BodyLimitFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Runs {@link Idempotent} operations: one transaction takes an advisory lock on (organization, subject, route, key),
 * looks for a kept answer, else does the work and keeps its answer. Refusals and failures roll back and are not kept.
 */
@Aspect
@Component
@Order(IdempotencyAspect.ORDER)
class IdempotencyAspect {

    /** Outside every other advice but Spring's own at +1, which hands the matched annotation to this one. */
    static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 2;

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{8,128}");

    private final StoredAnswers answers;
    private final TransactionTemplate transaction;

    IdempotencyAspect(StoredAnswers answers, TransactionTemplate transaction) {
        this.answers = answers;
        this.transaction = transaction;
    }

    @Around("@annotation(rule)")
    Object once(ProceedingJoinPoint operation, Idempotent rule) throws Throwable {
        var request = currentRequest();
        var key = request.getHeader("Idempotency-Key");
        if (key == null || key.isBlank()) {
            throw Problem.IDEMPOTENCY_KEY_REQUIRED.because("Use a new UUID per intention and repeat it on retries");
        }
        if (!KEY.matcher(key).matches()) {
            throw Problem.INVALID_PARAMETER.because("Idempotency-Key must be 8 to 128 visible ASCII characters");
        }
        if (!rule.stored()) {
            return operation.proceed();
        }
        var scope = new StoredAnswers.Scope(
                CurrentOrganization.id(),
                Caller.current().subject(),
                request.getMethod() + " " + request.getRequestURI(),
                key);
        var hash = sha256(BodyLimitFilter.bodyOf(request));
        try {
            return transaction.execute(status -> {
                if (!answers.lock(lockNumber(scope))) {
                    throw Problem.REQUEST_IN_PROGRESS.because("Repeat it in a moment to get its answer");
                }
                var kept = answers.find(scope);
                if (kept.isPresent()) {
                    if (!kept.get().requestHash().equals(hash)) {
                        throw Problem.IDEMPOTENCY_KEY_REUSED.because("Use a new key for a new request");
                    }
                    request.setAttribute(Idempotent.REPLAYED, true);
                    return kept.get().replay();
                }
                try {
                    var answer = (ResponseEntity<?>) operation.proceed();
                    if (answer.getStatusCode().is2xxSuccessful()) {
                        answers.keep(scope, hash, answer);
                        if (answer.getHeaders().getLocation() instanceof java.net.URI made) {
                            request.setAttribute(Idempotent.CREATED, made.toString());
                        }
                    }
                    return answer;
                } catch (RuntimeException | Error e) {
                    throw e;
                } catch (Throwable e) {
                    throw new Checked(e);
                }
            });
        } catch (Checked e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static HttpServletRequest currentRequest() {
        return ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
    }

    private static long lockNumber(StoredAnswers.Scope scope) {
        return ByteBuffer.wrap(digest(scope.toString().getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest(bytes));
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    /** Carries a checked exception through the transaction, which rolls back on it. */
    private static final class Checked extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Checked(Throwable cause) {
            super(cause);
        }
    }
}
