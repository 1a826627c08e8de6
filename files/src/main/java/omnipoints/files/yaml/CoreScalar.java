package omnipoints.files.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a scalar means by the core schema of YAML 1.2: {@code on}, {@code yes}, {@code 09:00} and
 * {@code 1_000} are texts, {@code True} is a truth value, nothing and {@code ~} are null, and what
 * stands in quotes is always a text.
 */
final class CoreScalar {
  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?");
  private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
  private static final Set<String> FALSE = Set.of("false", "False", "FALSE");

  private CoreScalar() {}

  static JsonNode node(ScalarEvent scalar) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    String text = scalar.getValue();
    if (!plain(scalar)) return nodes.stringNode(text);
    if (NULL.contains(text)) return nodes.nullNode();
    if (TRUE.contains(text)) return nodes.booleanNode(true);
    if (FALSE.contains(text)) return nodes.booleanNode(false);
    if (INTEGER.matcher(text).matches()) return nodes.numberNode(integer(text));
    if (DECIMAL.matcher(text).matches()) return nodes.numberNode(new BigDecimal(text));
    return nodes.stringNode(text);
  }

  /**
   * A whole number that YAML reads as another text than stands there, such as {@code 0012}: whoever
   * wrote it may have meant a text.
   */
  static Optional<String> doubt(ScalarEvent scalar) {
    String text = scalar.getValue();
    if (!plain(scalar) || !INTEGER.matcher(text).matches()) return Optional.empty();
    String number = integer(text).toString();
    if (number.equals(text)) return Optional.empty();
    return Optional.of(
        text + " is the number " + number + " to YAML; write that, or '" + text + "' in quotes");
  }

  private static boolean plain(ScalarEvent scalar) {
    return scalar.getScalarStyle() == ScalarStyle.PLAIN && scalar.getTag().isEmpty();
  }

  private static BigInteger integer(String text) {
    if (text.startsWith("0o")) return new BigInteger(text.substring(2), 8);
    if (text.startsWith("0x")) return new BigInteger(text.substring(2), 16);
    return new BigInteger(text);
  }
}
