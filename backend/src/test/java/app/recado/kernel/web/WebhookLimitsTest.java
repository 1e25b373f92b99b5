package app.recado.kernel.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

class WebhookLimitsTest {

    private static final FilterChain REFUSES = (request, response) -> ((HttpServletResponse) response).setStatus(404);
    private static final FilterChain TAKES = (request, response) -> {};

    /** Room for one delivery that does not say how large it is, not for two. */
    private final WebhookLimits limits = new WebhookLimits(
            new WebhookLimits.Settings(3, 1, DataSize.ofKilobytes(1500)),
            new ProblemResponses(JsonMapper.builder().build()),
            new SimpleMeterRegistry());

    /** A delivery whose body nobody may read here. */
    private static MockHttpServletRequest from(String address) {
        var request = new MockHttpServletRequest("POST", "/webhooks/v1/cloud-api/x") {
            @Override
            public ServletInputStream getInputStream() {
                throw new IllegalStateException("The body is read before it was decided to read it");
            }

            @Override
            public long getContentLengthLong() {
                return -1;
            }
        };
        request.setRemoteAddr(address);
        return request;
    }

    private int delivers(String address, FilterChain chain) throws ServletException, IOException {
        var response = new MockHttpServletResponse();
        limits.doFilter(from(address), response, chain);
        return response.getStatus();
    }

    @Test
    void an_address_whose_deliveries_are_refused_is_stopped_and_no_other() throws Exception {
        for (int i = 0; i < 50; i++) {
            assertThat(delivers("192.0.2.1", TAKES)).isEqualTo(200);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(delivers("192.0.2.1", REFUSES)).isEqualTo(404);
        }
        assertThat(delivers("192.0.2.1", TAKES)).isEqualTo(429);
        assertThat(delivers("192.0.2.2", TAKES)).isEqualTo(200);
    }

    @Test
    void a_delivery_for_which_there_is_no_room_is_refused_before_it_is_read() throws Exception {
        var second = new AtomicInteger();
        delivers("192.0.2.1", (request, response) -> {
            second.set(delivers("192.0.2.2", TAKES));
        });
        assertThat(second.get()).isEqualTo(429);
        assertThat(delivers("192.0.2.2", TAKES)).isEqualTo(200);
    }
}
