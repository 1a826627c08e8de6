package omnipoints.points;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * A YAML document that remembers the line of every value.
 *
 * @param root the document, null when it could not be parsed
 * @param lines JSON pointer → 1-based line
 * @param problems what is wrong with the text itself: broken syntax, keys given twice
 */
record YamlTree(JsonNode root, Map<String, Integer> lines, List<Problem> problems) {

  /** A problem of a line; line 0 means the whole file. */
  record Problem(int line, String message) {}

  static YamlTree parse(String text) {
    Map<String, Integer> lines = new HashMap<>();
    List<Problem> problems = new ArrayList<>();
    JsonNode root = null;
    YAMLMapper mapper = YAMLMapper.builder(YAMLFactory.builder().build()).build();
    try (JsonParser parser = mapper.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        problems.add(new Problem(1, "the file is empty"));
      } else {
        root = read(parser, "", lines, problems);
        if (parser.nextToken() != null) {
          problems.add(
              new Problem(
                  parser.currentTokenLocation().getLineNr(),
                  "a second document: keep one per file"));
        }
      }
    } catch (JacksonException broken) {
      int line = broken.getLocation() == null ? 0 : broken.getLocation().getLineNr();
      problems.add(
          new Problem(Math.max(line, 0), "not YAML: " + firstLine(broken.getOriginalMessage())));
      root = null;
    }
    return new YamlTree(root, lines, problems);
  }

  /** The line of a value, or of the nearest parent that has one. */
  int lineOf(String pointer) {
    for (String at = pointer; ; at = at.substring(0, at.lastIndexOf('/'))) {
      Integer line = lines.get(at);
      if (line != null) return line;
      if (at.isEmpty()) return 1;
    }
  }

  private static JsonNode read(
      JsonParser parser, String pointer, Map<String, Integer> lines, List<Problem> problems) {
    lines.putIfAbsent(pointer, parser.currentTokenLocation().getLineNr());
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> {
        ObjectNode object = nodes.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          int line = parser.currentTokenLocation().getLineNr();
          String child = pointer + "/" + name;
          boolean twice = object.has(name);
          if (twice) {
            problems.add(
                new Problem(line, name + ": given twice, first in line " + lines.get(child)));
          } else {
            lines.put(child, line);
          }
          parser.nextToken();
          JsonNode value = read(parser, child, lines, problems);
          if (!twice) object.set(name, value);
        }
        yield object;
      }
      case START_ARRAY -> {
        ArrayNode array = nodes.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(read(parser, pointer + "/" + array.size(), lines, problems));
        }
        yield array;
      }
      case VALUE_NUMBER_INT -> nodes.numberNode(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDecimalValue());
      case VALUE_TRUE -> nodes.booleanNode(true);
      case VALUE_FALSE -> nodes.booleanNode(false);
      case VALUE_NULL -> nodes.nullNode();
      default -> nodes.stringNode(parser.getString());
    };
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
