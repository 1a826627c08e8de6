package omnipoints.routes.pull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The facts of a platform that is told what members may spend, with how its requests are sent and
 * what it answers. Pure. Sources stand at each class; none was tried against a live platform.
 */
interface SyncPlatform extends SyncFacts, Access {
  /** The call that carries a request. */
  Call call(Map<String, Object> request, Keys keys, Instant now);

  /**
   * What a good answer says of each item; empty if the platform refused the request as a whole and
   * does not say because of whom.
   *
   * @param answerOrNull null if it is no JSON
   */
  List<SyncAnswer> read(List<SyncItem> items, JsonNode answerOrNull);

  /** The platform of that name. */
  static SyncPlatform named(String platform) {
    return switch (platform) {
      case "douyin" -> new SyncDouyin();
      case "wechat_card" -> new SyncWechatCard();
      case "youzan" -> new SyncYouzan();
      case "tmall" -> new SyncTmall();
      default -> throw new IllegalArgumentException("nothing is known of " + platform);
    };
  }

  /** A number that an answer tells, null where it does not. */
  static Long told(JsonNode of, String name) {
    JsonNode value = of.path(name);
    return value.isIntegralNumber() ? (Long) value.asLong() : null;
  }
}
