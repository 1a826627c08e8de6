package omnipoints.routes.simulator;

import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Answers as one platform does. Not thread-safe: the simulator asks one thing at a time. */
interface Desk {
  /**
   * The answer to a request.
   *
   * @param query parameters of the URL, decoded
   * @param body as it came
   * @param tree the body as JSON, null if it is none
   */
  Object answer(String path, Map<String, String> query, String body, JsonNode tree);

  /** The same, of a platform that looks at method and headers, too. */
  default Object answer(Asked asked) {
    return answer(asked.path(), asked.query(), asked.body(), asked.tree());
  }

  /**
   * A request as it came.
   *
   * @param path as it stands in the request
   * @param headers by their names in small letters
   */
  record Asked(
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      String body,
      JsonNode tree) {}

  /** An answer under another status than 200; without a body where that is null. */
  record Under(int status, Object bodyOrNull) {}

  /** Lets the token end, whatever it promised. */
  void endToken();

  /** Whether it says so now: the calls of a day are not used up every few answers. */
  default boolean bans() {
    return true;
  }

  /** How the platform says that it is asked too often. */
  Object ban();

  /** How it says, under HTTP 200, that it is busy. */
  Object busy();

  /** Lets an order of the window being read leave it; false if none can. */
  boolean shift();

  /** Lets lists lag: what changed at that moment or later is in none. Null: nothing lags. */
  default void showUntil(Instant horizonOrNull) {}

  /** Lets the next order that is asked for by itself be unknown; false if none ever is. */
  default boolean disagree() {
    return false;
  }

  /** Lets the next member who is told be refused; false if it is told of none. */
  default boolean part() {
    return false;
  }

  /** Lets the next answer tell a wrong total; false if it tells none. */
  default boolean wrongTotal() {
    return false;
  }

  /** A fault only this platform has; false if it has none. */
  default boolean own() {
    return false;
  }
}
