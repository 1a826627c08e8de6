package omnipoints.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The walk over the bytes says what the decoder says. */
class EncodingProbeTest {
  private static final int CHUNK = 1 << 16;
  private static final int RANDOM_FILES = 5_000;

  @TempDir Path folder;

  private EncodingProbe same(Encoding encoding, byte[] bytes) throws IOException {
    Path file = folder.resolve("f");
    Files.write(file, bytes);
    EncodingProbe probe = EncodingProbe.of(file, encoding);
    assertThat(probe).isEqualTo(EncodingProbe.decoded(file, encoding));
    return probe;
  }

  @Test
  void every_character_of_two_bytes_of_gb18030_is_text_or_none_to_both() {
    TextBytes text = new TextBytes(Encoding.GB18030);
    for (int lead = 0x80; lead <= 0xff; lead++)
      for (int second = 0; second <= 0xff; second++) {
        byte[] bytes = {(byte) lead, (byte) second};
        if (second >= 0x30 && second <= 0x39) continue;
        assertThat(text.walk(bytes, 2) == 2)
            .as("%02x %02x", lead, second)
            .isEqualTo(decodes(Encoding.GB18030, bytes));
      }
  }

  @Test
  void every_start_of_a_character_of_utf8_is_text_or_none_to_both() {
    TextBytes text = new TextBytes(Encoding.UTF_8);
    byte[] edges = {0x00, 0x7f, (byte) 0x80, (byte) 0x9f, (byte) 0xbf, (byte) 0xc0, (byte) 0xff};
    for (int lead = 0x80; lead <= 0xff; lead++)
      for (int second = 0; second <= 0xff; second++)
        for (byte third : edges)
          for (byte fourth : edges) {
            byte[] bytes = {(byte) lead, (byte) second, third, fourth};
            assertThat(text.walk(bytes, 4) == 4)
                .as("%02x %02x %02x %02x", lead, second, third, fourth)
                .isEqualTo(decodes(Encoding.UTF_8, bytes));
          }
  }

  private static boolean decodes(Encoding encoding, byte[] bytes) {
    try {
      encoding.charset().newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Test
  void any_bytes_get_the_same_answer() throws IOException {
    List<String> pieces = List.of("a", "锅", "é", "\uD840\uDC00", "㐀", "\u0000", "12.50,", "\r\n");
    int[] good = new int[2];
    for (int seed = 0; seed < RANDOM_FILES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Encoding encoding = random.nextBoolean() ? Encoding.UTF_8 : Encoding.GB18030;
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (int i = random.nextInt(40); i > 0; i--) {
        out.writeBytes(pieces.get(random.nextInt(pieces.size())).getBytes(encoding.charset()));
      }
      byte[] bytes = out.toByteArray();
      if (bytes.length > 0 && random.nextInt(3) == 0)
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      if (bytes.length > 0 && random.nextInt(3) == 0)
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      good[same(encoding, bytes).decodes() ? 1 : 0]++;
    }
    assertThat(good[0]).isGreaterThan(RANDOM_FILES / 10);
    assertThat(good[1]).isGreaterThan(RANDOM_FILES / 10);
  }

  @Test
  void a_character_may_lie_across_two_pieces_and_a_torn_one_is_told() throws IOException {
    for (Encoding encoding : List.of(Encoding.UTF_8, Encoding.GB18030))
      for (String character : List.of("锅", "\uD840\uDC00"))
        for (int before = CHUNK - 4; before <= CHUNK; before++) {
          byte[] text = ("x".repeat(before) + character + "\u0000y").getBytes(encoding.charset());
          EncodingProbe whole = same(encoding, text);
          assertThat(whole.decodes()).isTrue();
          assertThat(whole.nulByte()).isEqualTo(text.length - 2);
          EncodingProbe torn = same(encoding, Arrays.copyOf(text, text.length - 3));
          assertThat(torn.torn()).isTrue();
          assertThat(torn.badByte()).isEqualTo(before);
        }
  }
}
