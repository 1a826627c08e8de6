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
 * Whether a whole file is text of an encoding, and if not, where it fails. In constant memory.
 *
 * @param badByte 0-based offset of the first byte that is no text, -1 if there is none
 * @param torn the only fault is that the file ends inside a character
 * @param nulByte 0-based offset of the first NUL byte, -1 if there is none; of a text of two-byte
 *     characters only that there is one
 */
record EncodingProbe(Encoding encoding, long badByte, boolean torn, long nulByte) {
  private static final int CHUNK = 1 << 16;

  /** Whether all of it is text. */
  boolean decodes() {
    return badByte < 0;
  }

  /** Reads the whole file. */
  static EncodingProbe of(Path file, Encoding encoding) throws IOException {
    EncodingProbe good = encoding.wide() ? null : walked(file, encoding);
    return good == null ? decoded(file, encoding) : good;
  }

  /** The probe of a file that is text, which nearly all are; null for any other. */
  private static EncodingProbe walked(Path file, Encoding encoding) throws IOException {
    TextBytes text = new TextBytes(encoding);
    byte[] bytes = new byte[CHUNK];
    long nul = -1;
    long walked = encoding.bomBytes();
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(encoding.bomBytes());
      int kept = 0;
      while (true) {
        int filled = kept + in.readNBytes(bytes, kept, CHUNK - kept);
        int whole = text.walk(bytes, filled);
        if (whole == TextBytes.BAD) return null;
        int found = nul < 0 ? TextBytes.nul(bytes, 0, whole) : -1;
        if (found >= 0) nul = walked + found;
        walked += whole;
        kept = filled - whole;
        if (filled < CHUNK) return kept == 0 ? new EncodingProbe(encoding, -1, false, nul) : null;
        System.arraycopy(bytes, whole, bytes, 0, kept);
      }
    }
  }

  /** Says where it fails. */
  static EncodingProbe decoded(Path file, Encoding encoding) throws IOException {
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
        if (nul < 0 && !encoding.wide()) {
          int found = TextBytes.nul(bytes, kept, kept + read);
          if (found >= 0) nul = decoded + found;
        }
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
