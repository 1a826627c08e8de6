package omnipoints.routes;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@code <file>.done} beside a file says.
 *
 * @param kind none there, complete, complete with this hash, or not understood
 * @param sha256 lower-case hex when {@code kind} is HASH, else null
 */
record Marker(Kind kind, String sha256) {
  /** The longest marker anybody reads; a hash and a name fit. */
  static final int BYTES_MAX = 1024;

  static final String SUFFIX = ".done";
  static final Marker NONE = new Marker(Kind.NONE, null);
  static final Marker COMPLETE = new Marker(Kind.COMPLETE, null);

  // As written by hand or by sha256sum, which adds the file's name.
  private static final Pattern HASH = Pattern.compile("([0-9a-fA-F]{64})(\\s.*)?", Pattern.DOTALL);

  enum Kind {
    NONE,
    COMPLETE,
    HASH,
    BAD
  }

  static Marker parse(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8).strip();
    if (text.isEmpty()) {
      return COMPLETE;
    }
    Matcher hash = HASH.matcher(text);
    return hash.matches() && content.length <= BYTES_MAX
        ? new Marker(Kind.HASH, hash.group(1).toLowerCase(Locale.ROOT))
        : new Marker(Kind.BAD, null);
  }
}
