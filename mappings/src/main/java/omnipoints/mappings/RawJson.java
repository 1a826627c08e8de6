package omnipoints.mappings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import omnipoints.files.JsonPath;
import omnipoints.files.JsonShape;
import tools.jackson.databind.json.JsonMapper;

/** Some rows of a JSON document as one that the same mapping reads: a value of its own for each. */
final class RawJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private RawJson() {}

  static String of(JsonShape shape, List<RawRow> rows) {
    StringBuilder text = new StringBuilder();
    for (RawRow row : rows) {
      Object element = new LinkedHashMap<String, Object>();
      for (int i = 0; i < shape.columns().size(); i++)
        element = with(element, JsonPath.of(shape.columns().get(i)).steps(), 0, row.cell(i));
      Object value = with(null, JsonPath.of(shape.each()).steps(), 0, element);
      text.append(JSON.writeValueAsString(value)).append('\n');
    }
    return text.toString();
  }

  /** The value with another one laid where the steps from {@code at} on lead. */
  @SuppressWarnings("unchecked")
  private static Object with(Object valueOrNull, List<JsonPath.Step> steps, int at, Object laid) {
    if (at == steps.size()) return laid;
    JsonPath.Step step = steps.get(at);
    if (step.key() != null) {
      Map<String, Object> object =
          valueOrNull == null ? new LinkedHashMap<>() : (Map<String, Object>) valueOrNull;
      object.put(step.key(), with(object.get(step.key()), steps, at + 1, laid));
      return object;
    }
    List<Object> array = valueOrNull == null ? new ArrayList<>() : (List<Object>) valueOrNull;
    int index = Math.max(0, step.index());
    while (array.size() <= index) array.add(null);
    array.set(index, with(array.get(index), steps, at + 1, laid));
    return array;
  }
}
