package omnipoints.jobs;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What omnipoints.yaml says of the figures that are looked at before a night closes.
 *
 * @param least so many points, rows or orders a night must move before a share of them says
 *     anything
 * @param limits by channel, what its figures may be at most while its nights make no band yet
 */
public record GateConfig(Map<Figure.Size, Long> least, Map<String, Map<Figure, Long>> limits) {

  private static final Map<Figure.Size, Long> USUAL =
      Map.of(Figure.Size.POINTS, 10_000L, Figure.Size.ROWS, 1_000L, Figure.Size.ORDERS, 100L);

  /** What holds where nothing is said. */
  static final GateConfig NONE = new GateConfig(USUAL, Map.of());

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final BigDecimal MOST = new BigDecimal("1000000000000");
  private static final Set<String> NAMES =
      Stream.of(Figure.values())
          .map(Figure::setting)
          .collect(Collectors.toCollection(TreeSet::new));

  /** The limit of a figure, null where nobody set one. */
  Long limit(String channel, Figure figure) {
    return limits.getOrDefault(channel, Map.of()).get(figure);
  }

  /**
   * Reads the section {@code gate}.
   *
   * @param problem takes path and sentence of what is wrong
   */
  static GateConfig read(JsonNode gate, Set<String> channels, BiConsumer<String, String> problem) {
    if (!section(gate, "gate", Set.of("least", "limits"), problem)) return NONE;
    var least = new EnumMap<Figure.Size, Long>(USUAL);
    JsonNode sizes = gate.path("least");
    if (section(sizes, "gate.least", Set.of("points", "rows", "orders"), problem))
      for (Figure.Size size : Figure.Size.values()) {
        String name = size.name().toLowerCase(Locale.ROOT);
        BigDecimal value = number(sizes.path(name), "gate.least." + name, problem);
        if (value != null) least.put(size, value.longValue());
      }
    var limits = new TreeMap<String, Map<Figure, Long>>();
    JsonNode all = gate.path("limits");
    if (section(all, "gate.limits", channels, problem))
      for (String channel : all.propertyNames())
        limits.put(channel, limits(all.path(channel), "gate.limits." + channel, problem));
    return new GateConfig(Map.copyOf(least), limits);
  }

  private static Map<Figure, Long> limits(
      JsonNode node, String at, BiConsumer<String, String> problem) {
    var limits = new EnumMap<Figure, Long>(Figure.class);
    if (!section(node, at, NAMES, problem)) return limits;
    for (Figure figure : Figure.values()) {
      BigDecimal value = number(node.path(figure.setting()), at + "." + figure.setting(), problem);
      if (value == null) continue;
      BigDecimal unit = figure == Figure.POINTS_ISSUED ? BigDecimal.ONE : HUNDRED;
      limits.put(figure, value.multiply(unit).longValue());
    }
    return limits;
  }

  private static boolean section(
      JsonNode node, String at, Set<String> known, BiConsumer<String, String> problem) {
    if (node.isMissingNode() || node.isNull()) return false;
    if (!node.isObject()) {
      problem.accept(at, node + " stands where keys are needed");
      return false;
    }
    for (String name : List.copyOf(node.propertyNames()))
      if (!known.contains(name))
        problem.accept(at + "." + name, "unknown key; known are " + new TreeSet<>(known));
    return true;
  }

  private static BigDecimal number(JsonNode node, String at, BiConsumer<String, String> problem) {
    if (node.isMissingNode() || node.isNull()) return null;
    if (node.isNumber()
        && node.decimalValue().signum() >= 0
        && node.decimalValue().compareTo(MOST) <= 0) return node.decimalValue();
    problem.accept(at, node + " is not a number from 0 to " + MOST);
    return null;
  }
}
