package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Random rules, groups and bounds against a naive reading of the same promises: over every subset
 * that takes one holding rule of each group that nobody silences, the largest product counts.
 */
class RatesAgainstOracleTest {
  private static final int PROGRAMMES = 300;

  /** As an author would write it: {@code channel} is what it asks, null for nothing. */
  private record Rule(
      String id, String group, List<String> excludes, String channel, int over, int under) {
    boolean holds(String sold) {
      return channel == null || channel.equals(sold);
    }

    String groupOrId() {
      return group == null ? id : group;
    }

    String yaml() {
      return "- {id: "
          + id
          + (group == null ? "" : ", group: " + group)
          + (excludes.isEmpty() ? "" : ", excludes: " + excludes)
          + (channel == null ? "" : ", when: {channel: " + channel + "}")
          + ", times: "
          + over
          + "/"
          + under
          + "}\n";
    }
  }

  private static final String[] CHANNELS = {"tmall", "jd", "pos"};
  private static final String[] GROUPS = {"a", "b", "c", null};

  private static List<Rule> rules(Random random) {
    var rules = new ArrayList<Rule>();
    int n = 1 + random.nextInt(6);
    for (int i = 0; i < n; i++) {
      rules.add(
          new Rule(
              "r" + i,
              GROUPS[random.nextInt(GROUPS.length)],
              List.of(),
              random.nextInt(3) == 0 ? null : CHANNELS[random.nextInt(3)],
              1 + random.nextInt(9),
              1 + random.nextInt(4)));
    }
    for (int i = 0; i < n; i++) {
      if (random.nextInt(4) > 0) continue;
      Rule rule = rules.get(i);
      String other = rules.get(random.nextInt(n)).groupOrId();
      if (other.equals(rule.groupOrId())) continue;
      rules.set(
          i,
          new Rule(
              rule.id(), rule.group(), List.of(other), rule.channel(), rule.over(), rule.under()));
    }
    return rules;
  }

  /** Points of {@code fen} fen: floor(fen / 100 × times), by long fractions only. */
  private static long naive(List<Rule> rules, String sold, boolean add, int most, long fen) {
    List<Rule> holding = rules.stream().filter(rule -> rule.holds(sold)).toList();
    List<Rule> heard =
        holding.stream()
            .filter(
                rule -> holding.stream().noneMatch(o -> o.excludes().contains(rule.groupOrId())))
            .toList();
    BigInteger over = BigInteger.ONE;
    BigInteger under = BigInteger.ONE;
    for (String group : heard.stream().map(Rule::groupOrId).collect(Collectors.toSet())) {
      Rule best = null;
      for (Rule rule : heard)
        if (rule.groupOrId().equals(group)
            && (best == null
                || (long) rule.over() * best.under() > (long) best.over() * rule.under()))
          best = rule;
      if (add) {
        over =
            over.multiply(BigInteger.valueOf(best.under()))
                .add(under.multiply(BigInteger.valueOf(best.over() - best.under())));
      } else {
        over = over.multiply(BigInteger.valueOf(best.over()));
      }
      under = under.multiply(BigInteger.valueOf(best.under()));
    }
    if (over.signum() < 0) over = BigInteger.ZERO;
    if (over.compareTo(under.multiply(BigInteger.valueOf(most))) > 0) {
      over = BigInteger.valueOf(most);
      under = BigInteger.ONE;
    }
    return BigInteger.valueOf(fen)
        .multiply(over)
        .divide(under.multiply(BigInteger.valueOf(100)))
        .longValueExact();
  }

  @Test
  void random_programmes_give_what_their_words_say_whatever_their_order() {
    long counted = 0;
    for (int seed = 0; seed < PROGRAMMES; seed++) {
      Random random = new Random(seed);
      List<Rule> rules = rules(random);
      boolean add = random.nextBoolean();
      int most = 1 + random.nextInt(12);
      String stack =
          "stack: {across: " + (add ? "add" : "multiply") + ", max_times: " + most + "}\nrules:\n";
      Program program = RuleText.program(stack + yaml(rules));
      var shuffled = new ArrayList<>(rules);
      Collections.shuffle(shuffled, random);
      Program other = RuleText.program(stack + yaml(shuffled));
      for (String channel : CHANNELS) {
        long fen = random.nextInt(1_000_000);
        PinnedRule rule = program.rule(FactsText.of("channel=" + channel));
        assertThat(Earning.points(rule, fen))
            .as("seed " + seed + " " + channel + " " + fen + "\n" + stack + yaml(rules))
            .isEqualTo(naive(rules, channel, add, most, fen));
        assertThat(other.rule(FactsText.of("channel=" + channel))).isEqualTo(rule);
        if (!rule.times().isNone()) counted++;
      }
    }
    assertThat(counted).isGreaterThan(PROGRAMMES);
  }

  private static String yaml(List<Rule> rules) {
    return rules.stream().map(Rule::yaml).collect(Collectors.joining());
  }
}
