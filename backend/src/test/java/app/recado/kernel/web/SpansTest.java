package app.recado.kernel.web;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.trace.TraceSettings;
import app.recado.kernel.trace.Traces;
import com.sun.net.httpserver.HttpServer;
import jakarta.servlet.FilterChain;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.HandlerMapping;

/** A request is a span under the id that people are shown, and tells a collector nothing of patients. */
class SpansTest {

    private static final String TOLD = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String ROUTE = "/api/v1/organizations/{organizationId}/patients/{id}";
    private static final String WORK = "0199c7a46f3e7c529b1d2f6a8e0c4d11";

    private final List<byte[]> collected = new CopyOnWriteArrayList<>();
    private HttpServer collector;
    private Traces traces;

    @BeforeEach
    void collect() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        collector.createContext("/v1/traces", exchange -> {
            collected.add(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        traces = new Traces(
                new TraceSettings("http://localhost:" + collector.getAddress().getPort() + "/v1/traces", 1));
    }

    @AfterEach
    void stop() {
        traces.close();
        collector.stop(0);
    }

    /** Everything the collector got, as bytes in hexadecimal digits. */
    private String sent() {
        traces.close();
        var all = new StringBuilder();
        collected.forEach(body -> all.append(HexFormat.of().formatHex(body)));
        return all.toString();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static MockHttpServletRequest request() {
        var request = new MockHttpServletRequest("GET", "/api/v1/organizations/77/patients/marked-id");
        request.setQueryString("text=Marcada");
        request.addHeader("User-Agent", "Marcada");
        return request;
    }

    private static FilterChain answering(Runnable work) {
        return (request, response) -> {
            request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, ROUTE);
            work.run();
        };
    }

    @Test
    void a_request_goes_on_under_the_id_its_caller_told() throws Exception {
        var request = request();
        request.addHeader("traceparent", "00-" + TOLD + "-00f067aa0ba902b7-01");
        var response = new MockHttpServletResponse();

        new TraceIds(traces).doFilter(request, response, answering(() -> {}));

        assertThat(response.getHeader("Recado-Trace-Id")).isEqualTo(TOLD);
        assertThat(sent()).contains(TOLD).contains(hex("GET " + ROUTE));
    }

    @Test
    void nothing_of_the_address_or_of_what_was_asked_is_sent() throws Exception {
        new TraceIds(traces).doFilter(request(), new MockHttpServletResponse(), answering(() -> {}));

        assertThat(sent()).contains(hex(ROUTE)).doesNotContain(hex("marked-id")).doesNotContain(hex("Marcada"));
    }

    @Test
    void the_id_that_people_are_shown_is_the_one_that_a_collector_has() throws Exception {
        var response = new MockHttpServletResponse();

        new TraceIds(traces).doFilter(request(), response, answering(() -> {}));

        assertThat(response.getHeader("Recado-Trace-Id")).hasSize(32);
        assertThat(sent()).contains(String.valueOf(response.getHeader("Recado-Trace-Id")));
    }

    @Test
    void other_parts_are_told_the_span_that_calls_them() throws Exception {
        var request = request();
        request.addHeader("traceparent", "00-" + TOLD + "-00f067aa0ba902b7-01");
        var told = new CopyOnWriteArrayList<Optional<String>>();

        new TraceIds(traces).doFilter(request, new MockHttpServletResponse(), answering(() -> {
            try (var call = traces.calling("gateway", "PUT", null)) {
                told.add(TraceIds.traceparent(null));
                call.answered(202);
            }
        }));

        assertThat(told.getFirst())
                .hasValueSatisfying(parent -> assertThat(parent)
                        .startsWith("00-" + TOLD + "-")
                        .doesNotContain("00f067aa0ba902b7")
                        .endsWith("-01"));
        assertThat(sent()).contains(hex("gateway"));
    }

    @Test
    void what_is_done_while_nobody_waits_is_a_trace_of_its_own() {
        try (var call = traces.calling("gateway", "PUT", WORK)) {
            assertThat(call.traceId()).contains(WORK);
        }

        assertThat(sent()).contains(WORK);
    }

    @Test
    void without_a_collector_there_are_ids_and_no_spans() throws Exception {
        var response = new MockHttpServletResponse();

        new TraceIds(Traces.off()).doFilter(request(), response, answering(() -> {}));

        assertThat(response.getHeader("Recado-Trace-Id")).hasSize(32);
        assertThat(Traces.off().on()).isFalse();
        assertThat(Traces.current()).isEmpty();
    }
}
