package app.recado.kernel.media;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * Something that was said, as browsers record it (WebM) and as phones want it (Ogg): the same Opus packets in two envelopes. It
 * is put from either into one Ogg stream of ours, so that what is kept holds sound and nothing else, and its length is counted
 * and not believed. Nothing is decoded. See ADR 129.
 */
final class OpusTrack {

    /** The first bytes of the two envelopes. */
    private static final int EBML = 0x1A45DFA3;

    private static final int OGG = 0x4F676753;

    /** RFC 6716, 3.2.1 and 3.4: a packet of the longest duration with the largest frames, and room for padding. */
    private static final int LARGEST_PACKET = 64 * 1024;

    /** Samples of a second: Opus counts in them whatever it was recorded with. */
    private static final int RATE = 48_000;

    private static final int LONGEST_PACKET = RATE * 120 / 1000;

    private static final String MALFORMED = "It is no recording in Opus that can be read";

    private OpusTrack() {}

    /** What was given is no such recording. */
    static final class Malformed extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        Malformed(String why) {
            super(why);
        }
    }

    /** There is more of it than is kept. */
    static final class TooLong extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;
    }

    /** Takes the parts of a recording in their order. */
    private interface Parts {
        void head(byte[] head) throws IOException, Malformed;

        void packet(byte[] packet) throws IOException, Malformed, TooLong;
    }

    /** Whether it begins like one of the envelopes; nothing is read from the stream for good. */
    static boolean mayBe(BufferedInputStream in) throws IOException {
        in.mark(Integer.BYTES);
        var first = in.readNBytes(Integer.BYTES);
        in.reset();
        int magic = first.length == Integer.BYTES ? (int) number(first, 0, Integer.BYTES) : 0;
        return magic == EBML || magic == OGG;
    }

    /**
     * Writes the recording as one Ogg stream.
     *
     * @param most bytes of sound
     * @return how long it is, at least one second
     * @throws Malformed when it is anything but one track of Opus
     * @throws TooLong when there is more of it
     */
    static Duration rewrite(BufferedInputStream in, OutputStream out, long most, Duration longest)
            throws IOException, Malformed, TooLong {
        in.mark(Integer.BYTES);
        int magic = (int) number(in.readNBytes(Integer.BYTES), 0, Integer.BYTES);
        in.reset();
        var writer = new Writer(out, most, longest);
        try {
            if (magic == OGG) {
                readOgg(in, writer);
            } else {
                readWebm(in, writer);
            }
        } catch (EOFException e) {
            throw new Malformed(MALFORMED);
        }
        return writer.end();
    }

    // WebM: https://www.rfc-editor.org/rfc/rfc8794 (EBML) and RFC 9559 (Matroska)

    private static final int SEGMENT = 0x18538067;
    private static final int TRACKS = 0x1654AE6B;
    private static final int TRACK = 0xAE;
    private static final int CODEC = 0x86;
    private static final int CODEC_PRIVATE = 0x63A2;
    private static final int CLUSTER = 0x1F43B675;
    private static final int BLOCK_GROUP = 0xA0;
    private static final int BLOCK = 0xA1;
    private static final int SIMPLE_BLOCK = 0xA3;
    private static final int LACING = 0x06;

    /** Where the length of a live recording is not known when its element begins. */
    private static final long UNKNOWN = -1;

    /** Elements are read in the order they stand in; of those that hold others only the others matter, so depth does not. */
    private static void readWebm(InputStream in, Parts parts) throws IOException, Malformed, TooLong {
        boolean headed = false;
        int tracks = 0;
        while (true) {
            int id = elementId(in);
            if (id == UNKNOWN) {
                return;
            }
            long size = elementSize(in);
            switch (id) {
                case SEGMENT, TRACKS, CLUSTER, BLOCK_GROUP -> {}
                case TRACK -> must(++tracks == 1);
                case CODEC -> must(new String(bytes(in, size), StandardCharsets.US_ASCII).equals("A_OPUS"));
                case CODEC_PRIVATE -> {
                    must(!headed);
                    parts.head(bytes(in, size));
                    headed = true;
                }
                case SIMPLE_BLOCK, BLOCK -> {
                    must(headed);
                    parts.packet(blockOf(bytes(in, size)));
                }
                default -> {
                    must(size != UNKNOWN);
                    in.skipNBytes(size);
                }
            }
        }
    }

    /** A block without its track number, time and flags. Browsers put one packet into each. */
    private static byte[] blockOf(byte[] block) throws Malformed {
        must(block.length > 4);
        int number = Integer.numberOfLeadingZeros(block[0] & 0xFF) - 24 + 1;
        int flags = number + 2;
        must(number <= 8 && block.length > flags + 1 && (block[flags] & LACING) == 0);
        return Arrays.copyOfRange(block, flags + 1, block.length);
    }

    /** {@link #UNKNOWN} at the end. */
    private static int elementId(InputStream in) throws IOException, Malformed {
        int first = in.read();
        if (first < 0) {
            return (int) UNKNOWN;
        }
        int length = Integer.numberOfLeadingZeros(first) - 24 + 1;
        must(length <= Integer.BYTES);
        int id = first;
        for (int i = 1; i < length; i++) {
            id = id << 8 | oneOf(in);
        }
        return id;
    }

    private static long elementSize(InputStream in) throws IOException, Malformed {
        int first = oneOf(in);
        int length = Integer.numberOfLeadingZeros(first) - 24 + 1;
        must(length <= Long.BYTES);
        long size = first & (0xFF >> length);
        boolean open = size == 0xFF >> length;
        for (int i = 1; i < length; i++) {
            int next = oneOf(in);
            open = open && next == 0xFF;
            size = size << 8 | next;
        }
        return open ? UNKNOWN : size;
    }

    private static byte[] bytes(InputStream in, long size) throws IOException, Malformed {
        must(size >= 0 && size <= LARGEST_PACKET);
        var read = in.readNBytes((int) size);
        must(read.length == size);
        return read;
    }

    // Ogg: https://www.rfc-editor.org/rfc/rfc3533, and RFC 7845 for Opus in it

    private static final int PAGE_HEAD = 27;
    private static final int CONTINUED = 0x01;
    private static final int FIRST = 0x02;
    private static final int LAST = 0x04;

    private static void readOgg(InputStream in, Parts parts) throws IOException, Malformed, TooLong {
        var packet = new ByteArrayOutputStream();
        long stream = -1;
        int packets = 0;
        while (true) {
            var head = in.readNBytes(PAGE_HEAD);
            if (head.length == 0) {
                must(packet.size() == 0);
                return;
            }
            must(head.length == PAGE_HEAD && (int) number(head, 0, 4) == OGG && head[4] == 0);
            long serial = number(head, 14, 4);
            must(stream == -1 || stream == serial);
            stream = serial;
            must((head[5] & CONTINUED) != 0 == packet.size() > 0);
            int segments = head[26] & 0xFF;
            var lacing = in.readNBytes(segments);
            must(lacing.length == segments);
            for (byte lace : lacing) {
                int length = lace & 0xFF;
                var part = in.readNBytes(length);
                must(part.length == length && packet.size() + length <= LARGEST_PACKET);
                packet.write(part);
                if (length < 255) {
                    switch (packets++) {
                        case 0 -> parts.head(packet.toByteArray());
                        // Names and titles: of no use to anybody, and nobody's business.
                        case 1 -> must(startsWith(packet.toByteArray(), "OpusTags"));
                        default -> parts.packet(packet.toByteArray());
                    }
                    packet.reset();
                }
            }
        }
    }

    private static int oneOf(InputStream in) throws IOException {
        int one = in.read();
        if (one < 0) {
            throw new EOFException();
        }
        return one;
    }

    private static void must(boolean holds) throws Malformed {
        if (!holds) {
            throw new Malformed(MALFORMED);
        }
    }

    private static boolean startsWith(byte[] bytes, String sign) {
        return bytes.length >= sign.length()
                && new String(bytes, 0, sign.length(), StandardCharsets.US_ASCII).equals(sign);
    }

    /** Big-endian. */
    private static long number(byte[] bytes, int from, int length) {
        long number = 0;
        for (int i = 0; i < length && from + i < bytes.length; i++) {
            number = number << 8 | bytes[from + i] & 0xFF;
        }
        return number;
    }

    /** How many samples a packet holds, by its first bytes (RFC 6716, 3.1). */
    static int samplesOf(byte[] packet) {
        int config = (packet[0] & 0xFF) >> 3;
        int frame;
        if (config < 12) {
            frame = RATE / 1000 * new int[] {10, 20, 40, 60}[config & 3];
        } else if (config < 16) {
            frame = RATE / 1000 * (config & 1) * 10 + RATE / 100;
        } else {
            frame = RATE / 400 << (config & 3);
        }
        int frames = switch (packet[0] & 3) {
            case 0 -> 1;
            case 1, 2 -> 2;
            default -> packet.length > 1 ? packet[1] & 0x3F : 0;
        };
        return frame * frames;
    }

    /** Writes Ogg: the head, no comments, then a page for about a second each. */
    private static final class Writer implements Parts {

        private static final int MOST_LACES = 255;
        private static final int[] CRC = crcs();

        private final OutputStream out;
        private final long longest;
        private final ByteArrayOutputStream laces = new ByteArrayOutputStream();
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private long room;
        private int pages;
        private long written;
        private long paged;

        Writer(OutputStream out, long mostBytes, Duration longest) {
            this.out = out;
            this.room = mostBytes;
            this.longest = longest.toSeconds() * RATE;
        }

        @Override
        public void head(byte[] head) throws IOException, Malformed {
            // One or two channels, in the one mapping that needs no table.
            must(startsWith(head, "OpusHead")
                    && head.length >= 19
                    && head[8] >>> 4 == 0
                    && (head[9] == 1 || head[9] == 2)
                    && head[18] == 0);
            add(Arrays.copyOf(head, 19));
            page(FIRST);
            add(new byte[] {'O', 'p', 'u', 's', 'T', 'a', 'g', 's', 6, 0, 0, 0, 'R', 'e', 'c', 'a', 'd', 'o', 0, 0, 0, 0
            });
            page(0);
        }

        @Override
        public void packet(byte[] packet) throws IOException, Malformed, TooLong {
            must(pages >= 2 && packet.length > 0);
            int samples = samplesOf(packet);
            must(samples > 0 && samples <= LONGEST_PACKET);
            // The last page says that it is the last, so one packet always waits for the next.
            if (written - paged >= RATE || laces.size() + packet.length / 255 + 1 > MOST_LACES) {
                page(0);
            }
            must(packet.length / 255 + 1 <= MOST_LACES);
            add(packet);
            written += samples;
            room -= packet.length;
            if (written > longest || room < 0) {
                throw new TooLong();
            }
        }

        Duration end() throws IOException, Malformed {
            must(written > 0);
            page(LAST);
            return Duration.ofSeconds(Math.max(1, Math.round((double) written / RATE)));
        }

        private void add(byte[] packet) {
            for (int left = packet.length; left >= 255; left -= 255) {
                laces.write(255);
            }
            laces.write(packet.length % 255);
            body.writeBytes(packet);
        }

        private void page(int flags) throws IOException {
            var page =
                    ByteBuffer.allocate(PAGE_HEAD + laces.size() + body.size()).order(ByteOrder.LITTLE_ENDIAN);
            page.put(new byte[] {'O', 'g', 'g', 'S', 0, (byte) flags})
                    .putLong(written)
                    .putInt(1)
                    .putInt(pages++)
                    .putInt(0)
                    .put((byte) laces.size())
                    .put(laces.toByteArray())
                    .put(body.toByteArray());
            page.putInt(22, crc(page.array()));
            out.write(page.array());
            laces.reset();
            body.reset();
            paged = written;
        }

        private static int crc(byte[] bytes) {
            int crc = 0;
            for (byte one : bytes) {
                crc = crc << 8 ^ CRC[(crc >>> 24 ^ one) & 0xFF];
            }
            return crc;
        }

        private static int[] crcs() {
            var table = new int[256];
            for (int i = 0; i < 256; i++) {
                int crc = i << 24;
                for (int bit = 0; bit < 8; bit++) {
                    crc = crc << 1 ^ (crc < 0 ? 0x04C11DB7 : 0);
                }
                table[i] = crc;
            }
            return table;
        }
    }
}
