package omnipoints.mappings;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A YAML file as a tree that knows the line of every node, by JSON pointer ({@code
 * /documents/order_list/grain}). Twice the same key is a problem, never a silent overwrite.
 */
public final class YamlSource {
  private static final YAMLMapper MAPPER = new YAMLMapper(new YAMLFactory());

  private final String file;
  private final Problems problems;
  private final Map<String, Integer> lines = new HashMap<>();
  private JsonNode root;

  private YamlSource(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /**
   * Reads {@code text}; a syntax error is noted in {@code problems} and leaves {@link #root()}
   * null.
   */
  public static YamlSource parse(String file, String text, Problems problems) {
    YamlSource source = new YamlSource(file, problems);
    try (JsonParser parser = MAPPER.createParser(text)) {
      if (parser.nextToken() == null) problems.add(file, 1, "the file is empty");
      else {
        source.root = source.node(parser, "");
        if (parser.nextToken() != null) {
          problems.add(
              file, parser.currentTokenLocation().getLineNr(), "only one YAML document per file");
        }
      }
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
      problems.add(file, line, "no valid YAML: " + firstLine(e.getOriginalMessage()));
    }
    return source;
  }

  /** The tree, or null if the text is no YAML. */
  public JsonNode root() {
    return root;
  }

  /** Line of the node at {@code pointer}, or of its nearest known parent. */
  public int line(String pointer) {
    for (String at = pointer; ; at = at.substring(0, at.lastIndexOf('/'))) {
      Integer line = lines.get(at);
      if (line != null) return line;
      if (at.lastIndexOf('/') < 0) return 1;
    }
  }

  public void problem(String pointer, String message) {
    problems.add(file, line(pointer), message);
  }

  /** A key as one step of a pointer. */
  public static String step(String key) {
    return "/" + key.replace("~", "~0").replace("/", "~1");
  }

  private JsonNode node(JsonParser parser, String pointer) {
    lines.putIfAbsent(pointer, parser.currentTokenLocation().getLineNr());
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, pointer);
      case START_ARRAY -> array(parser, pointer);
      case VALUE_NUMBER_INT -> nodes.numberNode(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDecimalValue());
      case VALUE_TRUE -> nodes.booleanNode(true);
      case VALUE_FALSE -> nodes.booleanNode(false);
      case VALUE_NULL -> nodes.nullNode();
      default -> nodes.stringNode(parser.getString());
    };
  }

  private ObjectNode object(JsonParser parser, String pointer) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    Set<String> keys = new HashSet<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      String at = pointer + step(key);
      int line = parser.currentTokenLocation().getLineNr();
      if (!keys.add(key)) {
        problems.add(
            file,
            line,
            "key '" + key + "' stands here a second time (first on line " + line(at) + ")");
      }
      lines.putIfAbsent(at, line);
      parser.nextToken();
      JsonNode value = node(parser, at);
      object.set(key, value);
    }
    return object;
  }

  private ArrayNode array(JsonParser parser, String pointer) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(node(parser, pointer + "/" + array.size()));
    }
    return array;
  }

  private static String firstLine(String message) {
    return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
  }
}
