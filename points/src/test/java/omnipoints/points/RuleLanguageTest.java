package omnipoints.points;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused of rules, with file and line, all at once. */
class RuleLanguageTest {
  @TempDir Path home;

  @Test
  void wrong_words_and_values_are_all_told() {
    assertThat(
            RuleText.problems(
                """
                rules:
                - {id: Double, times: 2}
                - {id: a, when: {chanel: tmall}, times: 2}
                - {id: b, window: {weekdays: [WEDNESDAY]}, times: 1.5}
                - {id: c, window: {hours: "9-12"}, times: 2}
                - {id: d, window: {}, times: 2}
                - {times: 2}
                """))
        .containsExactly(
            "cloud.yaml:8: rules.0.id: Double does not fit: name of the rule, of small letters,"
                + " digits and _; it settles ties and stands on what it gave",
            "cloud.yaml:9: rules.1.when.chanel: unknown key; known here are channel, shop, home_shop,"
                + " category, sku, brand, line_fen, order_fen, order_type, payment, tier, pass, tag, segment,"
                + " return_rate, joined_days, join_channel, birthday, type, platform, friend_order_fen,"
                + " principal_fen, variant, any",
            "cloud.yaml:10: rules.2.times: 1.5 is no whole number or text; write it as a fraction, such as 3/2",
            "cloud.yaml:10: rules.2.window.weekdays.0: WEDNESDAY is not one of MON, TUE, WED, THU, FRI, SAT, SUN",
            "cloud.yaml:11: rules.3.window.hours: 9-12 does not fit: times of day such as"
                + " 09:00-12:00, the second one excluded; over midnight it belongs to the day it began",
            "cloud.yaml:12: rules.4.window: {} says nothing: when the rule holds, by the event's own time in"
                + " the zone of the home; all that is given holds together",
            "cloud.yaml:13: rules.5.id: missing");
  }

  @Test
  void rules_that_mean_nothing_are_all_told() {
    assertThat(
            RuleText.problems(
                """
                rules:
                - {id: a, times: 2}
                - {id: a, times: 3}
                - {id: b}
                - {id: c, times: 2, times_by: {tier: {gold: 2}}}
                - {id: d, window: {from: 2026-11-08, to: 2026-11-02}, times: 2}
                - {id: e, window: {to: 2025-12-31}, times: 2}
                - {id: f, window: {from: 2026-02-30}, times: 2}
                - {id: g, window: {calendar: moon}, times: 2}
                - {id: h, when: {shop: {in: partners}}, times: 2}
                - {id: i, when: {order_fen: {gt: 5, lte: 5}}, times: 2}
                - {id: j, when: {shop: {gte: 5}}, times: 2}
                - {id: k, group: g1, excludes: [g1, g2], times: 2}
                - {id: l, window: {leap_birthday: mar1, weekdays: [MON]}, times: 2}
                - {id: m, when: {any: [{any: [{sku: A}]}]}, times: 2}
                - {id: n, times: 1001}
                """))
        .containsExactly(
            "cloud.yaml:9: rules.1.id: a is also the rule of line 8",
            "cloud.yaml:10: rules.2: gives nothing; add times, such as times: 2, or points, such as points: 100",
            "cloud.yaml:11: rules.3: gives both times and times_by; make it two rules",
            "cloud.yaml:12: rules.4.window: 2026-11-08 to 2026-11-02 holds no moment: let it end later",
            "cloud.yaml:13: rules.5.window: is over before the version begins on 2026-01-01; take the rule"
                + " out or let it end later",
            "cloud.yaml:14: rules.6.window.from: 2026-02-30 is no date of the calendar",
            "cloud.yaml:15: rules.7.window.calendar: there is no calendar 'moon'; give its dates in"
                + " programs/calendars/moon.csv, column date",
            "cloud.yaml:16: rules.8.when.shop.in: there is no set 'partners'; give its values in"
                + " programs/sets/partners.csv, column value",
            "cloud.yaml:17: rules.9.when.order_fen: no number lies in this range: let its bounds not cross",
            "cloud.yaml:18: rules.10.when.shop.gte: unknown key; known here are in, not",
            "cloud.yaml:20: rules.12.window: leap_birthday says something beside birthday only; add birthday: day",
            "cloud.yaml:21: rules.13.when.any.0.any: stands once, outside of alternatives",
            "cloud.yaml:22: rules.14.times: 1001 is more than 1000; look for a zero too many");
  }

