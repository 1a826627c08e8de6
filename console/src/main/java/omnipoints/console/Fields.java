package omnipoints.console;

import java.util.LinkedHashMap;
import java.util.Map;

/** Fields of a JSON object in the order they print. */
final class Fields {
  private Fields() {}

  /** Name, value, name, value …; values may be null. */
  static Map<String, Object> of(Object... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2)
      fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
    return fields;
  }
}
