package app.recado.guards;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator gets to see while a test runs: lines of the log as they are written in JSON, and what spans would carry. */
final class Seen extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A handler of observations cannot be taken off again: one for each registry tells whoever looks. */
    private static final Map<ObservationRegistry, Seen[]> LOOKING = new WeakHashMap<>();

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> spans = new CopyOnWriteArrayList<>();
    private final StructuredLogEncoder encoder = new StructuredLogEncoder();

    static Seen from(Environment environment, ObservationRegistry observations) {
        var seen = new Seen();
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.putObject(Environment.class.getName(), environment);
        seen.encoder.setContext(context);
        seen.encoder.setFormat("logstash");
        seen.encoder.start();
        seen.setContext(context);
        seen.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(seen);
        LOOKING.computeIfAbsent(observations, registry -> {
            var looking = new Seen[1];
            registry.observationConfig().observationHandler(new Spans(looking));
            return looking;
        })[0] = seen;
        return seen;
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(new String(encoder.encode(event), StandardCharsets.UTF_8));
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    Stream<JsonNode> json() {
        return lines().stream().map(JSON::readTree);
    }

    /** Names and values of each observation, which tracing makes into a span. */
    List<String> spans() {
        return List.copyOf(spans);
    }

    @Override
    public void close() {
        ((LoggerContext) getContext()).getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(this);
        stop();
    }

    private record Spans(Seen[] looking) implements ObservationHandler<Observation.Context> {

        @Override
        public void onStop(Observation.Context context) {
            var seen = looking[0];
            if (seen != null) {
                seen.spans.add(context.getName() + " " + context.getContextualName() + " " + context.getAllKeyValues()
                        + (context.getError() == null
                                ? ""
                                : " " + context.getError().getClass()));
            }
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }
}