  @Test
  void only_what_a_schedule_gives_has_a_date() {
    assertThat(
            RuleText.problems(
                """
                rules:
                - {id: a, points: 5, at: 2026-12-01}
                - {id: b, on: activity, points: 5, at: 2026-12-01}
                - {id: c, times: 2, at: 2026-12-01}
                - {id: d, on: topup, points: 5, at: 2026-12-01}
                - {id: e, on: schedule, points: 5, at: 2026-12-01}
                """))
        .containsExactly(
            "cloud.yaml:8: rules.0.at: only rules on: schedule give at a date; say window: {from, to}",
            "cloud.yaml:9: rules.1.at: only rules on: schedule give at a date; say window: {from, to}",
            "cloud.yaml:10: rules.2.at: only rules on: schedule give at a date; say window: {from, to}",
            "cloud.yaml:11: rules.3.at: only rules on: schedule give at a date");
  }

  @Test
  void only_a_factor_with_terms_of_its_own_is_given_once_for_an_order() {
    assertThat(
            RuleText.problems(
                """
                rules:
                - {id: a, scope: order, times_by: {tier: {gold: 2}}, campaign: c}
                - {id: b, scope: order, times: 2, budget: 5}
                - {id: c, scope: order, times: 2}
                - {id: d, scope: line, times: 2}
                """))
        .noneMatch(problem -> problem.matches(".*rules[.][013].scope.*"))
        .contains(
            "cloud.yaml:10: rules.2.scope: is for an award of its own, and this factor is part of the rate;"
                + " say campaign: a name for it, or leave it out");
  }

  @Test
  void a_form_that_does_not_fit_is_told_with_what_to_write() {
    assertThat(
            RuleText.problems(
                """
                rules:
                - {id: a, window: {weekdays: WED}, times: 2}
                - {id: b, window: {month_days: 8}, times: 2}
                - {id: c, when: {order_fen: gte 50000}, times: 2}
                - {id: d, limit: once, points: 5}
                """))
        .containsExactly(
            "cloud.yaml:8: rules.0.window.weekdays: WED is no list; write it in brackets: [WED]",
            "cloud.yaml:9: rules.1.window.month_days: 8 is no list; write it in brackets: [8]",
            "cloud.yaml:10: rules.2.when.order_fen: gte 50000 does not fit: what was paid for the order's goods"
                + " before refunds, in fen: a number, a list of numbers of which one holds, a range such as {gte:"
                + " 50000}, or {not: …}",
            "cloud.yaml:11: rules.3.limit: once is no group of words; write {word: value}, of the words per,"
                + " count, points");
  }

  @Test
  void groups_that_are_silenced_exist_and_are_others() {
    assertThat(RuleText.problems("rules: [{id: k, group: g1, excludes: [g1, g2], times: 2}]\n"))
        .containsExactly(
            "cloud.yaml:7: rules.0.excludes.0: a rule cannot silence its own group",
            "cloud.yaml:7: rules.0.excludes.1: no rule is in a group 'g2'");
  }

