package app.recado.booking;

import app.recado.kernel.Problem;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.regex.Pattern;

/**
 * What a clinic asks of whoever books online.
 *
 * @param link the clinic's payment page, https; {@code {reference}}, {@code {amount}} and {@code {currency}} are filled in
 * @param minor in the currency's smallest unit
 * @param currency ISO 4217
 * @param hours within which it is to be paid, from the booking
 */
record DepositRule(String link, long minor, String currency, int hours) {

    private static final Pattern FIELD = Pattern.compile("\\{[^{}]*}");
    private static final Pattern FIELD_IN_HOST = Pattern.compile("^https://[^/?#]*\\{");
    private static final Pattern HOST =
            Pattern.compile("(?i)([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z][a-z0-9-]*[a-z0-9]");

    /**
     * A link that patients are sent to is one of the public web: https, a host by its name, no user or port of its own. It is
     * shown and never called from here.
     *
     * @throws app.recado.kernel.ProblemException {@code invalid-fields}
     */
    static void check(String link, String currency) {
        var plain = link.replace("{reference}", "r").replace("{amount}", "1").replace("{currency}", "C");
        URI address;
        try {
            address = URI.create(plain);
        } catch (IllegalArgumentException unreadable) {
            throw wrong();
        }
        var host = address.getHost();
        if (FIELD.matcher(plain).find()
                || !"https".equals(address.getScheme())
                || host == null
                || !HOST.matcher(host).matches()
                || host.endsWith(".local")
                || host.endsWith(".internal")
                || address.getUserInfo() != null
                || address.getPort() != -1
                || FIELD_IN_HOST.matcher(link).find()) {
            throw wrong();
        }
        if (!link.contains("{reference}")) {
            throw Problem.INVALID_FIELDS.at(
                    "/deposit/link", "required", "Without {reference} nobody knows which visit was paid for");
        }
        if (Currency.getAvailableCurrencies().stream()
                .noneMatch(known -> known.getCurrencyCode().equals(currency))) {
            throw Problem.INVALID_FIELDS.at("/deposit/currency", "unknown-value", "Not an ISO 4217 currency");
        }
    }

    private static RuntimeException wrong() {
        return Problem.INVALID_FIELDS.at(
                "/deposit/link",
                "invalid-format",
                "An https address of the public web with {reference}, and {amount} and {currency} if wanted");
    }

    /** Where one visit is paid for. */
    String linkFor(String reference) {
        var digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        return link.replace("{reference}", encoded(reference))
                .replace("{amount}", BigDecimal.valueOf(minor, digits).toPlainString())
                .replace("{currency}", currency);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
