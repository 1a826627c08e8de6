package omnipoints.routes.pull;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One HTTP POST to a platform. It holds a signature or a token, so it is never printed.
 *
 * @param path below the gateway, beginning with a slash
 * @param query parameters of the URL, unencoded
 * @param type of the body
 */
record Call(String path, Map<String, String> query, String type, byte[] body) {
  static final String JSON = "application/json";
  static final String FORM = "application/x-www-form-urlencoded";

  static Call json(String path, Map<String, String> query, String body) {
    return new Call(path, query, JSON, body.getBytes(StandardCharsets.UTF_8));
  }

  static Call form(String path, Map<String, String> fields) {
    return new Call(path, Map.of(), FORM, encoded(fields).getBytes(StandardCharsets.UTF_8));
  }

  String queryString() {
    return encoded(query);
  }

  private static String encoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(
            field ->
                URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8)
                    + "="
                    + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  @Override
  public String toString() {
    return "POST " + path;
  }
}
