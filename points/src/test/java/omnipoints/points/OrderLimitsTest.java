package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import omnipoints.facts.LineKey;
import omnipoints.points.rules.Limit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderLimitsTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final LocalDate START = LocalDate.of(2026, 5, 1);

  private static Instant at(int hour) {
    return START.atStartOfDay(ZONE).plusHours(hour).toInstant();
  }

  private static Limit limit(String text) {
    Program program = RuleText.program("rules: [{id: r, points: 1, limit: {" + text + "}}]\n");
    return program.grant("r").bound().limit();
  }

  private static OrderLimits.Ask ask(int order, int line, int hour, long points, Limit limit) {
    return new OrderLimits.Ask(
        new UUID(0, order),
        new LineTarget(
            AwardKey.of(new LineKey("c", "s", "o" + order, "" + line), "r"),
            true,
            at(hour),
            1,
            List.of(),
            null,
            false,
            null,
            false,
            new Award(points, 1)),
        limit);
  }

  private static OrderLimits.Given given(int order, int line, int hour, long points) {
    return new OrderLimits.Given(
        "r",
        new UUID(0, order),
        line + "\tr",
        "c",
        "s",
        "o" + order + "/" + line,
        at(hour),
        points);
  }

  /**
   * Rows are {@code <order>.<line>@<hour>=<points>}; of what was given before, of what is on offer,
   * and of what that gets.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      per: member, count: 1     | ''          | 1.1@1=5 1.2@1=5 2.1@2=5 | 1.1=5 1.2=5 2.1=0
      per: member, count: 1     | 2.1@9=5     | 1.1@1=5 2.2@9=5         | 1.1=0 2.2=5
      per: member, count: 2     | 2.1@9=0     | 1.1@1=5 3.1@2=5 4.1@3=5 | 1.1=5 3.1=5 4.1=0
      per: member_day, count: 1 | 9.1@23=5    | 1.1@1=5 2.1@24=5        | 1.1=0 2.1=5
      per: member_month, points: 12 | 9.1@23=5 | 1.1@1=5 2.1@24=5       | 1.1=5 2.1=2
      per: member_month, points: 12 | 9.1@23=5 | 1.1@-1=9 2.1@24=5      | 1.1=9 2.1=5
      per: order, points: 7     | ''          | 1.1@1=5 1.2@1=5 2.1@1=5 | 1.1=5 1.2=2 2.1=5
      per: order, points: 7     | 1.1@1=5     | 1.2@1=5                 | 1.2=2
      """)
  void limits_count_orders_and_a_late_one_takes_what_is_left(
      String says, String before, String offers, String expected) {
    var given = new ArrayList<OrderLimits.Given>();
    if (!before.isEmpty())
      for (String one : before.split(" +")) {
        String[] part = one.split("[.@=]");
        given.add(
            given(
                Integer.parseInt(part[0]),
                Integer.parseInt(part[1]),
                Integer.parseInt(part[2]),
                Long.parseLong(part[3])));
      }
    var asks = new ArrayList<OrderLimits.Ask>();
    for (String one : offers.split(" +")) {
      String[] part = one.split("[.@=]");
      asks.add(
          ask(
              Integer.parseInt(part[0]),
              Integer.parseInt(part[1]),
              Integer.parseInt(part[2]),
              Long.parseLong(part[3]),
              limit(says)));
    }
    Map<String, Long> got = new HashMap<>();
    for (OrderLimits.Allowed one : OrderLimits.of(ZONE, given, asks))
      got.put(
          one.ask().order().getLeastSignificantBits()
              + "."
              + AwardKey.line(one.ask().target().key().line()),
          one.points());
    for (String one : expected.split(" +"))
      assertThat(got).containsEntry(one.split("=")[0], Long.valueOf(one.split("=")[1]));
    assertThat(got).hasSameSizeAs(asks);
  }

  /** Nights of orders against one who only adds up, a cause at a time. */
  @Test
  void limits_are_never_exceeded_against_an_oracle() {
    for (long seed = 1; seed <= 3000; seed++) {
      var random = new Random(seed);
      boolean counts = random.nextBoolean();
      String per = List.of("member", "member_day", "member_month", "order").get(random.nextInt(4));
      int most = 1 + random.nextInt(8);
      Limit limit = limit("per: " + per + ", " + (counts ? "count: " : "points: ") + most);
      var given = new ArrayList<OrderLimits.Given>();
      Map<String, Map<Integer, Long>> naive = new HashMap<>();
      int order = 0;
      for (int night = 0; night < 5; night++) {
        var asks = new ArrayList<OrderLimits.Ask>();
        Map<String, Long> expected = new HashMap<>();
        int hour = -48;
        for (int i = 0, n = random.nextInt(5); i < n; i++) {
          order++;
          hour += 1 + random.nextInt(30);
          LocalDate day = at(hour).atZone(ZONE).toLocalDate();
          String period =
              switch (per) {
                case "member" -> "";
                case "member_day" -> day.toString();
                case "member_month" -> day.toString().substring(0, 7);
                default -> "o" + order;
              };
          Map<Integer, Long> there = naive.computeIfAbsent(period, any -> new HashMap<>());
          for (int line = 1, lines = 1 + random.nextInt(3); line <= lines; line++) {
            long points = 1 + random.nextInt(4);
            asks.add(ask(order, line, hour, points, limit));
            long sum = there.values().stream().mapToLong(one -> one).sum();
            long due =
                counts
                    ? there.containsKey(order) || there.size() < most ? points : 0
                    : Math.min(points, most - sum);
            if (due > 0) there.merge(order, due, Long::sum);
            expected.put(order + "." + line, due);
          }
        }
        Collections.shuffle(asks, random);
        for (OrderLimits.Allowed one : OrderLimits.of(ZONE, List.copyOf(given), asks)) {
          int id = (int) one.ask().order().getLeastSignificantBits();
          int line = Integer.parseInt(AwardKey.line(one.ask().target().key().line()));
          assertThat(one.points())
              .as("seed %d night %d %s %s", seed, night, limit, id + "." + line)
              .isEqualTo(expected.get(id + "." + line));
          given.add(
              new OrderLimits.Given(
                  "r",
                  one.ask().order(),
                  line + "\tr",
                  "c",
                  "s",
                  "o" + id + "/" + line,
                  one.ask().target().earnedAt(),
                  one.points()));
        }
      }
    }
  }

  @Test
  void members_who_become_one_keep_the_earlier() {
    List<OrderLimits.Given> both =
        List.of(given(1, 1, 5, 4), given(2, 1, 3, 4), given(2, 2, 3, 4), given(3, 1, 9, 4));
    assertThat(OrderLimits.together(limit("per: member, count: 1"), both))
        .extracting(one -> one.given().cause() + " " + one.points())
        .containsExactly("o2/1 4", "o2/2 4", "o1/1 0", "o3/1 0");
    assertThat(OrderLimits.together(limit("per: member, points: 10"), both))
        .extracting(one -> one.given().cause() + " " + one.points())
        .containsExactly("o2/1 4", "o2/2 4", "o1/1 2", "o3/1 0");
  }
}
