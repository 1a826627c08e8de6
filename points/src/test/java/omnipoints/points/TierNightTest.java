package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import omnipoints.points.tiers.Standing;
import omnipoints.points.tiers.TierChange;
import omnipoints.points.tiers.TierKnown;
import omnipoints.points.tiers.TierState;
import omnipoints.points.tiers.Tiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Worked numbers of tiers, named after their rows; amounts in fen, a point a yuan. */
class TierNightTest {

  private static final String LEVELS =
      "levels: [{id: gold, enter: {paid_net_fen: {gte: 500000}}}, {id: base},"
          + " {id: silver, enter: {paid_net_fen: {gte: 200000}}, benefits: [birthday_gift]}]";

  private static final String ROLLING = "cycle: rolling, measure: {days: 30}, ";
  private static final String KEEP = "keep: {last_purchase_days: 60, else: base}, ";

  static Tiers tiers(String said) {
    return RuleText.program("tiers: {" + said + "}\n").tiers();
  }

  private static LocalDate on(String date) {
    return LocalDate.parse(date);
  }

  /**
   * The changes of a life that begins on 1 January 2026; what it reads stands apart by {@code ;}.
   */
  private static List<String> life(Tiers tiers, String told, String until) {
    return life(tiers, told).until(on("2026-01-01"), on(until));
  }

  private static TierLife life(Tiers tiers, String told) {
    var read = new ArrayList<TierLife.Told>();
    Stream.of(told.split(";"))
        .filter(one -> !one.isBlank())
        .forEach(one -> read.add(TierLife.Told.of(one)));
    return new TierLife(tiers, on("2026-01-01"), read);
  }

  @ParameterizedTest(name = "G2 {0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2026-11-30 199999                                          | base
          2026-11-30 200000                                          | silver
          2026-11-30 200000 paid 2026-11-01                          | silver
          2026-11-30 200000 paid 2026-10-31                          | base
          2026-11-30 100000 paid 2026-11-01 ; 2026-11-30 100000       | silver
          2026-11-30 100000 paid 2026-10-31 ; 2026-11-30 100000       | base
          2026-11-30 200001 back 1                                   | silver
          2026-11-30 200000 back 1                                   | base
          2026-11-30 499999                                          | silver
          2026-11-30 500000                                          | gold
          """)
  void G2_thirty_days_net_of_returns_with_day_1_and_day_30(String told, String tier) {
    TierLife life = life(tiers(ROLLING + KEEP + LEVELS), told);
    life.until(on("2026-01-01"), on("2026-11-30"));
    assertThat(life.state.tier()).isEqualTo(tier);
  }

  @Test
  void G3_bought_on_1_March_the_night_of_30_April_keeps_and_that_of_1_May_falls() {
    Tiers tiers = tiers(ROLLING + KEEP + LEVELS);
    TierLife life = life(tiers, "2026-03-01 200000");
    life.until(on("2026-01-01"), on("2026-04-30"));
    assertThat(life.changes).containsExactly("2026-03-01 base>silver UPGRADE");
    assertThat(life.state.reviewOn()).isEqualTo("2026-05-01");
    life.night(on("2026-05-01"));
    assertThat(life.changes).last().isEqualTo("2026-05-01 silver>base DOWNGRADE");
    TierChange fall = life.last.get(on("2026-05-01"));
    assertThat(fall.effectiveOn()).isEqualTo("2026-05-02");
    assertThat(fall.evidence()).containsExactly("last purchase 2026-03-01");
    assertThat(life.looks).as("nights that looked at the member").isEqualTo(4);
  }

  /** What is read | what happens, by night. */
  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2026-03-01 200000 ; 2026-04-30 1                      | 2026-03-01 base>silver UPGRADE, 2026-06-30 silver>base DOWNGRADE
          2026-03-01 200000 ; 2026-04-20 5 ; 2026-04-25 5 paid 2026-04-20 back 5 | 2026-03-01 base>silver UPGRADE, 2026-05-01 silver>base DOWNGRADE
          2026-03-01 200000 ; 2026-05-20 1                      | 2026-03-01 base>silver UPGRADE, 2026-05-01 silver>base DOWNGRADE
          2026-03-01 500000 ; 2026-03-25 200000                 | 2026-03-01 base>gold UPGRADE, 2026-05-25 gold>base DOWNGRADE
          """)
  void G3_keep_alone_lowers_and_a_returned_order_is_no_purchase(String told, String changes) {
    assertThat(life(tiers(ROLLING + KEEP + LEVELS), told, "2026-07-10"))
        .containsExactly(changes.split(", "));
  }

