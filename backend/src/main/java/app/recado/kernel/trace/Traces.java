package app.recado.kernel.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Begins spans. They hold what is listed here and nothing else: kinds of work, methods, route templates, states. No address,
 * no query, no statement, no words of an exception, so that nothing of a patient can be among them. Without a
 * collector there are none.
 */
@Component
public class Traces {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");

    private final @Nullable SdkTracerProvider provider;
    private final Tracer tracer;

    public Traces(TraceSettings settings) {
        this.provider = settings.url().isBlank() ? null : sendingTo(settings);
        TracerProvider source = provider == null ? TracerProvider.noop() : provider;
        this.tracer = source.get("recado");
    }

    /** Of a part that stands alone, as tests make them. */
    public static Traces off() {
        return new Traces(new TraceSettings("", 0));
    }

    private static SdkTracerProvider sendingTo(TraceSettings settings) {
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(settings.url())
                .setTimeout(PATIENCE)
                .build();
        return SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "recado-backend")))
                // By the trace's id alone: whoever calls decides nothing, and all parts of Recado decide alike.
                .setSampler(Sampler.traceIdRatioBased(settings.share()))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build();
    }

    /** Whether anybody collects spans. */
    public boolean on() {
        return provider != null;
    }

    /** A request that is answered. @param parent what the caller told; null for a trace that begins here */
    public Begun answering(String method, @Nullable Parent parent) {
        var builder = tracer.spanBuilder(method).setSpanKind(SpanKind.SERVER).setAttribute(METHOD, method);
        return begin(builder, parent == null ? Context.root() : parent.context());
    }

    /** A call to another part of Recado. @param work the id of what is done when no request is answered, else null */
    public Begun calling(String what, String method, @Nullable String work) {
        var builder = tracer.spanBuilder(what).setSpanKind(SpanKind.CLIENT).setAttribute(METHOD, method);
        return begin(builder, orOf(work));
    }

    /** Work inside this process. */
    Begun doing(String what) {
        return begin(tracer.spanBuilder(what), Context.current());
    }

    private static Context orOf(@Nullable String work) {
        var current = Context.current();
        if (work == null || Span.fromContext(current).getSpanContext().isValid()) {
            return current;
        }
        return new Parent(work, randomId()).context();
    }

    @SuppressWarnings("MustBeClosedChecker") // Begun closes it, on the same thread
    private static Begun begin(SpanBuilder builder, Context parent) {
        var span = builder.setParent(parent).startSpan();
        return new Begun(span, span.makeCurrent());
    }

    /** What other parts are told as {@code traceparent} while a span is open on this thread; empty without one. */
    public static Optional<String> current() {
        var open = Span.current().getSpanContext();
        return open.isValid()
                ? Optional.of("00-%s-%s-%s"
                        .formatted(
                                open.getTraceId(),
                                open.getSpanId(),
                                open.getTraceFlags().asHex()))
                : Optional.empty();
    }

    /** Sixteen hexadecimal digits, as spans have. */
    private static String randomId() {
        var bytes = new byte[8];
        ThreadLocalRandom.current().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Sends what is still here; for the end of the process and for tests. */
    @PreDestroy
    public void close() {
        if (provider != null) {
            provider.close();
        }
    }

    /**
     * The span of somebody else that this one continues.
     *
     * @param traceId 32 hexadecimal digits
     * @param spanId 16
     */
    public record Parent(String traceId, String spanId) {
        private Context context() {
            return Context.root()
                    .with(Span.wrap(SpanContext.createFromRemoteParent(
                            traceId, spanId, TraceFlags.getDefault(), TraceState.getDefault())));
        }
    }

    /** A span that is open on the thread which began it, and must be closed there. */
    public static final class Begun implements AutoCloseable {

        private final Span span;
        private final Scope scope;

        private Begun(Span span, Scope scope) {
            this.span = span;
            this.scope = scope;
        }

        /** The trace's id; empty when nobody collects. */
        public Optional<String> traceId() {
            var context = span.getSpanContext();
            return context.isValid() ? Optional.of(context.getTraceId()) : Optional.empty();
        }

        /** @param route the template, never the address itself */
        public void answered(String method, String route, int status) {
            span.updateName(method + " " + route).setAttribute(ROUTE, route);
            answered(status);
        }

        /** What the other side answered. */
        public void answered(int status) {
            span.setAttribute(STATUS, (long) status);
            if (status >= 500) {
                span.setStatus(StatusCode.ERROR);
            }
        }

        /** It came to nothing. */
        public void failed() {
            span.setStatus(StatusCode.ERROR);
        }

        @Override
        public void close() {
            scope.close();
            span.end();
        }
    }
}
