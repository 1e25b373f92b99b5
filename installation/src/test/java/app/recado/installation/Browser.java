package app.recado.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A person's browser, as far as signing in needs one: cookies, forms, redirects; and the console's part with its PKCE. */
final class Browser {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");

    private final HttpClient http;
    private final String issuer;
    private final String console;

    /**
     * @param trusted PKCS#12 with the certificate the identity server shows
     * @param console the address people come back to after signing in; it is never opened
     */
    Browser(Path trusted, String password, String issuer, String console) {
        this.issuer = issuer;
        this.console = console;
        try (var in = Files.newInputStream(trusted)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);
            this.http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .sslContext(tls)
                    .cookieHandler(new CookieManager())
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpClient client() {
        return http;
    }

    record Page(int status, String text, String location) {}

    /** Opens the sign-in page as the console does, in Spanish when nobody asks for another language. */
    Page openSignIn(String verifier) {
        return openSignIn(verifier, "");
    }

    /** The same in a language, e.g. {@code pt-BR}. */
    Page openSignIn(String verifier, String language) {
        return get(issuer + "/protocol/openid-connect/auth?client_id=recado-console&response_type=code"
                + "&scope=" + encoded("openid organization:*") + "&state=" + UUID.randomUUID()
                + "&redirect_uri=" + encoded(console + "/") + "&code_challenge_method=S256&code_challenge="
                + challenge(verifier) + (language.isEmpty() ? "" : "&ui_locales=" + language));
    }

    /** Signs in for the first time: the password that was handed out is replaced on the way. */
    String accessToken(String username, String handedOut, String own) {
        var verifier = UUID.randomUUID() + "-" + UUID.randomUUID();
        var page = openSignIn(verifier);
        page = submit(page, Map.of("username", username, "password", handedOut));
        page = submit(page, Map.of("password-new", own, "password-confirm", own));
        if (!page.location().startsWith(console + "/")) {
            throw new AssertionError("Not signed in: " + page);
        }
        var code = page.location().replaceAll(".*[?&]code=([^&]+).*", "$1");
        return form(Map.of(
                        "grant_type",
                        "authorization_code",
                        "client_id",
                        "recado-console",
                        "redirect_uri",
                        console + "/",
                        "code",
                        code,
                        "code_verifier",
                        verifier))
                .get("access_token")
                .asString();
    }

    /** Asks the token endpoint; the answer may be a refusal. */
    JsonNode form(Map<String, String> fields) {
        return JSON.readTree(
                post(issuer + "/protocol/openid-connect/token", fields).text());
    }

    private Page submit(Page page, Map<String, String> fields) {
        var form = FORM.matcher(page.text());
        if (!form.find()) {
            throw new AssertionError("No form on " + page);
        }
        return post(form.group(1).replace("&amp;", "&"), fields);
    }

    private Page get(String address) {
        return send(HttpRequest.newBuilder(URI.create(address)).GET());
    }

    private Page post(String address, Map<String, String> fields) {
        var body = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    /** Follows redirects within the identity server and stops where the console would take over. */
    private Page send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            var location = response.headers().firstValue("Location").orElse("");
            if (location.startsWith(issuer)) {
                return get(location);
            }
            return new Page(response.statusCode(), response.body(), location);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String challenge(String verifier) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
