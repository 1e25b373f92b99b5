package app.recado.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** One address cannot hold a clinic's day or have codes sent without end. */
class BookingLimitsTest {

    /** What is counted by address is counted in this process: the database is not asked. */
    private static BookingLimits limits() {
        return new BookingLimits(
                new BookingSettings(3, 2, 6, 120, 100, 5, 2, ""),
                JdbcClient.create(new DriverManagerDataSource()),
                new SimpleMeterRegistry(),
                Clock.systemUTC());
    }

    @Test
    void an_address_is_refused_after_its_share_and_another_one_is_not() {
        var limits = limits();
        var response = new MockHttpServletResponse();
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest(), response));
        try {
            for (int i = 0; i < 3; i++) {
                limits.holdBy("203.0.113.7");
            }
            assertThatThrownBy(() -> limits.holdBy("203.0.113.7"))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            refusal -> assertThat(refusal.problem()).isEqualTo(Problem.TOO_MANY_REQUESTS));
            assertThat(response.getHeader("RateLimit")).startsWith("\"booking-hold\";r=0;t=");
            assertThat(response.getHeader("RateLimit-Policy")).isEqualTo("\"booking-hold\";q=3;w=600");
            assertThat(response.getHeader("Retry-After")).isNotNull();
            limits.holdBy("203.0.113.8");
            limits.codeBy("203.0.113.7");
        } finally {
            RequestContextHolder.resetRequestAttributes();
        }
    }

    @Test
    void an_address_opens_and_answers_only_so_many_preregistrations() {
        var limits = limits();
        limits.preregistrationBy("203.0.113.7");
        limits.preregistrationBy("203.0.113.7");
        assertThatThrownBy(() -> limits.preregistrationBy("203.0.113.7")).isInstanceOf(ProblemException.class);
        limits.preregistrationBy("203.0.113.8");
    }

    @Test
    void all_addresses_of_one_network_count_as_one() {
        var limits = limits();
        for (var address : new String[] {"2001:db8:1:2::1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::9"}) {
            limits.holdBy(address);
        }
        assertThatThrownBy(() -> limits.holdBy("2001:db8:1:2::2")).isInstanceOf(ProblemException.class);
        limits.holdBy("2001:db8:1:3::1");
    }
}
