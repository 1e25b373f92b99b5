package app.recado.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One connection that is kept alive and sends requests one after another. The processor is shared with the server that is
 * measured, so it does as little as HTTP/1.1 allows.
 */
final class ApiConnection implements AutoCloseable {

    private final URI server;
    private Socket socket = new Socket();
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private boolean isClosing;

    ApiConnection(URI server) throws IOException {
        this.server = server;
        connect();
    }

    private void connect() throws IOException {
        socket.close();
        isClosing = false;
        socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
        in = new BufferedInputStream(socket.getInputStream(), 65_536);
        out = socket.getOutputStream();
    }

    /**
     * One answer.
     *
     * @param location the last segment of the address of what was created, or empty
     * @param body as it came
     */
    record Answer(int status, String etag, String location, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        Answer orFail() {
            if (status / 100 != 2) {
                throw new IllegalStateException(status + " " + text());
            }
            return this;
        }
    }

    /**
     * A request as it goes over the wire.
     *
     * @param headers lines that end with CR and LF
     * @param body empty for none
     */
    static byte[] request(String method, String path, String headers, String body) {
        return request(method, path, headers, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A request as it goes over the wire.
     *
     * @param headers lines that end with CR and LF
     * @param content empty for none
     */
    static byte[] request(String method, String path, String headers, String type, byte[] content) {
        var head = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers
                + (content.length == 0
                        ? ""
                        : "Content-Type: " + type + "\r\nContent-Length: " + content.length + "\r\n")
                + "\r\n";
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(content);
        return bytes.toByteArray();
    }

    /** Sends it, over another connection when the server announced that it ends this one, as it does after a hundred. */
    Answer send(byte[] request) throws IOException {
        if (isClosing) {
            connect();
        }
        out.write(request);
        int status = Integer.parseInt(line().substring(9, 12));
        var etag = "";
        var location = "";
        int length = 0;
        for (var header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            var value = header.substring(colon + 1).strip();
            switch (header.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "etag" -> etag = value;
                case "location" -> location = value.substring(value.lastIndexOf('/') + 1);
                case "content-length" -> length = Integer.parseInt(value);
                case "transfer-encoding" -> length = -1;
                case "connection" -> isClosing = value.equalsIgnoreCase("close");
                default -> {}
            }
        }
        return new Answer(status, etag, location, length < 0 ? chunks() : exactly(length));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private byte[] chunks() throws IOException {
        var all = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line().strip(), 16);
            all.writeBytes(exactly(size));
            line();
            if (size == 0) {
                return all.toByteArray();
            }
        }
    }

    private byte[] exactly(int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the answer ended early");
        }
        return bytes;
    }

    private String line() throws IOException {
        var text = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (c != '\r') {
                text.append((char) c);
            }
        }
        return text.toString();
    }
}
