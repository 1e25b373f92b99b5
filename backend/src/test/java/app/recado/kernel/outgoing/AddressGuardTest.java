package app.recado.kernel.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.recado.testing.StubProvider;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

    private final AddressGuard guard = new AddressGuard(true, Set.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.100.100.200",
                "0.0.0.0",
                "224.0.0.1",
                "255.255.255.255",
                "192.0.0.1",
                "198.18.0.1",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd00:ec2::254",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "64:ff9b::a9fe:a9fe",
                "2002:7f00:1::",
                "ff02::1",
                "2001::1"
            })
    void addresses_inside_are_not_public(String address) throws UnknownHostException {
        assertThat(AddressGuard.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "8.8.8.8", "172.32.0.1", "100.63.0.1", "2606:4700::1111"})
    void addresses_of_the_internet_are(String address) throws UnknownHostException {
        assertThat(AddressGuard.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1",
                "https://localhost:8080",
                "https://[::1]/x",
                "https://2130706433",
                "https://0x7f.1",
                "https://127.1",
                "https://[::ffff:10.0.0.1]"
            })
    void an_address_inside_is_refused_however_it_is_spelled(String typed) {
        assertThatThrownBy(() -> guard.base(typed)).isInstanceOf(AddressGuard.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://1.1.1.1", "ftp://1.1.1.1", "file:///etc/passwd", "https://user:pw@1.1.1.1",
                        "https://1.1.1.1/?a=b",
                "https://1.1.1.1/#x", "1.1.1.1", "", "https://", "javascript:alert(1)"
            })
    void only_plain_addresses_with_tls_are_taken(String typed) {
        assertThatThrownBy(() -> guard.base(typed)).isInstanceOf(AddressGuard.Refused.class);
    }

    @Test
    void a_public_address_loses_only_the_slash_at_its_end() throws Exception {
        assertThat(guard.base(" https://1.1.1.1:8443/evolution/ ")).hasToString("https://1.1.1.1:8443/evolution");
    }

    @Test
    void what_an_operator_trusts_may_be_private_and_without_tls() throws Exception {
        var trusting = new AddressGuard(true, Set.of("127.0.0.1"));

        assertThat(trusting.base("http://127.0.0.1:8080")).hasToString("http://127.0.0.1:8080");
    }

    @Test
    void the_guard_stands_where_names_are_resolved_so_a_call_cannot_pass_it_by() throws Exception {
        try (var server = new StubProvider();
                var http = new OutgoingHttp(java.time.Duration.ofSeconds(1), java.time.Duration.ofSeconds(1), guard)) {
            assertThatThrownBy(() -> http.call(new HttpGet(server.url() + "/secret")))
                    .isInstanceOfSatisfying(
                            OutgoingHttp.Failed.class,
                            failed -> assertThat(failed.mayHaveArrived()).isFalse());
            assertThat(server.asked()).isEmpty();
        }
    }
}
