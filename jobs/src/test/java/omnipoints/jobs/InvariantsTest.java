package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import omnipoints.sql.Check;
import omnipoints.sql.Checks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every invariant is shown data that break it, and must see it; on sound data it must be silent.
 */
class InvariantsTest {

  /** A redemption that no entry tells of. */
  private static final String REDEEMED =
      "insert into redeemed%s (request_no, night, mode, item, qty, at, outcome, points, shortfall, owed, beyond,"
          + " redeemed, restored, fast) values ('R', '2026-01-08', 'EXECUTED', 'x', 1, now(), 'BOOKED', 5, 0, 0, false, 5, 0, false)";

  /**
   * By check, one statement that breaks what it guards, in a night that is posted but not closed
   * (n20260108).
   */
  private static final Map<String, String> BROKEN =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(
                  "entries_change_balances",
                  "update entry_n20260108 set points = points + 1 where kind = 'EARN'"),
              Map.entry("entries_have_balances", "delete from balance_n20260108 where pending > 0"),
              Map.entry("lots_make_balances", "update lot_n20260108 set remaining = remaining - 1"),
              Map.entry(
                  "lots_are_what_allocations_left",
                  "update lot_state_n20260108 set remaining = remaining + 1"),
              Map.entry("allocations_touch_known_lots", "delete from lot_state_n20260108"),
              Map.entry("debits_are_allocated_or_owed", "delete from allocation_n20260108"),
              Map.entry(
                  "releases_move_what_lots_held",
                  "update entry_n20260108 set moved = moved + 1 where kind = 'RELEASE'"),
              Map.entry(
                  "postings_follow_entries", "update posting_n20260108 set earned = earned + 1"),
              Map.entry(
                  "entries_are_well_formed",
                  "update entry_n20260108 set points = 0 where kind = 'EARN'"),
              Map.entry("touched_orders_are_decided", "delete from verdict_n20260108"),
              Map.entry(
                  "rows_are_accounted_for",
                  "update night_input set merged = merged + 1 where night = '2026-01-08'"),
              Map.entry(
                  "tokens_have_one_member",
                  "insert into token select kind, channel, hash, member_id, valid_from + interval '1000 years', valid_to, bound_at,"
                      + " shown, '2026-01-08' from (select kind, channel, hash, member_id, timestamptz '1000-01-01' as valid_from,"
                      + " valid_to, bound_at, shown from token limit 1) t"),
              Map.entry(
                  "merged_members_are_empty",
                  "update balance_n20260108 set pending = 1 where member_id in"
                      + " (select member_id from member where merged_night = '2026-01-08')"),
              Map.entry(
                  "totals_equal_entries", "update points_total_n20260108 set moved = moved + 1"),
              Map.entry("liability_adds_up", "update liability set closing = closing + 1"),
              Map.entry("balances_equal_entries", "update balance set available = available + 1"),
              Map.entry(
                  "lots_equal_allocations",
                  "update lot set remaining = remaining + 1 where remaining > 0"),
              Map.entry(
                  "balances_equal_lots",
                  "update lot set remaining = remaining - 1 where remaining > 0"),
              Map.entry("releases_equal_lots", "delete from lot_release"),
              Map.entry("postings_equal_entries", "update posting set earned = earned + 1"),
              Map.entry(
                  "profiles_equal_spend", "update profile set spend_365d_fen = spend_365d_fen + 1"),
              Map.entry(
                  "balances_tell_expiry",
                  "update balance set next_expiry_points = next_expiry_points + 1"),
              Map.entry("spend_equals_verdicts", "update spend set kept = kept + 1"),
              Map.entry(
                  "tiers_follow_history",
                  "insert into tier_state (member_id, tier, since, cycle_from, manual, progress)"
                      + " select member_id, 'gold', '2026-01-09', '2026-01-08', false, '' from member"),
              Map.entry(
                  "tier_changes_are_told_once",
                  "update member set home_shop = home_shop; create table tier_history_x partition of tier_history default;"
                      + " insert into tier_history (night, member_id, n, tier_from, tier_to, reason, effective_on,"
                      + " measured_from, evidence) select '2026-01-08', member_id, n, 'base', 'gold', 'UPGRADE',"
                      + " '2026-01-09', '2026-01-08', '{}' from member, generate_series(1, 2) as n"),
              Map.entry("classes_equal_orders", "update order_class_total set orders = orders + 1"),
              Map.entry(
                  "waiting_orders_are_classed",
                  "insert into waiting_order select order_key, 'INCOMPLETE', channel, shop, first_night, 0"
                      + " from sales_order limit 1"),
              Map.entry("redemptions_follow_entries", REDEEMED.formatted("_n20260108")),
              Map.entry("redemptions_equal_entries", REDEEMED.formatted("")),
              Map.entry(
                  "transfers_change_hands",
                  "update entry_n20260108 set cause_type = 'TRANSFER' where kind = 'EARN'"),
              Map.entry(
                  "expiry_months_equal_lots", "update expiry_month set members = members + 1"),
              Map.entry("items_taken_equal_redemptions", "insert into item_taken values ('x', 1)"),
              Map.entry(
                  "openings_are_booked_once", "update opening_n20260108 set theirs = theirs + 1")));

  @TempDir Path dir;

  /** Other ways in which an opening can be wrong. */
  private static final List<String> WRONG_OPENINGS =
      List.of(
          "update entry_n20260108 set points = points + 1 where kind = 'OPENING'",
          "delete from opening_n20260108 where points > 0",
          "update opening_n20260108 set n = null where points > 0",
          "update opening_n20260108 set n = 99 where points < 0",
          "insert into opening select * from opening_n20260108",
          "insert into opening_n20260108 select * from opening_n20260108");

  @Test
  void every_check_is_silent_on_sound_data_and_finds_what_breaks_it() {
    try (TestHome home = new TestHome(dir, "  youzan: {points: {opening: {combine: theirs}}}\n")) {
      home.program("1", "30d");
      home.drop(
          "pos/p1/a.csv",
          Pos.file(
              Pos.row("C1", "2026-01-05 10:00:00", "A", 30, "1", "1"),
              Pos.row("C2", "2026-01-05 11:00:00", "A", 20, "1", "2"),
              Pos.row("C3", "2026-01-05 11:00:00", "A", 20, "1", "4")));
      home.night("2026-01-06");
      home.drop(
          "pos/p1/b.csv",
          Pos.file(
              Pos.row("C1", "2026-01-07 10:00:00", "A", -10, "1", "3"),
              Pos.row("C2", "2026-01-08 11:00:00", "B", 7, "1", "5"),
              Pos.row("C1", "2026-01-07 10:00:00", "B", 5, "1", "3")));
      home.drop(
          "program/b.csv",
          "card,phone,birthday,join_date,home_shop\nC1,13800000001,,,\nC3,13800000001,,,\n");
      home.drop(
          "youzan/y1/c.csv",
          Youzan.customers(
              Youzan.customer("甲", "13800000001", 3), Youzan.customer("乙", "13800000002", 9)));
      stopAfterPost(home);
      assertThat(Checks.all().stream().map(Check::name).toList())
          .containsExactlyElementsOf(BROKEN.keySet());
      for (Check check : Checks.all()) {
        assertThat(found(home, check, null)).as("%s on sound data", check.name()).isZero();
        assertThat(found(home, check, BROKEN.get(check.name()))).as(check.name()).isPositive();
        if (!check.name().equals("openings_are_booked_once")) continue;
        for (String damage : WRONG_OPENINGS)
          assertThat(found(home, check, damage)).as(damage).isPositive();
      }
    }
  }

  /** Runs the night up to its checks and leaves its tables as they are. */
  private static void stopAfterPost(TestHome home) {
    Set<String> stopped = new TreeSet<>();
    NightRequest request =
        NightRequest.of(LocalDate.parse("2026-01-08"), Progress.SILENT)
            .crashingAt(
                point -> {
                  if (point.equals("check:begin")
                      && home.rows("select 1 from night where night = '2026-01-08'").size() == 1) {
                    stopped.add(point);
                    throw new IllegalStateException("stopped by the test");
                  }
                });
    try {
      Nightly.run(home.home(), home.database.database(), request);
    } catch (NightRefused e) {
      assertThat(e).hasMessageContaining("stopped by the test");
    }
    assertThat(stopped).isNotEmpty();
  }

  /** Offending rows after the damage, which is rolled back. */
  private static long found(TestHome home, Check check, String damage) {
    try (var connection = home.database.database().connection()) {
      connection.setAutoCommit(false);
      if (damage != null) {
        try (var statement = connection.createStatement()) {
          assertThat(statement.executeUpdate(damage))
              .as("rows damaged for %s", check.name())
              .isPositive();
        }
      }
      var params =
          new HashMap<String, Object>(
              Map.of(
                  "night",
                  LocalDate.parse("2026-01-08"),
                  "previous",
                  LocalDate.parse("2026-01-07"),
                  "member_from",
                  MemberShare.ALL.from(),
                  "member_to",
                  MemberShare.ALL.to()));
      params.keySet().retainAll(check.parameters());
      long count = check.run(connection, params, 1).count();
      connection.rollback();
      return count;
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(check.name() + " " + List.of(), e);
    }
  }
}
