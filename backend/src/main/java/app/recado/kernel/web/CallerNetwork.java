package app.recado.kernel.web;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** What requests without a token are counted by. */
public final class CallerNetwork {

    /** Whoever has an IPv6 network has more addresses in its /64 than anybody could count. */
    private static final int IPV6_NETWORK_BYTES = 8;

    private CallerNetwork() {}

    /**
     * The caller of an address: an IPv4 address itself, the /64 network of an IPv6 address.
     *
     * @param address as the trusted proxies tell it; what is no address stays as it is
     */
    public static String of(String address) {
        if (!address.contains(":")) {
            return address;
        }
        try {
            // Literal addresses are parsed, never looked up.
            var bytes = InetAddress.ofLiteral(address).getAddress();
            return HexFormat.of().formatHex(Arrays.copyOf(bytes, Math.min(IPV6_NETWORK_BYTES, bytes.length)));
        } catch (IllegalArgumentException notAnAddress) {
            return address;
        }
    }
}
