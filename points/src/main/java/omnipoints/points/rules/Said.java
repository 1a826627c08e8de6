package omnipoints.points.rules;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** One text for members and staff in both languages. */
public record Said(String zh, String en) {
  public static final Said NOTHING = new Said("", "");

  /** As a sentence of its own. */
  public Said sentence() {
    return new Said(zh + "。", en.substring(0, 1).toUpperCase(Locale.ROOT) + en.substring(1) + ".");
  }

  public Said then(Said more) {
    return new Said(zh + more.zh, en + more.en);
  }

  /** All of them, with what stands between two. */
  public static Said joined(List<Said> parts, Said between) {
    return new Said(joined(parts, between, Said::zh), joined(parts, between, Said::en));
  }

  private static String joined(List<Said> parts, Said between, Function<Said, String> language) {
    return String.join(language.apply(between), parts.stream().map(language).toList());
  }
}
