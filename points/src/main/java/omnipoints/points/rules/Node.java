package omnipoints.points.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import omnipoints.files.yaml.YamlSource;
import tools.jackson.databind.JsonNode;

/**
 * A place in a programme file whose form is right: it reads values, and notes what is wrong with
 * their meaning at their line.
 *
 * @param pointer JSON pointer of the place
 */
record Node(JsonNode value, String pointer, YamlSource source, NamedLists lists) {

  /** More is a slip. */
  private static final Rational MOST_TIMES = Rational.of(1000);

  static Node root(YamlSource source, NamedLists lists) {
    return new Node(source.root(), "", source, lists);
  }

  boolean has(String key) {
    return value.has(key);
  }

  Node at(String key) {
    return new Node(value.path(key), pointer + YamlSource.step(key), source, lists);
  }

  /** The entries of a list; a single value is a list of one. */
  List<Node> entries() {
    if (value.isMissingNode()) return List.of();
    if (!value.isArray()) return List.of(this);
    var entries = new ArrayList<Node>(value.size());
    for (int i = 0; i < value.size(); i++)
      entries.add(new Node(value.get(i), pointer + "/" + i, source, lists));
    return entries;
  }

  /** The keys of an object and what stands there, in file order. */
  Map<String, Node> members() {
    var members = new LinkedHashMap<String, Node>();
    for (String key : value.propertyNames()) members.put(key, at(key));
    return members;
  }

  /** Whatever scalar stands there, as it was written; empty where nothing does. */
  String text() {
    return value.isMissingNode() || value.isNull() ? "" : value.asString();
  }

  List<String> texts() {
    return entries().stream().map(Node::text).toList();
  }

  int number() {
    return value.intValue();
  }

  /** A whole number, or another one where nothing stands there. */
  long whole(long absent) {
    return value.isMissingNode() ? absent : value.longValue();
  }

  boolean isTrue() {
    return value.asBoolean(false);
  }

  /** A rational; empty, and a problem noted, where it is none. */
  Optional<Rational> rational() {
    try {
      return Optional.of(Rational.parse(text()));
    } catch (IllegalArgumentException | ArithmeticException e) {
      problem(text() + " is no rational: write whole numbers such as 2, or fractions such as 3/2");
      return Optional.empty();
    }
  }

  /** A factor: a rational of at most {@link #MOST_TIMES}. */
  Rational factor() {
    Rational factor = rational().orElse(Rational.ONE);
    if (factor.compareTo(MOST_TIMES) <= 0) return factor;
    problem(text() + " is more than " + MOST_TIMES + "; look for a zero too many");
    return Rational.ONE;
  }

  int line() {
    return source.line(pointer);
  }

  /** The place for people, such as {@code rules.2.window.from}. */
  String name() {
    return pointer.isEmpty() ? "" : pointer.substring(1).replace('/', '.');
  }

  void problem(String message) {
    source.problem(pointer, name() + ": " + message);
  }
}
