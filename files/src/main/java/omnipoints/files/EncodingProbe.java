package omnipoints.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Decodes a whole file strictly, in constant memory, and says where it fails.
 *
 * @param badByte 0-based offset of the first byte that is no text, -1 if there is none
 * @param torn the only fault is that the file ends inside a character
 * @param nulByte 0-based offset of the first NUL byte, -1 if there is none; of a text of two-byte
 *     characters only that there is one
 */
public record EncodingProbe(Encoding encoding, long badByte, boolean torn, long nulByte) {
  private static final int CHUNK = 1 << 16;

  /** Whether all of it is text. */
  public boolean decodes() {
    return badByte < 0;
  }

  /** Reads the whole file. */
  public static EncodingProbe of(Path file, Encoding encoding) throws IOException {
    CharsetDecoder decoder =
        encoding
            .charset()
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    byte[] bytes = new byte[CHUNK];
    CharBuffer chars = CharBuffer.allocate(CHUNK);
    long nul = -1;
    long decoded = encoding.bomBytes();
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(encoding.bomBytes());
      int kept = 0;
      while (true) {
        int read = in.readNBytes(bytes, kept, CHUNK - kept);
        boolean end = kept + read < CHUNK;
        if (nul < 0 && !encoding.wide()) nul = firstNul(bytes, kept, kept + read, decoded);
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, kept + read);
        CoderResult result;
        do {
          chars.clear();
          result = decoder.decode(buffer, chars, end);
          if (nul < 0 && encoding.wide() && firstNul(chars)) nul = decoded;
        } while (result.isOverflow());
        if (result.isError()) {
          long at = decoded + buffer.position();
          return new EncodingProbe(encoding, at, end && incomplete(encoding, buffer), nul);
        }
        decoded += buffer.position();
        kept = buffer.remaining();
        System.arraycopy(bytes, buffer.position(), bytes, 0, kept);
        if (end) return new EncodingProbe(encoding, -1, false, nul);
      }
    }
  }

  private static long firstNul(byte[] bytes, int from, int to, long base) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == 0) return base + i;
    }
    return -1;
  }

  private static boolean firstNul(CharBuffer decoded) {
    for (int i = 0; i < decoded.position(); i++) {
      if (decoded.get(i) == 0) return true;
    }
    return false;
  }

  /** Whether the rest of the file is the beginning of a character. */
  private static boolean incomplete(Encoding encoding, ByteBuffer rest) {
    int left = rest.remaining();
    int lead = rest.get(rest.position()) & 0xff;
    if (encoding.wide()) return left < 4 && (left & 1) == 1 || left == 2;
    if (encoding.charset().equals(Encoding.GB18030.charset())) {
      return lead >= 0x81 && lead <= 0xfe && left < 4;
    }
    int needed = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
    if (left >= needed) return false;
    for (int i = rest.position() + 1; i < rest.limit(); i++) {
      if ((rest.get(i) & 0xc0) != 0x80) return false;
    }
    return true;
  }
}