  @Test
  void an_experiment_is_whole_and_its_variants_are_there() {
    assertThat(
            RuleText.problems(
                """
                variants: {key: ab1, shares: {a: 1/2, b: 1/3}}
                rules: [{id: t, when: {variant: [b, c]}, times: 2}, {id: u, times_by: {variant: {a: 2, d: 3}}}]
                caps: [{when: {any: [{variant: e}]}, max_times: 2}]
                """))
        .containsExactly(
            "cloud.yaml:7: variants.shares: add up to 5/6; make them add up to 1",
            "cloud.yaml:8: rules.0.when.variant.1: there is no variant 'c'; variants: {key, shares} names them",
            "cloud.yaml:8: rules.1.times_by.variant.d: there is no variant 'd'; variants: {key, shares} names them",
            "cloud.yaml:9: caps.0.when.any.0.variant: there is no variant 'e'; variants: {key, shares} names them");
    assertThat(RuleText.problems("rules: [{id: t, when: {variant: b}, times: 2}]\n"))
        .containsExactly(
            "cloud.yaml:7: rules.0.when.variant: there is no variant 'b'; variants: {key, shares} names them");
  }

  @Test
  void a_birthday_is_a_month_and_a_day() {
    assertThat(
            RuleText.problems(
                """
                rules:
                - {id: a, when: {birthday: 5-20}, times: 2}
                - {id: b, when: {birthday: [02-29, 02-30]}, times: 2}
                """))
        .containsExactly(
            "cloud.yaml:8: rules.0.when.birthday: 5-20 is no month and day such as 02-29",
            "cloud.yaml:9: rules.1.when.birthday.1: 02-30 is no month and day such as 02-29");
  }

  @Test
  void the_small_hours_behind_the_last_day_are_not_over() {
    String last = "rules: [{id: a, window: {to: 2025-12-31, hours: \"22:00-02:00\"}, times: 2}]\n";
    assertThat(RuleText.worth(RuleText.program(last), "at=2026-01-01T01:59:59")).startsWith("400 ");
    assertThat(RuleText.worth(RuleText.program(last), "at=2026-01-01T22:00:00")).startsWith("200 ");
  }

  @Test
  void a_product_without_bounds_is_refused() {
    assertThat(RuleText.problems("rules: [{id: a, times: 1000}, {id: b, times: 11}]\n"))
        .containsExactly(
            "cloud.yaml:7: rules: together they may multiply by 11000; bound them with stack: {max_times: 10}");
    assertThat(
            RuleText.program(
                    "stack: {max_times: 20}\nrules: [{id: a, times: 1000}, {id: b, times: 11}]\n")
                .rates()
                .mostTimes())
        .hasToString("20");
  }

  @Test
  void a_place_of_another_form_is_told_and_never_a_failure() {
    for (String place :
        new String[] {
          "rules: {a: 1}",
          "rules: [[], 3, {id: {a: 1}, times: {a: 1}}]",
          "rules: [{id: a, window: {from: {a: 1}, hours: []}, times: 2}]",
          "rules: [{id: a, when: {any: {sku: A}}, times: 2}]",
          "rules: [{id: a, when: {sku: {in: {a: 1}}}, times_by: []}]",
          "caps: [{max_times: []}]",
          "variants: {key: {a: 1}, shares: [1]}",
          "point: {fen: {a: 1}}",
          "stack: []"
        }) assertThat(RuleText.problems(place + "\n")).as(place).isNotEmpty();
    for (String file :
        new String[] {"- a\n", "3\n", "program: [cloud]\neffective_from: {a: 1}\nexpiry: 3\n"})
      assertThat(
              catchThrowableOfType(
                      ProgramRefused.class,
                      () ->
                          Programs.parse(
                              "cloud", "cloud.yaml", file.getBytes(StandardCharsets.UTF_8)))
                  .problems())
          .as(file)
          .isNotEmpty();
  }

  @Test
  void sets_and_calendars_belong_to_the_version() {
    Map<String, String> two = Map.of("sets/partners.csv", "value\nS2\n");
    Map<String, String> three = Map.of("sets/partners.csv", "value\nS2\nS3\n");
    String rules = "rules: [{id: a, when: {shop: {in: partners}}, times: 2}]\n";
    Program small = RuleText.program(rules, two);
    assertThat(small.hash()).isNotEqualTo(RuleText.program(rules, three).hash());
    assertThat(small.hash())
        .isEqualTo(RuleText.program(rules, Map.of("sets/partners.csv", "value\r\nS2\r\n")).hash());
    // what the books keep of it says the same rules again, without the files
    Program kept =
        ProgramFile.readWithAnyTiers(
            "cloud",
            "kept",
            small.source().text().getBytes(StandardCharsets.UTF_8),
            ListFiles.kept(small.source().text()));
    assertThat(kept.rates()).isEqualTo(small.rates());
  }

