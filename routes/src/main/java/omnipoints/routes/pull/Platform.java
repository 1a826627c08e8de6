package omnipoints.routes.pull;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The facts of one platform: how it is asked, signed, paged, and what its answers mean. Pure; the
 * pull around it owns everything else. Sources of the facts stand at each class; none was tried
 * against a live platform.
 */
interface Platform extends Access {
  /** Code of the channel. */
  String channel();

  List<Api> apis();

  /** Whether the shop of these keys is asked that. */
  default boolean asks(Api api, Keys keys) {
    return true;
  }

  /** The cursor of the first page of a window. */
  String first(Api api);

  /** Asks for one page of the changes in a window. */
  Call page(Api api, Window window, String cursor, Keys keys, Instant now);

  /**
   * What a good answer to that says.
   *
   * @throws Declared.Missing it does not say what proves a window
   */
  Page read(Api api, String cursor, JsonNode answer);

  /** Asks for one order or case, where the list tells numbers only. */
  default Call detail(Api api, String id, Keys keys, Instant now) {
    throw new IllegalStateException(channel() + " has no details");
  }

  /** What is kept of such an answer; where it does not name what it is about, that as well. */
  default byte[] kept(Api api, String id, byte[] answer) {
    return answer;
  }

  /** Asks for one order by its number, which a message of the platform named. */
  default Call order(String number, Keys keys, Instant now) {
    throw new IllegalStateException(channel() + " sends no messages");
  }
}
