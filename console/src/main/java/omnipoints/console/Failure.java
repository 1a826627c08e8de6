package omnipoints.console;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a command failed, as it is told to people and programs; next is what to type, never empty for
 * people.
 */
record Failure(int exit, String code, String message, List<String> next) {

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", "omnipoints.error/1");
    json.put("exit", exit);
    json.put("code", code);
    json.put("message", message);
    json.put("next", next);
    return json;
  }
}