  @Test
  void a_list_lies_beside_the_programme_and_nowhere_else() {
    assertThat(
            RuleText.problems(
                """
                rules:
                - {id: a, when: {shop: {in: ../../secrets/key}}, times: 2}
                - {id: b, window: {calendar: /etc/days}, times: 2}
                """))
        .satisfiesExactly(
            in ->
                assertThat(in)
                    .startsWith(
                        "cloud.yaml:8: rules.0.when.shop.in: ../../secrets/key does not fit"),
            calendar ->
                assertThat(calendar)
                    .startsWith("cloud.yaml:9: rules.1.window.calendar: /etc/days does not fit"));
  }

  @Test
  void a_list_without_its_column_or_with_no_dates_is_told() {
    ProgramRefused refused =
        catchThrowableOfType(
            ProgramRefused.class,
            () ->
                RuleText.program(
                    "rules: [{id: a, window: {calendar: c}, when: {shop: {in: s}}, times: 2}]\n",
                    Map.of("sets/s.csv", "shop\nS1\n", "calendars/c.csv", "date\n1 May\n")));
    assertThat(refused.problems())
        .contains(
            "programs/sets/s.csv:1: column value: missing in the first row",
            "programs/calendars/c.csv:2: date: 1 May is no date such as 2026-11-02");
  }

  @Test
  void a_list_is_read_as_the_csv_it_is() {
    Program program =
        RuleText.program(
            "rules: [{id: a, when: {shop: {in: s}}, times: 2}]\n",
            Map.of(
                "sets/s.csv", "\"name\",\"value\"\n\"hill, north\",\"S\"\"1\"\n\n river , S2 \n"));
    for (String shop : new String[] {"S\"1", "S2"})
      assertThat(program.rule(FactsText.of("shop=" + shop)).times().rules()).containsExactly("a");
    assertThat(program.rule(FactsText.of("shop=north")).times().rules()).isEmpty();
  }

  @Test
  void a_list_that_is_no_csv_or_not_utf_8_is_told_once() {
    String rules =
        "rules: [{id: a, when: {shop: {in: s}}, times: 2}, {id: b, when: {shop: {in: s}}, times: 3}]\n";
    assertThat(RuleText.problems(rules, Map.of("sets/s.csv", "value\nS1\n\"S2\n".getBytes(UTF_8))))
        .containsExactly(
            "programs/sets/s.csv:3: quotes do not pair; close the cell or take the quote out");
    assertThat(
            RuleText.problems(
                rules, Map.of("sets/s.csv", "value\n门店\n".getBytes(Charset.forName("GBK")))))
        .containsExactly("programs/sets/s.csv:0: not UTF-8; save the file as UTF-8");
  }

  @Test
  void a_list_of_the_home_is_read_beside_its_programme() throws IOException {
    Files.createDirectories(home.resolve("sets"));
    Files.writeString(home.resolve("sets/partners.csv"), "value\nS2\n");
    Files.writeString(
        home.resolve("cloud.yaml"),
        """
        program: cloud
        version: 1
        effective_from: 2026-01-01
        earn: {per_fen: 100, points: 1, mode: linear, rounding: floor, scope: line}
        hold: {days: 7, from: completed}
        expiry: {kind: never}
        rules: [{id: a, when: {shop: {in: partners}}, times: 2}]
        """);
    Program program = Programs.load("cloud", home).versions().get(0);
    assertThat(program.rule(FactsText.of("shop=S2")).times().rules()).containsExactly("a");
    assertThat(program.rule(FactsText.of("shop=S1")).times().rules()).isEmpty();
  }
}
