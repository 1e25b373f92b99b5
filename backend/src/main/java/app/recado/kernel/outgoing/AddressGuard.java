package app.recado.kernel.outgoing;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Keeps a person who may type a server's address from making us call our own network. It stands where names are resolved,
 * so the address that was looked at is the one that is connected to: a name that changes its mind in between gains nothing.
 *
 * @param tlsOnly whether addresses without TLS are refused
 * @param exempt host names an operator trusts: they may be private and without TLS
 */
public record AddressGuard(boolean tlsOnly, Set<String> exempt) implements DnsResolver {

    /** An address that is not called. The code says why; the address is not repeated. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final String code;

        public Refused(String code) {
            super(code);
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    /** For addresses that configuration alone decides. */
    public static DnsResolver none() {
        return SystemDefaultDnsResolver.INSTANCE;
    }

    /**
     * The base address a person typed, without slashes at its end.
     *
     * @throws Refused {@code address-invalid}, {@code address-without-tls} or {@code address-not-public}
     */
    public URI base(String typed) throws Refused {
        URI address;
        try {
            address = new URI(typed.strip().replaceFirst("/+$", ""));
        } catch (URISyntaxException e) {
            throw new Refused("address-invalid");
        }
        var scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("https") || scheme.equals("http"))
                || address.getHost() == null
                || address.getRawUserInfo() != null
                || address.getRawQuery() != null
                || address.getRawFragment() != null) {
            throw new Refused("address-invalid");
        }
        if (tlsOnly && !scheme.equals("https") && !isExempt(address.getHost())) {
            throw new Refused("address-without-tls");
        }
        try {
            resolve(address.getHost());
        } catch (NotPublic e) {
            throw new Refused("address-not-public");
        } catch (UnknownHostException e) {
            throw new Refused("address-unknown");
        }
        return address;
    }

    /** The name leads into a network that is not the public one. */
    static final class NotPublic extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        NotPublic() {
            super("The name leads to an address that is not public");
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        var found = InetAddress.getAllByName(unbracketed(host));
        // One bad address spoils the name: which of them would be connected to is not ours to choose.
        if (!isExempt(host) && !Arrays.stream(found).allMatch(AddressGuard::isPublic)) {
            throw new NotPublic();
        }
        return found;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    private boolean isExempt(String host) {
        return exempt.contains(unbracketed(host).toLowerCase(Locale.ROOT));
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** Whether an address belongs to the public internet (RFC 6890 lists those that do not). */
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        var b = address.getAddress();
        int first = b[0] & 0xff;
        int second = b[1] & 0xff;
        if (address instanceof Inet4Address) {
            return !(first == 0
                    || first >= 240
                    || first == 100 && second >= 64 && second < 128 // shared by carriers; some clouds' metadata
                    || first == 192 && second == 0 && (b[2] & 0xff) == 0
                    || first == 198 && (second == 18 || second == 19));
        }
        if (address instanceof Inet6Address) {
            boolean uniqueLocal = (first & 0xfe) == 0xfc;
            // These carry an IPv4 address inside, which would be reached instead.
            boolean carriesAnother = first == 0
                    || first == 0x20 && second == 0x02
                    || first == 0x20 && second == 0x01 && b[2] == 0 && b[3] == 0
                    || first == 0 && second == 0x64;
            return !uniqueLocal && !carriesAnother;
        }
        return false;
    }
}
