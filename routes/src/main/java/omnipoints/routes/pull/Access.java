package omnipoints.routes.pull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How a platform is reached: where it answers, how often, what its answers and tokens mean. */
interface Access {
  /** Where the platform answers, without a slash at the end. */
  String gateway();

  /** Calls a second it allows, or fewer. */
  int callsPerSecond();

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
