package omnipoints.routes.pull;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What an answer has to say so that its window can be proven: a total that is missing must not pass
 * for none, nor an end that nobody declared for the end.
 */
final class Declared {
  private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");

  private Declared() {}

  /** The answer does not say it; the message names the key, never a value. */
  static final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Missing(String what, String name) {
      super(
          "the answer has no "
              + what
              + " at "
              + name
              + "; look up in the platform's documentation how it answers now");
    }
  }

  /** The whole number of that name, written as a number or as a text. */
  static long number(JsonNode body, String name) {
    JsonNode value = body.path(name);
    String text = value.isNumber() || value.isString() ? value.asString() : "";
    if (!DIGITS.matcher(text).matches()) throw new Missing("number", name);
    return Long.parseLong(text);
  }

  /** The yes or no of that name. */
  static boolean flag(JsonNode body, String name) {
    JsonNode value = body.path(name);
    if (!value.isBoolean()) throw new Missing("true or false", name);
    return value.asBoolean();
  }
}
