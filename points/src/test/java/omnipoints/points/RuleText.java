package omnipoints.points;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import omnipoints.points.rules.Facts;
import org.assertj.core.api.Assertions;

/** Programmes of one earn rate and some rules, written as a file would say them. */
final class RuleText {
  private static final String HEAD =
      """
      program: cloud
      version: 1
      effective_from: 2026-01-01
      hold: {days: 7, from: completed}
      """;

  private static final String A_YEAR = "expiry: {kind: rolling, length: 1y, start: available}\n";

  static final String ONE_A_YUAN =
      "earn: {per_fen: 100, points: 1, mode: linear, rounding: floor, scope: line}\n";

  private RuleText() {}

  /** One point a yuan and these rules, with the whole language. */
  static Program program(String rules) {
    return program(rules, Map.of());
  }

  /** The same with lists by path, such as {@code sets/partners.csv}. */
  static Program program(String rules, Map<String, String> lists) {
    return program(rules, lists(lists));
  }

  private static Program program(String rules, ListFiles lists) {
    return ProgramFile.readWithAnyTiers(
        "cloud", "cloud.yaml", file(rules).getBytes(StandardCharsets.UTF_8), lists);
  }

  static String file(String rules) {
    return HEAD
        + (rules.contains("expiry:") ? "" : A_YEAR)
        + (rules.contains("earn:") ? "" : ONE_A_YUAN)
        + rules;
  }

  static ListFiles lists(Map<String, String> lists) {
    return new ListFiles(
        path -> lists.containsKey(path) ? lists.get(path).getBytes(StandardCharsets.UTF_8) : null);
  }

  /** What is wrong with it. */
  static List<String> problems(String rules) {
    return Assertions.catchThrowableOfType(ProgramRefused.class, () -> program(rules)).problems();
  }

  /** The same with the bytes of lists by path. */
  static List<String> problems(String rules, Map<String, byte[]> lists) {
    return Assertions.catchThrowableOfType(
            ProgramRefused.class, () -> program(rules, new ListFiles(lists::get)))
        .problems();
  }

  /** {@code <points> <formula>} of a line under these facts. */
  static String worth(Program program, String facts) {
    Facts asked = FactsText.of(facts);
    PinnedRule rule = program.rule(asked);
    long fen = asked.line().baseFen();
    return Earning.points(rule, fen) + " " + Earning.arithmetic(rule, fen);
  }
}
