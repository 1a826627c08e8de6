package omnipoints.jobs;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/**
 * Which platforms are told what members may spend, as the section {@code sync} of omnipoints.yaml
 * names them.
 *
 * @param platforms with what their requests say of the house, empty where they say nothing
 */
public record SyncConfig(Map<Platform, String> platforms) {

  /** What holds where nothing is said. */
  static final SyncConfig NOBODY = new SyncConfig(Map.of());

  /** A platform, the tokens it knows members by, and what its requests say of the house. */
  public enum Platform {
    DOUYIN("douyin_open_id", "account_id"),
    WECHAT_CARD("card", "card_id"),
    YOUZAN("yz_open_id", null),
    TMALL("tmall_nick", null);

    final String kind;
    final String parameter;

    Platform(String kind, String parameter) {
      this.kind = kind;
      this.parameter = parameter;
    }

    /** As omnipoints.yaml and files name it. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reads the section.
   *
   * @param problem takes path and sentence of what is wrong
   */
  static SyncConfig read(JsonNode section, BiConsumer<String, String> problem) {
    if (section.isMissingNode() || section.isNull()) return NOBODY;
    if (!section.isObject()) {
      problem.accept("sync", "platforms are needed, such as {youzan: {}}");
      return NOBODY;
    }
    var words = new TreeMap<String, Platform>();
    for (Platform platform : Platform.values()) words.put(platform.word(), platform);
    var platforms = new TreeMap<Platform, String>();
    for (String word : section.propertyNames()) {
      Platform platform = words.get(word);
      if (platform == null) {
        problem.accept(
            "sync." + word, "no such platform; known are " + String.join(", ", words.keySet()));
        continue;
      }
      JsonNode of = section.path(word);
      boolean given = platform.parameter != null && of.path(platform.parameter).isString();
      boolean right = of.isObject() && of.size() == (platform.parameter == null ? 0 : 1);
      if (!right || platform.parameter != null && !given)
        problem.accept(
            "sync." + word,
            platform.parameter == null
                ? "{} is needed"
                : "{" + platform.parameter + ": \"…\"} is needed");
      platforms.put(platform, given ? of.path(platform.parameter).asString() : "");
    }
    return new SyncConfig(platforms);
  }
}
