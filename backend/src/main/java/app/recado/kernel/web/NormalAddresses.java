package app.recado.kernel.web;

import app.recado.kernel.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses every spelling of an address but one. Filters compare the address as it was sent, routing the decoded one: an
 * address that needs decoding would reach an operation past the filters that protect it. No address of this server holds a
 * character that has to be encoded. Query strings may, so they are only asked to be text that the database can keep.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class NormalAddresses extends OncePerRequestFilter {

    /** RFC 3986's unreserved characters, and those of its sub-delimiters that file names carry. Segments are never empty. */
    private static final Pattern NORMAL = Pattern.compile("/|(?:/[A-Za-z0-9._~!$'()*+,=:@-]+)+/?");

    private static final Pattern DOTS = Pattern.compile("/\\.{1,2}(?:/|$)");

    /** Where the server itself goes after a refusal; nobody else has business there. */
    private static final String ERROR = "/error";

    private final ProblemResponses problems;

    NormalAddresses(ProblemResponses problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var path = request.getRequestURI();
        if (!NORMAL.matcher(path).matches() || DOTS.matcher(path).find()) {
            problems.write(request, response, Problem.ADDRESS_MALFORMED, Problem.ADDRESS_MALFORMED.title());
            return;
        }
        if (path.equals(ERROR)) {
            problems.write(request, response, Problem.NOT_FOUND, Problem.NOT_FOUND.title());
            return;
        }
        if (!isText(request.getQueryString())) {
            problems.write(
                    request, response, Problem.INVALID_PARAMETER, "The query string must be percent-encoded UTF-8");
            return;
        }
        chain.doFilter(request, response);
    }

    /** Percent-encoded UTF-8 without U+0000 and other control characters; halves of surrogate pairs are no UTF-8. */
    private static boolean isText(@Nullable String query) {
        if (query == null) {
            return true;
        }
        var bytes = ByteBuffer.allocate(query.length());
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c >= 0x80) {
                return false;
            }
            if (c != '%') {
                bytes.put((byte) c);
                continue;
            }
            boolean encoded = i + 2 < query.length();
            int high = encoded ? Character.digit(query.charAt(i + 1), 16) : -1;
            int low = encoded ? Character.digit(query.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                return false;
            }
            bytes.put((byte) (high << 4 | low));
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.flip())
                    .chars()
                    .noneMatch(Character::isISOControl);
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
