package omnipoints.points;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A YAML document, read by the core schema of YAML 1.2, that remembers the line of every value.
 *
 * @param root the document, null when it could not be parsed
 * @param lines JSON pointer → 1-based line
 * @param problems what is wrong with the text itself: broken syntax, keys given twice, aliases,
 *     numbers that do not read as they are written
 */
record YamlTree(JsonNode root, Map<String, Integer> lines, List<Problem> problems) {

  /** A problem of a line; line 0 means the whole file. */
  record Problem(int line, String message) {}

  static YamlTree parse(String text) {
    YamlTree tree = new YamlTree(null, new HashMap<>(), new ArrayList<>());
    JsonNode root = null;
    try {
      Reading reading =
          new Reading(tree, new Parse(LoadSettings.builder().build()).parseString(text));
      root = reading.document();
    } catch (MarkedYamlEngineException broken) {
      int line = broken.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      tree.problems.add(new Problem(line, "not YAML: " + broken.getProblem()));
    } catch (YamlEngineException broken) {
      tree.problems.add(new Problem(0, "not YAML: " + firstLine(broken.getMessage())));
    }
    return new YamlTree(root, tree.lines, tree.problems);
  }

  /** The line of a value, or of the nearest parent that has one. */
  int lineOf(String pointer) {
    for (String at = pointer; ; at = at.substring(0, at.lastIndexOf('/'))) {
      Integer line = lines.get(at);
      if (line != null) return line;
      if (at.isEmpty()) return 1;
    }
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  private static int line(Event event) {
    return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  private static final class Reading {
    private final YamlTree tree;
    private final Iterator<Event> events;

    Reading(YamlTree tree, Iterable<Event> events) {
      this.tree = tree;
      this.events = events.iterator();
    }

    JsonNode document() {
      events.next();
      if (events.next().getEventId() == Event.ID.StreamEnd) return empty();
      JsonNode root = node(events.next(), "");
      events.next();
      Event end = events.next();
      if (end.getEventId() != Event.ID.StreamEnd) {
        problem(end, "a second document: keep one per file");
      }
      return root;
    }

    private JsonNode empty() {
      tree.problems.add(new Problem(1, "the file is empty"));
      return null;
    }

    private JsonNode node(Event event, String pointer) {
      tree.lines.putIfAbsent(pointer, line(event));
      return switch (event.getEventId()) {
        case MappingStart -> object(pointer);
        case SequenceStart -> array(pointer);
        case Scalar -> scalar((ScalarEvent) event);
        default -> {
          problem(event, "an alias is not followed here: write the value itself");
          yield JsonNodeFactory.instance.nullNode();
        }
      };
    }

    private JsonNode scalar(ScalarEvent scalar) {
      CoreScalar.doubt(scalar).ifPresent(doubt -> problem(scalar, doubt));
      return CoreScalar.node(scalar);
    }

    private ObjectNode object(String pointer) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      for (Event event = events.next();
          event.getEventId() != Event.ID.MappingEnd;
          event = events.next()) {
        String name = key(event);
        String child = pointer + "/" + name;
        if (object.has(name)) {
          problem(event, name + ": given twice, first in line " + tree.lines.get(child));
          node(events.next(), child);
        } else {
          tree.lines.put(child, line(event));
          object.set(name, node(events.next(), child));
        }
      }
      return object;
    }

    private String key(Event event) {
      if (event instanceof ScalarEvent scalar) return scalar.getValue();
      problem(event, "a key must be a text");
      return node(event, "").toString();
    }

    private ArrayNode array(String pointer) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (Event event = events.next();
          event.getEventId() != Event.ID.SequenceEnd;
          event = events.next()) {
        array.add(node(event, pointer + "/" + array.size()));
      }
      return array;
    }

    private void problem(Event event, String message) {
      tree.problems.add(new Problem(line(event), message));
    }
  }
}
