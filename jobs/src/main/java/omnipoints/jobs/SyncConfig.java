package omnipoints.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import omnipoints.routes.pull.PullSettings;
import omnipoints.routes.pull.SyncFacts;
import tools.jackson.databind.JsonNode;

/**
 * Which platforms are told what members may spend, as the section {@code sync} of omnipoints.yaml
 * names them.
 */
public record SyncConfig(Map<Platform, Target> platforms) {

  /** What holds where nothing is said. */
  static final SyncConfig NOBODY = new SyncConfig(Map.of());

  private static final String TRANSPORT = "transport";
  private static final String COUNTS_ONCE = "counts_once";
  private static final int MINUTES = 60;

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
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How one is told.
   *
   * @param house what its requests say of the house, empty where they say nothing
   * @param apiOrNull how it is told over HTTP; null: by files only, which somebody hands over
   */
  public record Target(String house, Api apiOrNull) {}

  /**
   * How a platform is told over HTTP.
   *
   * @param urlOrNull in place of the platform's own address
   * @param callsPerSecond 0: what the platform allows
   * @param budget after that time it ends, wherever it is
   * @param countsOnce the house knows that a request number which comes twice counts once
   */
  public record Api(String urlOrNull, int callsPerSecond, Duration budget, boolean countsOnce) {}

  /** The platforms that are told over HTTP. */
  List<String> byApi() {
    List<String> words = new ArrayList<>();
    platforms.forEach(
        (platform, target) -> {
          if (target.apiOrNull() != null) words.add(platform.word());
        });
    return words;
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
    var platforms = new TreeMap<Platform, Target>();
    for (String word : section.propertyNames()) {
      Platform platform = words.get(word);
      if (platform == null)
        problem.accept(
            "sync." + word, "no such platform; known are " + String.join(", ", words.keySet()));
      else platforms.put(platform, target(platform, section.path(word), problem));
    }
    return new SyncConfig(platforms);
  }

  private static Target target(Platform platform, JsonNode of, BiConsumer<String, String> problem) {
    String at = "sync." + platform.word();
    Set<String> known = new TreeSet<>(Set.of(TRANSPORT));
    SyncFacts facts = SyncFacts.of(platform.word());
    if (!facts.states() && !facts.countsOnce()) known.add(COUNTS_ONCE);
    boolean given = platform.parameter != null && of.path(platform.parameter).isString();
    if (platform.parameter != null) known.add(platform.parameter);
    boolean right = of.isObject() && known.containsAll(of.propertyNames());
    if (!right || platform.parameter != null && !given)
      problem.accept(
          at,
          platform.parameter == null
              ? "{} is needed, with " + String.join(", ", known) + " where it is told over HTTP"
              : "{" + platform.parameter + ": \"…\"} is needed");
    return new Target(
        given ? of.path(platform.parameter).asString() : "",
        api(of.path(TRANSPORT), of.path(COUNTS_ONCE).asBoolean(false), at, problem));
  }

  /** {@code transport: api}, or {@code {api: {url, calls_per_second, minutes}}}. */
  private static Api api(
      JsonNode transport, boolean countsOnce, String at, BiConsumer<String, String> problem) {
    if (transport.isMissingNode() || transport.isNull() || "file".equals(transport.asString("")))
      return null;
    if (!"api".equals(transport.asString("")) && !transport.path("api").isObject()) {
      problem.accept(at + ".transport", "'file', 'api' or {api: {url, calls_per_second, minutes}}");
      return null;
    }
    JsonNode api = transport.path("api");
    for (String key : api.propertyNames())
      if (!Set.of("url", "calls_per_second", "minutes").contains(key))
        problem.accept(at + ".transport.api." + key, "unknown key");
    String url = api.path("url").isString() ? api.path("url").asString() : null;
    if (api.has("url") && (url == null || !PullSettings.safe(url)))
      problem.accept(at + ".transport.api.url", "'" + url + "' is no https address");
    return new Api(
        url,
        api.has("calls_per_second") ? positive(api, "calls_per_second", at, problem) : 0,
        Duration.ofMinutes(api.has("minutes") ? positive(api, "minutes", at, problem) : MINUTES),
        countsOnce);
  }

  private static int positive(
      JsonNode api, String key, String at, BiConsumer<String, String> problem) {
    JsonNode value = api.path(key);
    boolean whole = value.isIntegralNumber() && value.canConvertToInt() && value.intValue() > 0;
    if (!whole)
      problem.accept(at + ".transport.api." + key, value + " is not a positive whole number");
    return whole ? value.intValue() : 1;
  }
}
