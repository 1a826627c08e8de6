package omnipoints.files.yaml;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
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
 * A YAML file, read by the core schema of YAML 1.2, as a tree that knows the line of every node, by
 * JSON pointer ({@code /documents/order_list/grain}). Twice the same key is a problem, never a
 * silent overwrite; so is an alias, and a number that does not read as it is written.
 */
public final class YamlSource {
  private final String file;
  private final Problems problems;
  private final Wording wording;
  private final Map<String, Integer> lines = new HashMap<>();
  private JsonNode root;

  /** How what is wrong with the text itself is said; programmes say it in words of their own. */
  public interface Wording {
    default String broken(String why) {
      return "no valid YAML: " + why;
    }

    default String second() {
      return "only one YAML document per file";
    }

    default String twice(String key, int first) {
      return "key '" + key + "' stands here a second time (first on line " + first + ")";
    }
  }

  private YamlSource(String file, Problems problems, Wording wording) {
    this.file = file;
    this.problems = problems;
    this.wording = wording;
  }

  /**
   * Reads {@code text}; a syntax error is noted in {@code problems} and leaves {@link #root()}
   * null.
   */
  public static YamlSource parse(String file, String text, Problems problems) {
    return parse(file, text, problems, new Wording() {});
  }

  /** The same in other words. */
  public static YamlSource parse(String file, String text, Problems problems, Wording wording) {
    YamlSource source = new YamlSource(file, problems, wording);
    try {
      source.read(
          new Parse(LoadSettings.builder().build()).parseString(withoutMark(text)).iterator());
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      problems.add(file, line, wording.broken(e.getProblem()));
    } catch (YamlEngineException e) {
      problems.add(file, 0, wording.broken(firstLine(e.getMessage())));
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

  /** Notes a fault of the node at {@code pointer}. */
  public void problem(String pointer, String message) {
    problems.add(file, line(pointer), message);
  }

  /** A key as one step of a pointer. */
  public static String step(String key) {
    return "/" + key.replace("~", "~0").replace("/", "~1");
  }

  private void read(Iterator<Event> events) {
    events.next();
    if (events.next().getEventId() == Event.ID.StreamEnd) {
      problems.add(file, 1, "the file is empty");
      return;
    }
    JsonNode read = node(events.next(), events, "");
    events.next();
    Event end = events.next();
    if (end.getEventId() != Event.ID.StreamEnd) problem(end, wording.second());
    root = read;
  }

  private JsonNode node(Event event, Iterator<Event> events, String pointer) {
    lines.putIfAbsent(pointer, line(event));
    return switch (event.getEventId()) {
      case MappingStart -> object(events, pointer);
      case SequenceStart -> array(events, pointer);
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

  private ObjectNode object(Iterator<Event> events, String pointer) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    Set<String> keys = new HashSet<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.MappingEnd;
        event = events.next()) {
      String key = key(event, events);
      String at = pointer + step(key);
      if (!keys.add(key)) problem(event, wording.twice(key, line(at)));
      lines.putIfAbsent(at, line(event));
      object.set(key, node(events.next(), events, at));
    }
    return object;
  }

  private String key(Event event, Iterator<Event> events) {
    if (event instanceof ScalarEvent scalar) return scalar.getValue();
    problem(event, "a key must be a text");
    return node(event, events, "").toString();
  }

  private ArrayNode array(Iterator<Event> events, String pointer) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Event event = events.next();
        event.getEventId() != Event.ID.SequenceEnd;
        event = events.next()) {
      array.add(node(event, events, pointer + "/" + array.size()));
    }
    return array;
  }

  private void problem(Event event, String message) {
    problems.add(file, line(event), message);
  }

  private static int line(Event event) {
    return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static String firstLine(String message) {
    return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
  }
}
