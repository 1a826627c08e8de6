package omnipoints.jobs;

import java.lang.reflect.RecordComponent;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Rows of a {@link Year} as the lines of a test that tells them again. */
final class YearCase {
  private final StringBuilder text = new StringBuilder();
  private final Map<Object, String> names = new IdentityHashMap<>();

  private YearCase() {}

  static String of(List<Told> rows) {
    var written = new YearCase();
    for (Told row : rows) written.name(row);
    return written.text.toString();
  }

  /** What is named more than once is one and the same: rows and goods have names of their own. */
  private String name(Object one) {
    String known = names.get(one);
    if (known != null) return known;
    String expression = expression((Record) one);
    String kind = one.getClass().getSimpleName();
    String name = Character.toLowerCase(kind.charAt(0)) + kind.substring(1) + (names.size() + 1);
    names.put(one, name);
    text.append("var ").append(name).append(" = ").append(expression).append(";\n");
    return name;
  }

  private String expression(Record one) {
    var cells = new java.util.ArrayList<String>();
    try {
      for (RecordComponent component : one.getClass().getRecordComponents())
        cells.add(cell(component.getAccessor().invoke(one)));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    return "new Told." + one.getClass().getSimpleName() + "(" + String.join(", ", cells) + ")";
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
