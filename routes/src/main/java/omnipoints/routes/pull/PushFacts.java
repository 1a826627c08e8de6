package omnipoints.routes.pull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;

/**
 * What one platform's messages look like: how they are signed, which orders they are about, what it
 * wants to hear. Pure. A message is never read as an order: it only says which order to ask for.
 */
interface PushFacts {

  /**
   * One request to the webhook.
   *
   * @param query parameters of the URL, decoded
   * @param headers by name in small letters, the first of each
   */
  record Push(Map<String, String> query, Map<String, String> headers, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    String query(String name) {
      return query.getOrDefault(name, "");
    }
  }

  /** What the request is. */
  sealed interface Reading {}

  /** Signed by the platform; {@code orders} have changed, none where the message is about else. */
  record Signed(List<String> orders) implements Reading {}

  /** The platform asks whether this is the right address. */
  record Challenge(String answer) implements Reading {}

  /** Not signed, or not with our secret. */
  record Unsigned() implements Reading {}

  /** Code of the channel. */
  String channel();

  /**
   * Reads a request.
   *
   * @throws Keys.Unusable a key is missing
   */
  Reading read(Push push, Keys keys);

  /** What the platform takes for "received". */
  String received();

  /** Compares without telling by its time how much was right. */
  static boolean same(String expected, String given) {
    return given != null
        && MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
