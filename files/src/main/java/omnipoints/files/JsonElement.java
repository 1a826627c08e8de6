package omnipoints.files;

import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads one element of a JSON text into cells: the columns of a shape, and nothing else of it. */
final class JsonElement {
  /** Stands where an object or an array is in place of a value. */
  static final String NO_SCALAR = new String("{…}");

  private final List<String> columns;
  private final String fileName;
  private final int recordChars;
  private final Node root = new Node();
  private final Set<String> seen = new LinkedHashSet<>();
  private Node lines;
  private Deque<String[]> rows;
  private String[] cells;
  private int before;
  private long start;

  /** What is wanted below a value. */
  private static final class Node {
    private final Map<String, Node> keys = new HashMap<>();
    private final Map<Integer, Node> indexes = new HashMap<>();
    private Node every;
    private int column = -1;

    private Node below(JsonPath.Step step) {
      if (step.key() != null) return keys.computeIfAbsent(step.key(), key -> new Node());
      if (!step.every()) return indexes.computeIfAbsent(step.index(), index -> new Node());
      if (every == null) every = new Node();
      return every;
    }
  }

  JsonElement(JsonShape shape, String fileName, int recordChars) {
    this.columns = shape.columns();
    this.fileName = fileName;
    this.recordChars = recordChars;
    for (int i = 0; i < columns.size(); i++) node(columns.get(i)).column = i;
    if (shape.linesOrNull() != null) lines = node(shape.linesOrNull());
  }

  private Node node(String path) {
    Node node = root;
    for (JsonPath.Step step : JsonPath.of(path).steps()) node = node.below(step);
    return node;
  }

  /** Columns that any element read so far had, null or not. */
  Set<String> seen() {
    return seen;
  }

  /**
   * Reads the element the parser stands on and adds its rows: one for each of its lines; one alone
   * if the shape has no lines, or the element none of them.
   */
  void read(JsonParser parser, Deque<String[]> into) {
    rows = into;
    before = into.size();
    cells = new String[columns.size()];
    start = parser.currentTokenLocation().getCharOffset();
    value(parser, parser.currentToken(), root);
    String[] own = cells;
    if (into.size() == before) {
      into.add(own);
      return;
    }
    // What stands behind the lines is known only now.
    int skipped = before;
    for (String[] line : into) {
      if (skipped-- > 0) continue;
      for (int i = 0; i < own.length; i++) if (own[i] != null) line[i] = own[i];
    }
  }

  private void value(JsonParser parser, JsonToken token, Node node) {
    if (node.column >= 0) {
      seen.add(columns.get(node.column));
      if (token.isScalarValue()) {
        cells[node.column] = token == JsonToken.VALUE_NULL ? null : text(parser.getString());
        return;
      }
      cells[node.column] = NO_SCALAR;
    }
    if (token == JsonToken.START_OBJECT) object(parser, node);
    else if (token == JsonToken.START_ARRAY) array(parser, node);
  }

  private void object(JsonParser parser, Node node) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      Node below = node.keys.get(parser.currentName());
      JsonToken token = parser.nextToken();
      if (below == null) parser.skipChildren();
      else value(parser, token, below);
    }
  }

  private void array(JsonParser parser, Node node) {
    int index = 0;
    JsonToken token;
    while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
      if (node.every != null && node.every == lines) line(parser, token);
      else {
        Node below = node.indexes.get(index);
        if (below == null) parser.skipChildren();
        else value(parser, token, below);
      }
      index++;
    }
  }

  private void line(JsonParser parser, JsonToken token) {
    String[] own = cells;
    cells = new String[columns.size()];
    value(parser, token, lines);
    rows.add(cells);
    cells = own;
    long length = parser.currentLocation().getCharOffset() - start;
    if (length > recordChars)
      throw Refusals.tooLarge(
          fileName + ":" + parser.currentLocation().getLineNr(),
          "one element has more than " + recordChars + " characters",
          "record_chars");
  }

  /** Some platforms quote what is a text already. */
  private static String text(String text) {
    int last = text.length() - 1;
    boolean quoted = last > 0 && text.charAt(0) == '"' && text.charAt(last) == '"';
    return quoted ? text.substring(1, last) : text;
  }
}
