package omnipoints.points.tiers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import omnipoints.files.yaml.YamlSource;
import tools.jackson.databind.JsonNode;

/** Reads {@code tiers} of a programme file of the right form. */
public final class TiersReader {
  private static final String AT = "/tiers";

  private final YamlSource source;
  private final JsonNode root;

  private TiersReader(YamlSource source) {
    this.source = source;
    this.root = source.root().path("tiers");
  }

  /**
   * Reads them; what is wrong with their meaning is noted in {@code source}.
   *
   * @param unfit pointers of what has another form than it should; if one lies in tiers there are
   *     none
   */
  public static Tiers read(YamlSource source, Set<String> unfit) {
    var reader = new TiersReader(source);
    if (unfit.stream().anyMatch(bad -> bad.equals(AT) || bad.startsWith(AT + "/")))
      return Tiers.NONE;
    if (reader.root.isArray() && !reader.root.isEmpty())
      source.problem(AT, "tiers: a list; the levels stand under tiers: {levels: [...]}");
    return reader.root.isObject() ? reader.read() : Tiers.NONE;
  }

  private Tiers read() {
    Cycle cycle = Cycle.valueOf(upper(root.path("cycle")));
    boolean rolling = cycle == Cycle.ROLLING;
    int days = root.path("measure").path("days").asInt(0);
    if (rolling && days == 0)
      problem("/cycle", "rolling needs measure: {days: 30}, how many days count");
    if (!rolling && root.has("measure"))
      problem("/measure", "a cycle of " + cycle.name().toLowerCase(Locale.ROOT) + " is a year");
    if (!rolling && root.has("keep"))
      problem("/keep", "goes with cycle: rolling; other cycles are reviewed in their last night");
    boolean immediate = root.path("returns").asString("immediate").equals("immediate");
    boolean charge = root.path("overearned").asString("keep").equals("charge");
    if (charge && !immediate)
      problem(
          "/overearned",
          "charge takes what a tier gave that a return takes, and with returns: next_review no"
              + " return takes one; write returns: immediate");
    List<Level> levels = levels();
    JsonNode downgrade = root.path("downgrade");
    return new Tiers(
        cycle,
        days,
        levels,
        keep(levels),
        downgrade.path("step").asString("measured").equals("one"),
        downgrade.path("grace_days").asInt(0),
        immediate,
        charge);
  }

  private Keep keep(List<Level> levels) {
    JsonNode keep = root.path("keep");
    if (!keep.isObject()) return null;
    String otherwise = keep.path("else").asString();
    if (levels.stream().noneMatch(level -> level.id().equals(otherwise)))
      problem("/keep/else", "there is no level '" + otherwise + "'; " + known(levels));
    return new Keep(keep.path("last_purchase_days").asInt(), otherwise);
  }

  static String known(List<Level> levels) {
    return "levels are " + String.join(", ", levels.stream().map(Level::id).toList());
  }

  private List<Level> levels() {
    var levels = new ArrayList<Level>();
    Map<String, Level> ids = new HashMap<>();
    JsonNode given = root.path("levels");
    for (int i = 0; i < given.size(); i++) {
      String at = "/levels/" + i;
      JsonNode node = given.get(i);
      Level level =
          new Level(
              node.path("id").asString(),
              enter(node.path("enter"), at + "/enter"),
              texts(node.path("benefits")),
              texts(node.path("passes")),
              source.line(AT + at));
      Level twin = ids.putIfAbsent(level.id(), level);
      if (twin != null)
        problem(at + "/id", level.id() + " is also the level of line " + twin.line());
      levels.add(level);
    }
    return ordered(levels);
  }

  /** By what they ask for: of two levels one asks for more. */
  private List<Level> ordered(List<Level> levels) {
    Comparator<Level> byFloors = Comparator.comparing(level -> 0);
    for (Measure measure : Measure.values())
      byFloors = byFloors.thenComparingLong(level -> level.enter().floor(measure));
    List<Level> ordered = levels.stream().sorted(byFloors).toList();
    for (int i = 1; i < ordered.size(); i++) {
      Level lower = ordered.get(i - 1);
      Level higher = ordered.get(i);
      Level told = higher.line() >= lower.line() ? higher : lower;
      Level other = told == higher ? lower : higher;
      String at = "/levels/" + levels.indexOf(told);
      boolean over = higher.enter().atLeast(lower.enter());
      boolean under = lower.enter().atLeast(higher.enter());
      if (over && under)
        problem(
            at,
            told.id()
                + (told.enter().bounds().findAny().isEmpty()
                    ? " has no enter, as " + other.id() + "; only the first level has none"
                    : " is entered by as much as " + other.id() + "; let one ask for more"));
      else if (!over)
        problem(
            at + "/enter",
            "neither "
                + told.id()
                + " nor "
                + other.id()
                + " is above the other; let one ask for at least as much of everything");
    }
    if (!ordered.isEmpty() && ordered.get(0).enter().bounds().findAny().isPresent())
      problem("/levels", "every level asks for something; the first one has no enter");
    return ordered;
  }

  private Enter enter(JsonNode node, String at) {
    if (node.isMissingNode()) return Enter.NOTHING;
    var any = new ArrayList<List<Bound>>();
    JsonNode alternatives = node.path("any");
    for (int i = 0; i < alternatives.size(); i++)
      any.add(bounds(alternatives.get(i), at + "/any/" + i));
    return new Enter(bounds(node, at), any);
  }

  private List<Bound> bounds(JsonNode node, String at) {
    var bounds = new ArrayList<Bound>();
    for (Measure measure : Measure.values()) {
      JsonNode range = node.path(measure.word());
      if (range.isMissingNode()) continue;
      var bound =
          new Bound(
              measure,
              Math.max(range.path("gte").asLong(0), range.path("gt").asLong(-1) + 1),
              Math.min(
                  range.path("lte").asLong(Long.MAX_VALUE),
                  range.has("lt") ? range.path("lt").asLong() - 1 : Long.MAX_VALUE));
      if (bound.empty())
        problem(
            at + "/" + measure.word(), "no number lies in this range: let its bounds not cross");
      bounds.add(bound);
    }
    return bounds;
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }

  private void problem(String pointer, String message) {
    source.problem(AT + pointer, "tiers" + pointer.replace('/', '.') + ": " + message);
  }

  private static String upper(JsonNode node) {
    return node.asString().toUpperCase(Locale.ROOT);
  }
}
