package omnipoints.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The encodings tried on one text file, in order, up to the first of which the whole file is text.
 * Bytes are never counted or guessed at.
 */
public final class TextEncodings {
  private static final int HEAD = 4096;

  private final String fileName;
  private final List<EncodingProbe> probes = new ArrayList<>();

  private TextEncodings(String fileName) {
    this.fileName = fileName;
  }

  /**
   * Tries the encodings on the file; a byte order mark leaves no choice.
   *
   * @param fileName name for messages
   */
  public static TextEncodings of(Path file, String fileName, Collection<Encoding> allowed)
      throws IOException {
    TextEncodings tried = new TextEncodings(fileName);
    Optional<Encoding> marked = marked(file);
    for (Encoding encoding : marked.isPresent() ? List.of(marked.get()) : allowed) {
      EncodingProbe probe = EncodingProbe.of(file, encoding);
      tried.probes.add(probe);
      if (probe.decodes()) break;
    }
    return tried;
  }

  /** The encoding a byte order mark tells. */
  public static Optional<Encoding> marked(Path file) throws IOException {
    byte[] head = head(file, 3);
    if (starts(head, 0xff, 0xfe)) return Optional.of(Encoding.UTF_16LE_BOM);
    if (starts(head, 0xfe, 0xff)) return Optional.of(Encoding.UTF_16BE_BOM);
    return starts(head, 0xef, 0xbb, 0xbf) ? Optional.of(Encoding.UTF_8_BOM) : Optional.empty();
  }

  private static byte[] head(Path file, int bytes) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(bytes);
    }
  }

  private static boolean starts(byte[] head, int... mark) {
    if (head.length < mark.length) return false;
    for (int i = 0; i < mark.length; i++) if ((head[i] & 0xff) != mark[i]) return false;
    return true;
  }

  /**
   * Whether the beginning of a file without a mark can only be UTF-16LE: no eight-bit text has a
   * NUL, and here they stand in every place a Latin letter, digit or separator would put them, and
   * in no other.
   */
  public static boolean looksWide(Path file) throws IOException {
    byte[] head = head(file, HEAD);
    int odd = 0;
    for (int i = 0; i < head.length; i++) {
      if (head[i] != 0) continue;
      if (i % 2 == 0) return false;
      odd++;
    }
    return odd > 0;
  }

  /** The encoding of which all of the file is text, NULs apart. */
  public Optional<Encoding> good() {
    return probes.stream().filter(EncodingProbe::decodes).map(EncodingProbe::encoding).findFirst();
  }

  /** The encodings that fail, in the order in which they were tried. */
  public List<Encoding> failed() {
    return probes.stream().filter(probe -> !probe.decodes()).map(EncodingProbe::encoding).toList();
  }

  /** Why the file is no text although it decodes; empty if it is text. */
  public Optional<DeliveryRefused> nul() {
    return probes.stream()
        .filter(probe -> probe.decodes() && probe.nulByte() >= 0)
        .map(
            probe ->
                Refusals.broken(
                    fileName, "byte " + probe.nulByte() + " is NUL: this is no text file"))
        .findFirst();
  }

  /** Why the file is no text in an encoding that failed. */
  public DeliveryRefused undecodable(Encoding failed) {
    EncodingProbe bad =
        probes.stream().filter(probe -> probe.encoding().equals(failed)).findFirst().orElseThrow();
    if (bad.torn()) {
      return Refusals.torn(
          fileName, "the file ends inside a character of " + failed + ": it is torn");
    }
    String tried =
        probes.stream()
            .filter(probe -> !probe.decodes())
            .map(probe -> probe.encoding() + " fails at byte " + probe.badByte())
            .collect(Collectors.joining(", "));
    return Refusals.broken(fileName, "the bytes are no text: " + tried);
  }
}
