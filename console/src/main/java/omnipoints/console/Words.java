package omnipoints.console;

import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import omnipoints.points.rules.Said;

/** What we say to people, in English or, when the environment asks for it, in Chinese. */
final class Words {
  private final ResourceBundle bundle;

  private Words(Locale locale) {
    bundle =
        ResourceBundle.getBundle(
            "omnipoints.console.messages",
            locale,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  static Words english() {
    return new Words(Locale.ROOT);
  }

  static Words chinese() {
    return new Words(Locale.SIMPLIFIED_CHINESE);
  }

  /**
   * The first of these that says anything decides, as for every other command; the launcher passes
   * on what it was called with, for it may have to put another locale in place of one that is not
   * there.
   */
  static Words of(Map<String, String> environment) {
    for (String name : new String[] {"OMNIPOINTS_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"}) {
      String value = environment.getOrDefault(name, "");
      if (!value.isEmpty())
        return value.toLowerCase(Locale.ROOT).startsWith("zh") ? chinese() : english();
    }
    return english();
  }

  /**
   * The text of a key; {@code {0}}, {@code {1}} … are replaced by the values as they print. (Not a
   * MessageFormat: it would group the digits of ids and swallow apostrophes.)
   */
  String say(String key, Object... values) {
    String text = bundle.getString(key);
    StringBuilder said = new StringBuilder(text.length() + 32);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{' && i + 2 < text.length() && text.charAt(i + 2) == '}') {
        int index = text.charAt(i + 1) - '0';
        if (index >= 0 && index < values.length) {
          said.append(Printed.text(values[index]));
          i += 2;
          continue;
        }
      }
      said.append(c);
    }
    return said.toString();
  }

  /**
   * The text of a key if there is one, else the fallback: codes of closed lists print as they are.
   */
  String sayOr(String key, String fallback) {
    try {
      return bundle.getString(key);
    } catch (MissingResourceException e) {
      return fallback;
    }
  }

  /** A text that comes in both languages. */
  String say(Said said) {
    return bundle.getString("language").equals("zh") ? said.zh() : said.en();
  }

  /** A state of a night, step, break or rejected row. */
  String state(String code) {
    return sayOr("state." + code, code);
  }

  /** A kind of ledger entry. */
  String kind(String code) {
    return sayOr("kind." + code, code);
  }

  /** Why a row was rejected: its code and, in Chinese, what that means. */
  String reason(String code) {
    String meaning = sayOr("reason." + code, "");
    return meaning.isEmpty() ? code : code + " " + meaning;
  }

  /** Name of a field for people. */
  String label(String field) {
    return sayOr("label." + field, field);
  }

  /** A table whose headers are our words for fields; see {@link TextTable} for the {@code >}. */
  TextTable table(String... fields) {
    String[] headers = new String[fields.length];
    for (int i = 0; i < fields.length; i++) {
      headers[i] =
          fields[i].startsWith(">") ? ">" + label(fields[i].substring(1)) : label(fields[i]);
    }
    return new TextTable(headers);
  }
}