  @Test
  void G3_a_level_that_keep_took_is_lifted_again_only_by_a_purchase_after_the_fall() {
    Tiers tiers = tiers("cycle: rolling, measure: {days: 365}, " + KEEP + LEVELS);
    assertThat(
            life(
                tiers,
                "2026-03-01 200000 ; 2026-05-03 5 paid 2026-04-29 ; 2026-05-10 1",
                "2026-06-01"))
        .containsExactly(
            "2026-03-01 base>silver UPGRADE",
            "2026-05-01 silver>base DOWNGRADE",
            "2026-05-10 base>silver UPGRADE");
  }

  /** Without keep a level is held while it is measured. */
  @ParameterizedTest(name = "{0}, {1} -> {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          step: measured                | 2026-03-01 500000                       | 2026-03-01 base>gold UPGRADE, 2026-03-31 gold>base DOWNGRADE
          step: measured                | 2026-03-01 300000 ; 2026-03-11 200000   | 2026-03-01 base>silver UPGRADE, 2026-03-11 silver>gold UPGRADE, 2026-03-31 gold>silver DOWNGRADE, 2026-04-10 silver>base DOWNGRADE
          step: one                     | 2026-03-01 500000                       | 2026-03-01 base>gold UPGRADE, 2026-03-31 gold>silver DOWNGRADE, 2026-04-01 silver>base DOWNGRADE
          grace_days: 5                 | 2026-03-01 500000                       | 2026-03-01 base>gold UPGRADE, 2026-04-05 gold>base DOWNGRADE
          grace_days: 5                 | 2026-03-01 500000 ; 2026-04-04 500000   | 2026-03-01 base>gold UPGRADE, 2026-05-09 gold>base DOWNGRADE
          grace_days: 5                 | 2026-03-01 500000 ; 2026-04-04 499999   | 2026-03-01 base>gold UPGRADE, 2026-04-05 gold>silver DOWNGRADE, 2026-05-09 silver>base DOWNGRADE
          """)
  void a_rolling_level_is_held_while_it_is_measured(String downgrade, String told, String changes) {
    assertThat(
            life(tiers(ROLLING + "downgrade: {" + downgrade + "}, " + LEVELS), told, "2026-07-10"))
        .containsExactly(changes.split(", "));
  }

  @Test
  void one_step_down_with_keep_counts_the_days_anew() {
    Tiers tiers = tiers(ROLLING + KEEP + "downgrade: {step: one}, " + LEVELS);
    assertThat(life(tiers, "2026-03-01 500000", "2026-08-01"))
        .containsExactly(
            "2026-03-01 base>gold UPGRADE",
            "2026-05-01 gold>silver DOWNGRADE",
            "2026-07-01 silver>base DOWNGRADE");
  }

  /** Years: the last night of one measures over it; what lifts counts from its begin. */
  @ParameterizedTest(name = "{0}, {1} -> {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          calendar   | 2026-12-30 500000                        | 2026-12-30 base>gold UPGRADE, 2027-12-31 gold>base DOWNGRADE
          calendar   | 2026-12-31 300000 ; 2027-01-01 200000    | 2026-12-31 base>silver UPGRADE
          calendar   | 2026-12-30 500000 ; 2027-05-01 250000    | 2026-12-30 base>gold UPGRADE, 2027-12-31 gold>silver DOWNGRADE
          join       | 2026-12-30 500000                        | 2026-12-30 base>gold UPGRADE, 2027-12-31 gold>base DOWNGRADE
          tier_start | 2026-03-01 300000 ; 2026-03-02 499999    | 2026-03-01 base>silver UPGRADE
          tier_start | 2026-03-01 300000                        | 2026-03-01 base>silver UPGRADE, 2027-03-01 silver>base DOWNGRADE
          tier_start | 2026-03-01 300000 ; 2027-03-01 200000    | 2026-03-01 base>silver UPGRADE
          tier_start | 2026-03-01 300000 ; 2027-03-02 200000    | 2026-03-01 base>silver UPGRADE, 2027-03-01 silver>base DOWNGRADE, 2027-03-02 base>silver UPGRADE
          """)
  void cycles_of_a_year_are_reviewed_in_their_last_night(
      String cycle, String told, String changes) {
    assertThat(life(tiers("cycle: " + cycle + ", " + LEVELS), told, "2028-01-05"))
        .containsExactly(changes.split(", "));
  }

