package app.recado.audit;

import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Who asks for what the current thread does, and whence.
 *
 * @param kind {@code person}, {@code client} (an API client), {@code public} (somebody without a sign-in) or {@code recado}
 *     (a job, or what arrived by a line)
 * @param actor the account or the client's key; null for the last two
 * @param name what a person is called; null otherwise
 * @param address whence, as the trusted proxies tell; null without a request
 * @param operation the operation's id in the API's document; null without one
 */
record AuditOrigin(
        String kind,
        @Nullable String actor,
        @Nullable String name,
        @Nullable String address,
        @Nullable String operation) {

    private static final Pattern UUID_AT_END = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$");

    private static final String ALLOWED = AuditOrigin.class.getName() + ".allowed";
    private static final String RECORDED = AuditOrigin.class.getName() + ".recorded";

    /** Reviewed: they write, and say nothing of what somebody did. */
    private static final Set<String> NOT_WORTH_AN_ENTRY =
            Set.of("setTyping", "readConversation", "holdSlot", "releaseSlot", "testWhatsAppLine");

    static AuditOrigin current() {
        var request = request();
        // Gateways and providers deliver what others did: their address says nothing.
        boolean open = request != null && request.getRequestURI().startsWith("/api/v1/public/");
        var address = request == null || !open && Caller.ifAny().isEmpty() ? null : request.getRemoteAddr();
        var operation = request == null ? null : operationOf(request);
        return Caller.ifAny()
                .map(caller -> caller.client() instanceof String client
                        ? new AuditOrigin("client", client, null, address, operation)
                        : new AuditOrigin("person", caller.subject(), caller.name(), address, operation))
                .orElseGet(() -> new AuditOrigin(open ? "public" : "recado", null, null, address, operation));
    }

    /**
     * The operation that the current request asks for, when it writes in the name of a person or a client, does not repeat an
     * answer and has no entry yet.
     */
    static @Nullable String writing() {
        var request = request();
        if (request == null
                || request.getAttribute(ALLOWED) == null
                || Set.of("GET", "HEAD", "OPTIONS").contains(request.getMethod())
                || request.getAttribute(Idempotent.REPLAYED) != null
                || request.getAttribute(RECORDED) != null
                || Caller.ifAny().isEmpty()) {
            return null;
        }
        var operation = operationOf(request);
        return operation == null || NOT_WORTH_AN_ENTRY.contains(operation) ? null : operation;
    }

    /** Access was granted: what the request writes from now on is what it was asked for. */
    static void allowed(HttpServletRequest request) {
        request.setAttribute(ALLOWED, true);
    }

    /** The current request has its entry. */
    static void recorded() {
        var request = request();
        if (request != null) {
            request.setAttribute(RECORDED, true);
        }
    }

    /** The record that the current request made, or that its address names; null for none. */
    static @Nullable UUID recordId() {
        var request = request();
        if (request == null) {
            return null;
        }
        if (request.getAttribute(Idempotent.CREATED) instanceof String location) {
            var id = UUID_AT_END.matcher(location);
            if (id.find()) {
                return UUID.fromString(id.group());
            }
        }
        var variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return variables instanceof Map<?, ?> values
                        && (values.get("id") instanceof String || values.get("memberId") instanceof String)
                ? idOf(values.get("id") instanceof String id ? id : String.valueOf(values.get("memberId")))
                : null;
    }

    private static @Nullable UUID idOf(String text) {
        var id = UUID_AT_END.matcher(text);
        return id.matches() ? UUID.fromString(text) : null;
    }

    private static @Nullable String operationOf(HttpServletRequest request) {
        if (!(request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) instanceof HandlerMethod method)) {
            return null;
        }
        var operation = method.getMethodAnnotation(Operation.class);
        return operation == null ? null : operation.operationId();
    }

    private static @Nullable HttpServletRequest request() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? attributes.getRequest()
                : null;
    }
}
