package omnipoints.mappings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/**
 * A number the footer of a file states about the rows above it.
 *
 * @param find finds it in the footer; group 1 holds the number
 * @param field the money or number field whose sum it is; null: it is the number of rows
 */
record DeclaredTotal(Pattern find, String field) {

  /** Reads {@code totals} of a document; what is wrong goes to {@code problem} with its place. */
  static List<DeclaredTotal> read(
      JsonNode document, Map<String, Field> fields, BiConsumer<String, String> problem) {
    JsonNode declared = document.path("totals");
    boolean footer = document.path("footer_starts_with").size() > 0;
    if (!footer && (declared.size() > 0 || document.has("footer_rows")))
      problem.accept(
          "", "totals stand in a footer: say what its rows begin with, footer_starts_with");
    List<DeclaredTotal> totals = new ArrayList<>();
    for (int i = 0; i < declared.size(); i++) {
      JsonNode total = declared.get(i);
      String at = "/totals/" + i;
      String field = total.has("sums") ? total.get("sums").asString() : null;
      if ((field == null) != total.has("counts"))
        problem.accept(at, "a total counts rows or sums a field: give one of counts and sums");
      if (field != null && !summable(fields.get(field)))
        problem.accept(
            at + "/sums", "only a field of type money or number has a sum, not " + field);
      Pattern find = pattern(at + "/find", total.get("find").asString(), problem);
      if (find != null) totals.add(new DeclaredTotal(find, field));
    }
    return List.copyOf(totals);
  }

  private static boolean summable(Field field) {
    return field != null && (field.type() == FieldType.MONEY || field.type() == FieldType.NUMBER);
  }

  private static Pattern pattern(String at, String text, BiConsumer<String, String> problem) {
    try {
      Pattern compiled = Pattern.compile(text);
      if (compiled.matcher("").groupCount() == 1) return compiled;
      problem.accept(at, "the pattern needs exactly one group, which holds the number");
    } catch (PatternSyntaxException e) {
      problem.accept(at, "no regular expression: " + e.getDescription());
    }
    return null;
  }
}