  @Test
  void F8_a_return_lowers_at_once_unless_a_window_still_carries_the_level() {
    Tiers tiers = tiers(ROLLING + KEEP + "returns: immediate, " + LEVELS);
    assertThat(
            life(
                tiers,
                "2026-03-01 200000 ; 2026-04-20 200000 paid 2026-03-01 back 1",
                "2026-04-25"))
        .as("keep notwithstanding")
        .containsExactly("2026-03-01 base>silver UPGRADE", "2026-04-20 silver>base RETURN");
    assertThat(
            life(
                tiers,
                "2026-03-01 200001 ; 2026-04-20 200001 paid 2026-03-01 back 1",
                "2026-04-25"))
        .as("the window that lifted still holds it")
        .containsExactly("2026-03-01 base>silver UPGRADE");
    assertThat(
            life(
                tiers,
                "2026-03-01 200000 ; 2026-04-10 200000 ; 2026-04-20 200000 paid 2026-03-01 back 200000",
                "2026-04-25"))
        .as("tonight's window holds it")
        .containsExactly("2026-03-01 base>silver UPGRADE");
    assertThat(
            life(
                tiers,
                "2026-03-01 500000 ; 2026-03-10 500000 paid 2026-03-01 back 100000",
                "2026-03-20"))
        .containsExactly("2026-03-01 base>gold UPGRADE", "2026-03-10 gold>silver RETURN");
  }

  @Test
  void F8_a_return_of_what_no_window_has_changes_nothing() {
    Tiers tiers = tiers(ROLLING + KEEP + "downgrade: {step: one}, " + LEVELS);
    assertThat(
            life(
                tiers,
                "2026-01-02 100 ; 2026-03-01 500000 ; 2026-05-20 100 paid 2026-01-02 back 100",
                "2026-06-01"))
        .containsExactly("2026-03-01 base>gold UPGRADE", "2026-05-01 gold>silver DOWNGRADE");
  }

  @Test
  void a_return_that_waits_for_the_review_changes_nothing_until_then() {
    String back = "2026-03-01 200000 ; 2026-03-10 200000 paid 2026-03-01 back 200000";
    assertThat(life(tiers(ROLLING + "returns: next_review, " + LEVELS), back, "2026-04-10"))
        .containsExactly("2026-03-01 base>silver UPGRADE", "2026-03-31 silver>base DOWNGRADE");
    assertThat(life(tiers(ROLLING + KEEP + "returns: next_review, " + LEVELS), back, "2026-07-10"))
        .containsExactly("2026-03-01 base>silver UPGRADE", "2026-05-01 silver>base DOWNGRADE");
    assertThat(life(tiers("cycle: calendar, returns: next_review, " + LEVELS), back, "2027-01-10"))
        .containsExactly("2026-03-01 base>silver UPGRADE", "2026-12-31 silver>base DOWNGRADE");
  }

