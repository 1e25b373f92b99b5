package app.recado.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Recordings as a browser makes them: Opus in WebM, whose lengths are not known when they begin. */
public final class TestVoice {

    /** 20 ms of silence: SILK, narrow band, one frame, as RFC 6716 writes it. */
    private static final byte[] PACKET = {0x08, 0x0b, (byte) 0xe4, (byte) 0xc1, 0x36};

    private static final byte[] HEAD = {
        'O', 'p', 'u', 's', 'H', 'e', 'a', 'd', 1, 1, 0x38, 0x01, (byte) 0x80, (byte) 0xbb, 0, 0, 0, 0, 0
    };

    private TestVoice() {}

    /** Packets of a recording, each of another length, so that none can take the place of another. */
    public static List<byte[]> packets(int seconds) {
        var packets = new ArrayList<byte[]>();
        for (int i = 0; i < seconds * 50; i++) {
            var packet = java.util.Arrays.copyOf(PACKET, PACKET.length + i % 300);
            packet[packet.length - 1] = (byte) i;
            packets.add(packet);
        }
        return packets;
    }

    /** As Chromium records it. */
    public static byte[] webm(int seconds) {
        return webm("A_OPUS", packets(seconds));
    }

    public static byte[] webm(String codec, List<byte[]> packets) {
        var out = new ByteArrayOutputStream();
        element(out, "1A45DFA3", join(bytes("4282", ascii("webm")), bytes("4285", new byte[] {2})));
        open(out, "18538067");
        element(out, "1549A966", bytes("4D80", ascii("Chrome")));
        element(
                out,
                "1654AE6B",
                bytes(
                        "AE",
                        join(
                                bytes("D7", new byte[] {1}),
                                bytes("86", ascii(codec)),
                                bytes("63A2", HEAD),
                                bytes("E1", bytes("9F", new byte[] {1})))));
        for (int i = 0; i < packets.size(); i++) {
            if (i % 100 == 0) {
                open(out, "1F43B675");
                element(out, "E7", new byte[] {(byte) (i >> 8), (byte) i});
            }
            var block = join(new byte[] {(byte) 0x81, 0, 0, (byte) 0x80}, packets.get(i));
            if (i == packets.size() - 1) {
                element(out, "A0", join(bytes("A1", block), bytes("75A2", new byte[] {1})));
            } else {
                element(out, "A3", block);
            }
        }
        return out.toByteArray();
    }

    private static byte[] bytes(String id, byte[] content) {
        var out = new ByteArrayOutputStream();
        element(out, id, content);
        return out.toByteArray();
    }

    private static void element(ByteArrayOutputStream out, String id, byte[] content) {
        out.writeBytes(java.util.HexFormat.of().parseHex(id));
        if (content.length < 127) {
            out.write(0x80 | content.length);
        } else {
            out.write(0x40 | content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
    }

    private static void open(ByteArrayOutputStream out, String id) {
        out.writeBytes(java.util.HexFormat.of().parseHex(id));
        out.writeBytes(new byte[] {1, -1, -1, -1, -1, -1, -1, -1});
    }

    private static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
