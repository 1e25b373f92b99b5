package app.recado.kernel.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.recado.testing.TestVoice;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Voice notes, from the envelope of browsers into that of phones. */
class OpusTrackTest {

    private static final Duration LONGEST = Duration.ofSeconds(300);

    private record Written(Duration length, byte[] bytes) {}

    private static Written rewrite(byte[] recording) throws Exception {
        return rewrite(recording, LONGEST);
    }

    private static Written rewrite(byte[] recording, Duration longest) throws Exception {
        var out = new ByteArrayOutputStream();
        var in = new BufferedInputStream(new ByteArrayInputStream(recording));
        assertThat(OpusTrack.mayBe(in)).isTrue();
        var length = OpusTrack.rewrite(in, out, 16_000_000, longest);
        return new Written(length, out.toByteArray());
    }

    /** A page of Ogg, read by the letter of RFC 3533. */
    private record Page(int flags, long granule, int sequence, List<byte[]> packets) {}

    private static List<Page> pages(byte[] ogg) {
        var pages = new ArrayList<Page>();
        var buffer = ByteBuffer.wrap(ogg).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            int start = buffer.position();
            assertThat(buffer.getInt()).isEqualTo(0x5367674F);
            assertThat(buffer.get()).as("version").isZero();
            int flags = buffer.get();
            long granule = buffer.getLong();
            buffer.getInt();
            int sequence = buffer.getInt();
            int crc = buffer.getInt();
            var laces = new byte[buffer.get() & 0xFF];
            buffer.get(laces);
            var packets = new ArrayList<byte[]>();
            var packet = new ByteArrayOutputStream();
            for (byte lace : laces) {
                var part = new byte[lace & 0xFF];
                buffer.get(part);
                packet.writeBytes(part);
                if (part.length < 255) {
                    packets.add(packet.toByteArray());
                    packet.reset();
                }
            }
            assertThat(packet.size()).as("no packet goes on on another page").isZero();
            var page = Arrays.copyOfRange(ogg, start, buffer.position());
            Arrays.fill(page, 22, 26, (byte) 0);
            assertThat(crc).isEqualTo(crc(page));
            pages.add(new Page(flags, granule, sequence, packets));
        }
        return pages;
    }

    private static int crc(byte[] page) {
        int crc = 0;
        for (byte one : page) {
            crc ^= one << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc << 1 ^ (crc < 0 ? 0x04C11DB7 : 0);
            }
        }
        return crc;
    }

    @Test
    void what_a_browser_recorded_becomes_one_ogg_stream_with_every_packet_as_it_was() throws Exception {
        var written = rewrite(TestVoice.webm(7));

        var pages = pages(written.bytes());
        assertThat(written.length()).isEqualTo(Duration.ofSeconds(7));
        assertThat(pages.getFirst().flags()).isEqualTo(2);
        assertThat(new String(pages.get(0).packets().getFirst(), 0, 8, java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("OpusHead");
        assertThat(new String(pages.get(1).packets().getFirst(), 0, 8, java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("OpusTags");
        assertThat(pages.getLast().flags()).isEqualTo(4);
        assertThat(pages.getLast().granule()).isEqualTo(7 * 48_000);
        assertThat(pages).extracting(Page::sequence).doesNotHaveDuplicates().isSorted();
        var sound =
                pages.stream().skip(2).flatMap(page -> page.packets().stream()).toList();
        assertThat(sound).usingRecursiveComparison().isEqualTo(TestVoice.packets(7));
    }

    @Test
    void what_is_ogg_already_is_written_anew_without_the_names_in_it() throws Exception {
        var first = rewrite(TestVoice.webm(3));
        assertThat(rewrite(first.bytes()).bytes()).isEqualTo(first.bytes());
    }

    @Test
    void a_recording_that_is_too_long_is_told_from_one_that_is_none() {
        assertThatThrownBy(() -> rewrite(TestVoice.webm(6), Duration.ofSeconds(5)))
                .isInstanceOf(OpusTrack.TooLong.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"V_VP8", "A_VORBIS"})
    void nothing_but_opus_is_a_voice_note(String codec) {
        assertThatThrownBy(() -> rewrite(TestVoice.webm(codec, TestVoice.packets(1))))
                .isInstanceOf(OpusTrack.Malformed.class);
    }

    @Test
    void whatever_is_cut_off_or_altered_is_refused_or_read_and_never_fails_otherwise() throws Exception {
        var webm = TestVoice.webm(1);
        var ogg = rewrite(webm).bytes();
        var random = new java.util.Random(13);
        for (var whole : List.of(webm, ogg)) {
            for (int i = 0; i < 3000; i++) {
                var broken = i % 2 == 0 ? Arrays.copyOf(whole, 4 + random.nextInt(whole.length - 4)) : whole.clone();
                if (i % 2 == 1) {
                    for (int n = 0; n < 3; n++) {
                        broken[4 + random.nextInt(Math.min(400, whole.length - 4))] = (byte) random.nextInt(256);
                    }
                }
                try {
                    assertThat(pages(rewrite(broken).bytes())).hasSizeGreaterThan(2);
                } catch (OpusTrack.Malformed | OpusTrack.TooLong refused) {
                    assertThat(refused).isNotNull();
                }
            }
        }
    }
}
