package omnipoints.routes.pull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The facts of one platform: how it is asked, signed, paged, and what its answers mean. Pure; the
 * pull around it owns everything else. Sources of the facts stand at each class; none was tried
 * against a live platform.
 */
interface Platform {
  /** Code of the channel. */
  String channel();

  /** Where the platform answers, without a slash at the end. */
  String gateway();

  /** Calls a second it allows, or fewer. */
  int callsPerSecond();

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

  /**
   * What an answer means.
   *
   * @param answerOrNull null if it is no JSON
   */
  Verdict verdict(int status, JsonNode answerOrNull);

  /** Asks for a new token; empty if only a person can get one. */
  default Optional<Call> renewal(Keys keys, Instant now) {
    return Optional.empty();
  }

  /** The same once the platform has refused a token that should have been good. */
  default Optional<Call> renewalAfterRefusal(Keys keys, Instant now) {
    return renewal(keys, now);
  }

  /** How long that has to wait: some platforms let it be done so often only. */
  default Duration refusalWait(Keys keys, Instant now) {
    return Duration.ZERO;
  }

  /** The keys that remember such a renewal. */
  default Keys afterRefusal(Keys keys, Instant now) {
    return keys;
  }

  /** The keys with the token of a good answer to that. */
  default Keys renewed(Keys keys, JsonNode answer, Instant now) {
    return keys;
  }

  /** Whether the token ends so soon that it is renewed before it is used. */
  default boolean ends(Keys keys, Instant now) {
    if (renewal(keys, now).isEmpty()) return false;
    Instant end = keys.momentOrNull("expires_at");
    return keys.get("access_token", "").isEmpty()
        || end != null && !end.minusSeconds(60).isAfter(now);
  }
}
