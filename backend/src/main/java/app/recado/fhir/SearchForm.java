package app.recado.fhir;

import app.recado.kernel.web.BodyLimitFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parameters of a search as they were sent, in the address or in the form of a POST. */
record SearchForm(List<Given> parameters) {

    /** @param inAddress whether the value stands where proxies keep it */
    record Given(String name, String value, boolean inAddress) {}

    /** @throws FhirRefusal when it is no form */
    static SearchForm of(HttpServletRequest request) {
        var all = new ArrayList<Given>();
        read(request.getQueryString(), true, all);
        read(new String(BodyLimitFilter.bodyOf(request), StandardCharsets.UTF_8), false, all);
        return new SearchForm(List.copyOf(all));
    }

    /** One that was written by {@link #text}; what it holds is not in the address. */
    static SearchForm of(String text) {
        var all = new ArrayList<Given>();
        read(text, false, all);
        return new SearchForm(List.copyOf(all));
    }

    private static void read(@Nullable String encoded, boolean inAddress, List<Given> to) {
        if (encoded == null || encoded.isEmpty()) {
            return;
        }
        for (var pair : encoded.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            var equals = pair.indexOf('=');
            var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            var value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            if (value.isBlank()) {
                throw FhirRefusal.invalid("Every parameter needs a value");
            }
            to.add(new Given(name, value, inAddress));
        }
    }

    private static String decoded(String text) {
        String plain;
        try {
            plain = URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw FhirRefusal.invalid("Parameters must be percent-encoded UTF-8");
        }
        // The database keeps no U+0000, and nobody searches for the others.
        if (plain.chars().anyMatch(Character::isISOControl)) {
            throw FhirRefusal.invalid("Parameters must be percent-encoded UTF-8 without control characters");
        }
        return plain;
    }

    /** The same as a query string. */
    String text() {
        return parameters.stream()
                .map(given -> encoded(given.name()) + "=" + encoded(given.value()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
