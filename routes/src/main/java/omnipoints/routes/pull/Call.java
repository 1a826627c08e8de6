package omnipoints.routes.pull;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One HTTP request to a platform. It holds a signature or a token, so it is never printed.
 *
 * @param method POST, or PATCH
 * @param path below the gateway, beginning with a slash
 * @param query parameters of the URL, unencoded
 * @param headers besides the type of the body
 * @param type of the body
 */
record Call(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    String type,
    byte[] body) {
  static final String JSON = "application/json";
  static final String FORM = "application/x-www-form-urlencoded";

  static Call json(String path, Map<String, String> query, String body) {
    return json("POST", path, query, Map.of(), body);
  }

  static Call json(
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      String body) {
    return new Call(method, path, query, headers, JSON, body.getBytes(StandardCharsets.UTF_8));
  }

  static Call form(String path, Map<String, String> fields) {
    byte[] body = encoded(fields).getBytes(StandardCharsets.UTF_8);
    return new Call("POST", path, Map.of(), Map.of(), FORM, body);
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
    return method + " " + path;
  }
}
