package omnipoints.jobs;

import java.lang.reflect.RecordComponent;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Rows of a {@link Year} as a test that tells them again. */
final class YearCase {
  private final StringBuilder text = new StringBuilder();
  private final Map<Object, String> names = new IdentityHashMap<>();

  private YearCase() {}

  /** To be pasted where {@code dir} is a directory of its own. */
  static String of(Year year, YearShrink.Small small) {
    var written = new YearCase();
    String names = small.rows().stream().map(written::name).collect(Collectors.joining(", "));
    return """
        @Test
        void what_seed_%d_told_by_%s() {
        %s  YearTest.agrees(%s, %s, dir, %s);
        }
        """
        .formatted(
            year.seed(),
            small.night().toString().replace('-', '_'),
            written.text.toString().indent(2),
            written.expression("Year", year),
            written.cell(small.night()),
            names);
  }

  /** What is named more than once is one and the same: rows and goods have names of their own. */
  private String name(Object one) {
    String known = names.get(one);
    if (known != null) return known;
    String kind = one.getClass().getSimpleName();
    String expression = expression("Told." + kind, (Record) one);
    String name = Character.toLowerCase(kind.charAt(0)) + kind.substring(1) + (names.size() + 1);
    names.put(one, name);
    text.append("var ").append(name).append(" = ").append(expression).append(";\n");
    return name;
  }

  private String expression(String kind, Record one) {
    var cells = new java.util.ArrayList<String>();
    try {
      for (RecordComponent component : one.getClass().getRecordComponents())
        cells.add(cell(component.getAccessor().invoke(one)));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    return "new " + kind + "(" + String.join(", ", cells) + ")";
  }

  private String cell(Object value) {
    if (value == null) return "null";
    if (value instanceof String s) return '"' + s + '"';
    if (value instanceof LocalDate d) return "LocalDate.parse(\"" + d + "\")";
    if (value instanceof LocalDateTime t) return "LocalDateTime.parse(\"" + t + "\")";
    if (value instanceof List<?> list)
      return list.stream().map(this::name).collect(Collectors.joining(", ", "List.of(", ")"));
    return value instanceof Record ? name(value) : value.toString();
  }
}
