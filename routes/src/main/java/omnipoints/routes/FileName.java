package omnipoints.routes;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Rules about names that others chose. A name is shown and compared, never used to build a local
 * path.
 */
public final class FileName {
  private static final int NAME_BYTES_MAX = 255;

  /** Digits that may be somebody's mobile number: people name files after customers. */
  private static final Pattern PHONE =
      Pattern.compile("(?<!\\d)((?:86)?1[3-9]\\d)\\d{4}(\\d{4})(?!\\d)");

  private FileName() {}

  /**
   * Why this base name must not be used, or empty. Letters of any script, blanks and brackets are
   * normal.
   */
  public static Optional<String> fault(String name) {
    if (name.isBlank()) {
      return Optional.of("the name is blank");
    }
    if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
      return Optional.of("the name contains a path separator");
    }
    if (name.contains("..")) {
      return Optional.of("the name contains ..");
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES_MAX) {
      return Optional.of("the name is longer than " + NAME_BYTES_MAX + " bytes");
    }
    return name.codePoints()
        .filter(FileName::isForbidden)
        .mapToObj(code -> "the name contains the character " + escape(code))
        .findFirst();
  }

  /** Whether the name is that of a marker, which says that the file beside it is complete. */
  public static boolean isMarker(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(Marker.SUFFIX);
  }

  /**
   * The name fit for logs, tables and terminals: control, bidirectional and undecodable characters
   * as U+XXXX, digits that may be a mobile number but for the first three and the last four.
   */
  public static String printable(String name) {
    StringBuilder text = new StringBuilder(name.length());
    name.codePoints()
        .forEach(
            code -> {
              if (isForbidden(code)) {
                text.append('<').append(escape(code)).append('>');
              } else {
                text.appendCodePoint(code);
              }
            });
    return PHONE.matcher(text).replaceAll("$1****$2");
  }

  private static String escape(int code) {
    return String.format(Locale.ROOT, "U+%04X", code);
  }

  private static boolean isForbidden(int code) {
    return switch (Character.getType(code)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> isBidirectional(code) || code == 0xFFFD;
    };
  }

  private static boolean isBidirectional(int code) {
    return code == 0x061C
        || code == 0x200E
        || code == 0x200F
        || (code >= 0x202A && code <= 0x202E)
        || (code >= 0x2066 && code <= 0x2069);
  }
}
