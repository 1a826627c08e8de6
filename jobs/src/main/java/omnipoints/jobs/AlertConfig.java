package omnipoints.jobs;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import omnipoints.routes.alert.ChatKind;
import tools.jackson.databind.JsonNode;

/**
 * A receiver of messages about nights; its address and what it signs with are in {@code
 * secrets/alert-<name>.json}.
 *
 * @param chinese in which of the two languages it is told
 * @param perMinute at most so many messages
 */
public record AlertConfig(ChatKind kind, boolean chinese, int perMinute) {

  /** Half of what the platforms let a robot say. */
  private static final int USUAL = 10;

  private static final int MOST = 20;

  /**
   * Reads the section {@code alerts}.
   *
   * @param problem takes path and sentence of what is wrong
   * @return by name
   */
  static Map<String, AlertConfig> read(JsonNode node, BiConsumer<String, String> problem) {
    var all = new TreeMap<String, AlertConfig>();
    if (node.isMissingNode() || node.isNull()) return all;
    if (!node.isObject()) {
      problem.accept("alerts", node + " stands where names of receivers are needed");
      return all;
    }
    for (String name : node.propertyNames()) {
      String at = "alerts." + name;
      if (!name.matches("[A-Za-z0-9_-]+"))
        problem.accept(at, "a name of letters and digits is needed");
      AlertConfig one = one(node.path(name), at, problem);
      if (one != null) all.put(name, one);
    }
    return all;
  }

  private static AlertConfig one(JsonNode node, String at, BiConsumer<String, String> problem) {
    if (!node.isObject()) {
      problem.accept(at, node + " stands where keys are needed, like {kind: dingtalk}");
      return null;
    }
    Set<String> known = new TreeSet<>(Set.of("kind", "language", "per_minute"));
    for (String key : node.propertyNames())
      if (!known.contains(key)) problem.accept(at + "." + key, "unknown key; known are " + known);
    String language = node.path("language").asString("zh");
    if (!Set.of("zh", "en").contains(language))
      problem.accept(at + ".language", "zh or en, not '" + language + "'");
    int perMinute = node.path("per_minute").asInt(USUAL);
    if (perMinute < 1 || perMinute > MOST)
      problem.accept(at + ".per_minute", "a whole number from 1 to " + MOST + " is needed");
    String kind = node.path("kind").asString("");
    for (ChatKind one : ChatKind.values())
      if (one.name().toLowerCase(Locale.ROOT).equals(kind))
        return new AlertConfig(one, language.equals("zh"), perMinute);
    problem.accept(at + ".kind", "dingtalk, wecom, feishu or webhook, not '" + kind + "'");
    return null;
  }
}
