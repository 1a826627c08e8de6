package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A seeded life of thousands of rows in which one rule is wrong ends as a handful of rows that
 * still show it, written so that one can paste them. Here both sides are oracles, one of them
 * wrong: what is made smaller does not care who differs.
 */
class YearShrinkTest {
  private static final Year YEAR = new Year(3, LocalDate.parse("2026-03-01"), 90, 1, 20, 2);

  /** Rules as somebody might have misread them. */
  enum Misread {
    THE_THIRD_DAY_IN_A_ROW_GIVES_FOUR(
        (facts, tiers) ->
            new YearPromises(facts, tiers) {
              @Override
              long rung(int day) {
                return day == 3 ? 4 : super.rung(day);
              }
            }),
    THURSDAYS_COUNT_TWICE(
        (facts, tiers) ->
            new YearPromises(facts, tiers) {
              @Override
              long rounded(LocalDate on, long times) {
                boolean thursday = on.getDayOfWeek() == DayOfWeek.THURSDAY;
                return super.rounded(on, thursday ? 2 * times : times);
              }
            }),
    WHO_TURN_OUT_TO_BE_ONE_KEEP_BOTH_WELCOMES(
        (facts, tiers) ->
            new YearPromises(facts, tiers) {
              @Override
              void onlyTheEarliest(String rule, String account) {
                if (!rule.equals("welcome")) super.onlyTheEarliest(rule, account);
              }
            }),
    SILVER_GIVES_NO_MORE_THAN_BASE(
        (facts, tiers) ->
            new YearPromises(facts, tiers) {
              @Override
              long times(Told.Sale sale, Told.Thing thing, String beside, boolean basket) {
                String tier =
                    tiers.inForce(facts.account(sale.card()), sale.at().toLocalDate(), facts.date);
                long times = super.times(sale, thing, beside, basket);
                return tier.equals("silver") ? times * 5 / 6 : times;
              }
            });

    private final BiFunction<YearFacts, YearTiers, YearPromises> promises;

    Misread(BiFunction<YearFacts, YearTiers, YearPromises> promises) {
      this.promises = promises;
    }

    /** The first night in which the wrong one books something else, and whose. */
    String differs(Map<LocalDate, List<Told>> told) {
      var right = new YearOracle(YEAR);
      var wrong = new YearOracle(YEAR, promises);
      var cards = new TreeMap<String, String>();
      LocalDate night = YEAR.first();
      for (LocalDate last : told.keySet())
        for (; !night.isAfter(last); night = night.plusDays(1)) {
          List<Told> rows = told.getOrDefault(night, List.of());
          for (Told row : rows)
            if (row instanceof Told.Person p)
              cards.putIfAbsent(p.card(), "M%011d".formatted(cards.size() + 1));
          right.night(night, rows, cards);
          wrong.night(night, rows, cards);
          var more = new TreeSet<>(wrong.ledger());
          right.ledger().forEach(more::remove);
          if (more.isEmpty()) continue;
          var whose = new StringBuilder();
          cards.forEach(
              (card, member) -> {
                if (more.first().contains(member)) whose.append(' ').append(card);
              });
          return night + ": " + more.first() + " of" + whose;
        }
      return null;
    }
  }

  @TempDir Path dir;

  @ParameterizedTest
  @EnumSource
  void a_rule_that_is_wrong_is_shown_by_at_most_six_rows(Misread rule) {
    YearShrink.Small small = small(rule);
    assertThat(small.rows()).hasSizeLessThanOrEqualTo(6);
    assertThat(rule.differs(YearShrink.byNight(small.rows(), small.night())))
        .isEqualTo(small.differs());
    for (Told row : small.rows()) {
      var fewer = new ArrayList<>(small.rows());
      fewer.remove(row);
      if (YearShrink.standing(fewer).size() == fewer.size())
        assertThat(rule.differs(YearShrink.byNight(fewer, small.night())))
            .as("without %s", row)
            .isNull();
    }
  }

  @Test
  void what_is_left_compiles_where_it_is_pasted() throws Exception {
    String pasted = YearCase.of(YEAR, small(Misread.THE_THIRD_DAY_IN_A_ROW_GIVES_FOUR));
    Path source = Files.createDirectories(dir.resolve("omnipoints/jobs")).resolve("Pasted.java");
    Files.writeString(
        source,
        """
        package omnipoints.jobs;
        import java.nio.file.Path;
        import java.time.*;
        import java.util.*;
        import org.junit.jupiter.api.Test;
        class Pasted {
          Path dir;
          %s
        }
        """
            .formatted(pasted));
    String classes =
        Path.of(YearCase.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toString();
    String junit =
        Path.of(Test.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    assertThat(pasted).contains("YearTest.agrees(new Year(3, ", ", dir, ");
    var errors = new ByteArrayOutputStream();
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(
                    null,
                    errors,
                    errors,
                    "-cp",
                    classes + File.pathSeparator + junit,
                    "-d",
                    dir.toString(),
                    source.toString()))
        .as(() -> errors.toString(StandardCharsets.UTF_8))
        .isZero();
  }

  private static YearShrink.Small small(Misread rule) {
    Map<LocalDate, List<Told>> told = YEAR.live();
    assertThat(told.values().stream().mapToInt(List::size).sum()).isGreaterThan(500);
    String differs = rule.differs(told);
    assertThat(differs).as("the rule is seen in the whole").isNotNull();
    return YearShrink.smallest(told, differs, rule::differs);
  }
}
