package app.recado.devstack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A page on this machine on which the caught mails are read, and the same as JSON for tests. */
final class MailPage implements AutoCloseable {
    private static final Pattern LINK = Pattern.compile("https?://localhost[:/][^\\s<>\"']+");

    private final HttpServer server;
    private final MailCatcher catcher;

    private MailPage(HttpServer server, MailCatcher catcher) {
        this.server = server;
        this.catcher = catcher;
    }

    static MailPage start(int port, MailCatcher catcher) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            var page = new MailPage(server, catcher);
            server.createContext("/", page::answer);
            server.start();
            return page;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var host = exchange.getRequestHeaders().getFirst("Host");
            // A page elsewhere could point its own name at this machine; only our names are answered.
            if (host == null || !host.matches("(localhost|127\\.0\\.0\\.1)(:[0-9]+)?")) {
                send(exchange, 403, "text/plain", "Only on this machine");
                return;
            }
            if (!exchange.getRequestMethod().equals("GET")) {
                send(exchange, 405, "text/plain", "GET only");
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/" -> send(exchange, 200, "text/html", page());
                case "/mails.json" ->
                    send(
                            exchange,
                            200,
                            "application/json",
                            tools.jackson.databind.json.JsonMapper.builder()
                                    .build()
                                    .writeValueAsString(catcher.mails()));
                default -> send(exchange, 404, "text/plain", "Nothing here");
            }
        }
    }

    private String page() {
        var mails = catcher.mails();
        var list = mails.isEmpty()
                ? "<p>No mail yet. What Recado and Keycloak send ends here; nothing leaves this machine.</p>"
                : mails.stream().map(MailPage::entry).collect(Collectors.joining("\n"));
        return """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>Mail · Recado on this machine</title>
                <meta name="viewport" content="width=device-width,initial-scale=1"><meta http-equiv="refresh" content="10">
                <style>
                body{font:16px/1.5 system-ui,sans-serif;background:#ece7e5;color:#241a2b;margin:0;padding:24px}
                main{max-width:760px;margin:auto;background:#fffdfb;border-radius:14px;padding:24px 32px}
                h1{font-size:22px;border-bottom:2px solid #a8185f;padding-bottom:8px}
                h2{font-size:16px;margin:0} article{border-top:1px solid #dae2e9;padding:16px 0}
                p.meta{color:#574b5e;margin:2px 0 8px;font-size:14px} pre{white-space:pre-wrap;overflow-wrap:anywhere;
                font:14px/1.5 system-ui,sans-serif;margin:0} a{color:#a8185f}
                @media (prefers-color-scheme:dark){body{background:#141017;color:#f5eff3}main{background:#1e1823}
                p.meta{color:#c9bdcb}article{border-color:#343744}a{color:#f58fc1}}
                </style></head><body><main><h1>Mail caught on this machine</h1>
                %s
                </main></body></html>
                """.formatted(list);
    }

    private static String entry(MailCatcher.Mail mail) {
        return "<article><h2>%s</h2><p class=\"meta\">%s · %s</p><pre>%s</pre></article>"
                .formatted(
                        escape(mail.subject()), escape(String.join(", ", mail.to())), mail.at(), linked(mail.text()));
    }

    /** Escapes everything, and makes links of addresses on this machine only. */
    static String linked(String text) {
        var plain =
                text.replaceAll("(?is)<(style|script|head)\\b.*?</\\1>", "").replaceAll("(?i)<br\\s*/?>|</p>", "\n");
        var parts = new StringBuilder();
        var links = LINK.matcher(plain);
        var from = 0;
        while (links.find()) {
            parts.append(escape(withoutTags(plain.substring(from, links.start()))));
            var address = escape(links.group().replace("&amp;", "&"));
            parts.append("<a rel=\"noreferrer\" href=\"%s\">%s</a>".formatted(address, address));
            from = links.end();
        }
        return parts.append(escape(withoutTags(plain.substring(from)))).toString();
    }

    private static String withoutTags(String text) {
        return text.replaceAll("<[^>]*>?", "").replaceAll("^[^<>]*\">", "");
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type + "; charset=utf-8");
        headers.set(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
