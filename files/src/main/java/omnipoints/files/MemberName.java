package omnipoints.files;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names of members, which whoever packed the archive chose freely: shown, never used as a path. */
final class MemberName {
  private static final Set<String> LITTER = Set.of(".ds_store", "thumbs.db", "desktop.ini");

  private MemberName() {}

  /** The name in UTF-8 if its bytes are that, else in GB18030; GBK names carry no mark. */
  static String decode(byte[] raw) {
    for (Charset charset : List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"))) {
      try {
        return charset.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
      } catch (CharacterCodingException e) {
        // The next one may fit.
      }
    }
    return new String(raw, StandardCharsets.ISO_8859_1);
  }

  /** Why the name must not be used, null if it may. Folders inside are normal. */
  static String fault(String name) {
    if (name.isBlank()) return "the name is blank";
    if (name.startsWith("/")) return "the name is an absolute path";
    if (name.indexOf('\\') >= 0) return "the name contains a backslash";
    if (name.matches("(?s)[A-Za-z]:.*")) return "the name starts with a drive";
    for (String step : name.split("/", -1)) {
      if (step.equals("..") || step.equals(".")) return "the name leads out of its folder";
    }
    if (name.codePoints().anyMatch(MemberName::forbidden)) {
      return "the name contains a control character";
    }
    return null;
  }

  /** What operating systems leave behind, and folders. */
  static boolean litter(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return name.endsWith("/")
        || lower.startsWith("__macosx/")
        || lower.contains("/__macosx/")
        || LITTER.contains(base(lower));
  }

  /** What follows the last folder. */
  static String base(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** Fit for logs and tables: characters that are none to look at as U+XXXX. */
  static String printable(String name) {
    StringBuilder text = new StringBuilder();
    name.codePoints()
        .forEach(
            code -> {
              if (forbidden(code)) text.append(String.format(Locale.ROOT, "<U+%04X>", code));
              else text.appendCodePoint(code);
            });
    return text.toString();
  }

  private static boolean forbidden(int code) {
    int type = Character.getType(code);
    return type == Character.CONTROL
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || code == 0xfffd
        || code == 0x061c
        || code == 0x200e
        || code == 0x200f
        || (code >= 0x202a && code <= 0x202e)
        || (code >= 0x2066 && code <= 0x2069);
  }
}
