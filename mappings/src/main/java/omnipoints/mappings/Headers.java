package omnipoints.mappings;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import omnipoints.files.Blanks;

/** How spellings of one header or status word are made equal. */
public final class Headers {
  private Headers() {}

  /**
   * NFKC (full width brackets and letters become half width), all blanks and invisible marks
   * removed, 帐 written 账, lower case: {@code "收货地址 "}, {@code "收入金额（+元）"} and {@code "商品 ID"} meet
   * their half-width, unspaced forms.
   */
  public static String normalise(String text) {
    if (plain(text)) return text;
    String folded = Normalizer.normalize(text, Normalizer.Form.NFKC);
    StringBuilder kept = new StringBuilder(folded.length());
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      if (!blank(c)) kept.append(c == '帐' ? '账' : c);
    }
    return kept.toString().toLowerCase(Locale.ROOT);
  }

  /** Ideographs and small letters only, as most headers are: nothing to fold. */
  private static boolean plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean ideograph = c >= 0x4e00 && c <= 0x9fff && c != '帐';
      boolean small = c > ' ' && c < 0x7f && (c < 'A' || c > 'Z');
      if (!ideograph && !small) return false;
    }
    return true;
  }

  /** NFKC makes full width commas and slashes half width; blanks and case do not matter either. */
  public static String normaliseStatus(String text) {
    return normalise(text).replace('、', ',').replace(';', ',');
  }

  /** Blanks of every width, control characters, and marks nobody sees (zero width space). */
  static boolean blank(char c) {
    return c <= ' ' || c == 0x7f || Blanks.space(c);
  }

  /** So many names are told in one line; a sheet may have 16,384 columns that nobody meant. */
  private static final int TOLD = 20;

  private static final int NAME_TOLD = 60;

  private static String shortened(String name) {
    return name.codePointCount(0, name.length()) <= NAME_TOLD
        ? name
        : name.substring(0, name.offsetByCodePoints(0, NAME_TOLD)) + "…";
  }

  /** The first names, long ones cut, and how many there are beyond. */
  static String listed(Collection<String> names) {
    String first =
        names.stream().limit(TOLD).map(Headers::shortened).collect(Collectors.joining(", "));
    return names.size() <= TOLD ? first : first + " … and " + (names.size() - TOLD) + " more";
  }
}