  /** G4: points are those earned, orders those kept, days those with an order. */
  @ParameterizedTest(name = "{0}, {1} -> {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          points_earned: {gte: 10}                          | 2026-11-30 1000                                   | vip
          points_earned: {gte: 10}                          | 2026-11-30 1000 back 1                            | base
          orders: {gte: 2}                                  | 2026-11-29 1 ; 2026-11-30 1                       | vip
          orders: {gte: 2}                                  | 2026-11-29 1 ; 2026-11-30 1 back 1                | base
          active_days: {gt: 1}                              | 2026-11-29 1 ; 2026-11-30 1 back 1                | vip
          active_days: {gt: 1}                              | 2026-11-30 1 order 1 ; 2026-11-30 1 order 2       | base
          orders: {gte: 2}, paid_net_fen: {gte: 10}         | 2026-11-29 5 ; 2026-11-30 5                       | vip
          orders: {gte: 2}, paid_net_fen: {gte: 10}         | 2026-11-29 4 ; 2026-11-30 5                       | base
          any: [{orders: {gte: 2}}, {paid_net_fen: {gte: 10}}] | 2026-11-30 10                                  | vip
          any: [{orders: {gte: 2}}, {paid_net_fen: {gte: 10}}] | 2026-11-29 1 ; 2026-11-30 1                    | vip
          any: [{orders: {gte: 2}}, {paid_net_fen: {gte: 10}}] | 2026-11-30 9                                   | base
          """)
  void G4_measures_combine(String enter, String told, String tier) {
    TierLife life =
        life(tiers(ROLLING + "levels: [{id: base}, {id: vip, enter: {" + enter + "}}]"), told);
    life.until(on("2026-11-01"), on("2026-11-30"));
    assertThat(life.state.tier()).isEqualTo(tier);
  }

  @Test
  void who_joins_and_enters_a_level_in_one_night_does_both() {
    TierLife life = life(tiers(ROLLING + LEVELS), "2026-01-01 200000");
    life.night(on("2026-01-01"));
    assertThat(life.changes).containsExactly("2026-01-01 base>silver UPGRADE");
    assertThat(life.state.since()).isEqualTo("2026-01-02");
    TierChange change = life.last.get(on("2026-01-01"));
    assertThat(change.evidence()).containsExactly("2026-01-01 paid_net_fen=200000");
    assertThat(change.keepBy()).isEqualTo("2026-01-31");
    assertThat(change.keepNeeds()).isEqualTo("200000");
    assertThat(life.state.progress()).isEqualTo("200000");
    assertThat(life.state.needed()).isEqualTo("300000");
  }

  @Test
  void a_tier_by_hand_holds_for_its_days_and_only_a_higher_measured_one_beats_it() {
    Tiers tiers = tiers(ROLLING + LEVELS);
    TierLife life = life(tiers, "2026-03-10 500000");
    life.standings.add(new Standing("silver", on("2026-03-05"), on("2026-03-20")));
    assertThat(life.until(on("2026-01-01"), on("2026-05-01")))
        .containsExactly(
            "2026-03-04 base>silver MANUAL",
            "2026-03-10 silver>gold UPGRADE",
            "2026-04-09 gold>base DOWNGRADE");

    TierLife back = life(tiers, "");
    back.standings.add(new Standing("gold", on("2025-06-01"), on("2026-01-20")));
    back.until(on("2026-01-01"), on("2026-01-19"));
    assertThat(back.state.since()).as("a backdated one too").isEqualTo("2026-01-02");
    assertThat(back.state.reviewOn()).isEqualTo("2026-01-20");
    back.night(on("2026-01-20"));
    assertThat(back.changes)
        .as("the last day's night shows what holds from then on")
        .containsExactly("2026-01-01 base>gold MANUAL", "2026-01-20 gold>base DOWNGRADE");
  }

  @Test
  void a_tier_by_hand_holds_what_a_review_would_take() {
    TierLife life = life(tiers(ROLLING + LEVELS), "2026-03-01 500000");
    life.standings.add(new Standing("silver", on("2026-02-01"), on("2026-06-30")));
    assertThat(life.until(on("2026-01-01"), on("2026-07-10")))
        .containsExactly(
            "2026-01-31 base>silver MANUAL",
            "2026-03-01 silver>gold UPGRADE",
            "2026-03-31 gold>silver DOWNGRADE",
            "2026-06-30 silver>base DOWNGRADE");
  }

  @Test
  void a_merge_keeps_the_better_tier_until_its_next_review() {
    for (String keep : new String[] {"", KEEP}) {
      Tiers tiers = tiers(ROLLING + keep + LEVELS);
      TierLife other = life(tiers, "2026-03-01 200000");
      other.until(on("2026-01-01"), on("2026-03-09"));
      TierLife life = life(tiers, "2026-03-10 200000 paid 2026-03-01");
      life.until(on("2026-01-01"), on("2026-03-09"));
      life.night(on("2026-03-10"), List.of(new TierKnown.Merged("M2", other.state)));
      assertThat(life.changes).containsExactly("2026-03-10 base>silver MERGE");
      assertThat(life.state.reviewOn()).isEqualTo("2026-03-11");
      life.until(on("2026-03-11"), on("2026-06-01"));
      assertThat(life.changes)
          .containsExactly(
              "2026-03-10 base>silver MERGE",
              (keep.isEmpty() ? "2026-03-31" : "2026-05-01") + " silver>base DOWNGRADE");
    }
    Tiers tiers = tiers(ROLLING + LEVELS);
    TierLife gold = life(tiers, "");
    gold.night(on("2026-01-01"));
    TierState none = gold.state;
    TierLife life = life(tiers, "2026-01-05 500000");
    life.night(on("2026-01-05"), List.of(new TierKnown.Merged("M2", none)));
    assertThat(life.changes).as("both together").containsExactly("2026-01-05 base>gold UPGRADE");
  }

  @ParameterizedTest
  @CsvSource({"'', 2026-03-30", "'" + KEEP + "', 2026-04-30"})
  void a_level_that_was_due_in_the_night_of_a_merge_falls_in_the_next(
      String keep, String lastNight) {
    Tiers tiers = tiers(ROLLING + keep + LEVELS);
    LocalDate falls = on(lastNight).plusDays(1);
    TierLife poor = life(tiers, "2026-01-02 100");
    poor.until(on("2026-01-01"), on(lastNight));
    TierLife silver = life(tiers, "2026-03-01 200000");
    silver.until(on("2026-01-01"), on(lastNight));
    TierState due = silver.state;
    silver.night(falls, List.of(new TierKnown.Merged("M2", poor.state)));
    silver.until(falls.plusDays(1), falls.plusDays(9));
    assertThat(silver.changes)
        .containsExactly(
            "2026-03-01 base>silver UPGRADE", falls.plusDays(1) + " silver>base DOWNGRADE");

    poor.night(falls, List.of(new TierKnown.Merged("M3", due)));
    poor.until(falls.plusDays(1), falls.plusDays(9));
    assertThat(poor.changes)
        .containsExactly(
            falls + " base>silver MERGE", falls.plusDays(1) + " silver>base DOWNGRADE");
  }

  @Test
  void levels_that_are_gone_are_measured_anew() {
    TierLife life = life(tiers(ROLLING + LEVELS), "2026-01-05 200000");
    life.until(on("2026-01-01"), on("2026-01-10"));
    var other =
        new TierLife(
            tiers(ROLLING + "levels: [{id: base}, {id: vip, enter: {paid_net_fen: {gte: 1}}}]"),
            on("2026-01-01"),
            List.of(TierLife.Told.of("2026-01-05 200000")));
    other.state = life.state.anew();
    other.night(on("2026-01-05"));
    assertThat(other.changes).containsExactly("2026-01-05 silver>vip UPGRADE");
  }
}
