package omnipoints.mappings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import omnipoints.files.JsonPath;
import tools.jackson.databind.JsonNode;

/** What a mapping says of a JSON document: where its rows stand, and that its columns are paths. */
final class JsonWords {
  private JsonWords() {}

  /**
   * The shape of a document; null if it is a table.
   *
   * @param node the document
   * @param problem takes a pointer below the document, and what is wrong there
   */
  static JsonPlaces read(
      JsonNode node, Collection<Field> fields, BiConsumer<String, String> problem) {
    JsonNode json = node.get("json");
    if (json == null) return null;
    List<String> each = new ArrayList<>();
    json.get("each").forEach(path -> each.add(path.asString()));
    String lines = json.has("lines") ? json.get("lines").asString() : null;
    Set<String> columns = new LinkedHashSet<>();
    for (Field field : fields) {
      if (field.columns().size() > 1)
        problem.accept(
            "/fields/" + field.name() + "/aliases", "paths have no aliases: use else instead");
      for (List<String> names :
          List.of(field.columns(), field.fallbacks(), field.plus(), field.minus(), field.and()))
        columns.addAll(names);
    }
    for (String path : each) each(path, problem);
    if (lines != null) lines(lines, problem);
    for (String column : columns) column(column, lines, problem);
    return new JsonPlaces(List.copyOf(each), lines, List.copyOf(columns));
  }

  private static void each(String each, BiConsumer<String, String> problem) {
    JsonPath path = compiled(each, "/json/each", problem);
    if (path == null) return;
    if (!each.startsWith("$")) problem.accept("/json/each", "a path to rows begins with $");
    for (JsonPath.Step step : path.steps())
      if (step.key() == null && step.index() >= 0)
        problem.accept("/json/each", "rows stand in whole arrays: write [*]");
  }

  private static void lines(String lines, BiConsumer<String, String> problem) {
    JsonPath path = compiled(lines, "/json/lines", problem);
    if (path != null && (path.everies() != 1 || !lines.endsWith("[*]")))
      problem.accept("/json/lines", "lines are the elements of one array: a path that ends in [*]");
  }

  private static void column(
      String column, String linesOrNull, BiConsumer<String, String> problem) {
    JsonPath path = compiled(column, "/fields", problem);
    if (path == null || path.everies() == 0) return;
    boolean ofLine = linesOrNull != null && path.within(JsonPath.of(linesOrNull));
    if (!ofLine || path.everies() > 1)
      problem.accept(
          "/fields", column + " has several values in one row: only lines may be an array [*]");
  }

  private static JsonPath compiled(String path, String at, BiConsumer<String, String> problem) {
    try {
      return JsonPath.of(path);
    } catch (IllegalArgumentException e) {
      problem.accept(at, e.getMessage());
      return null;
    }
  }
}
