package app.recado.kernel.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BoundedBodyTest {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final AtomicLong now = new AtomicLong();

    @Test
    void a_body_that_comes_byte_by_byte_is_given_up_after_the_longest_time() {
        assertThatThrownBy(() -> BoundedBody.read(byteEvery(Duration.ofSeconds(4)), 1000, LONGEST, now::get))
                .isInstanceOf(BoundedBody.TooSlow.class);
        assertThat(Duration.ofNanos(now.get())).isEqualTo(Duration.ofSeconds(32));
    }

    @Test
    void a_slow_line_may_take_its_time_up_to_the_longest() throws IOException {
        assertThat(BoundedBody.read(byteEvery(Duration.ofMillis(290)), 100, LONGEST, now::get))
                .hasSize(100);
    }

    @Test
    void no_more_is_read_than_the_limit() throws IOException {
        var sent = new ByteArrayInputStream("x".repeat(20_000).getBytes(StandardCharsets.US_ASCII));
        assertThat(BoundedBody.read(sent, 10_001, LONGEST, now::get)).hasSize(10_001);
        assertThat(sent.available()).isEqualTo(9_999);
    }

    private InputStream byteEvery(Duration pause) {
        return new InputStream() {
            @Override
            public int read() {
                now.addAndGet(pause.toNanos());
                return 'x';
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                target[offset] = (byte) read();
                return 1;
            }
        };
    }
}
