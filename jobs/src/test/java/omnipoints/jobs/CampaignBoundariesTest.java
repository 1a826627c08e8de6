package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where campaigns begin, end and meet other things, from files to the ledger. The windows of tiers,
 * day 30 against 31 and day 60 against 61, stand in {@link TierNightsTest}.
 */
class CampaignBoundariesTest {

  private static final String HEAD =
      """
      program: base
      version: 1
      effective_from: 2026-01-01
      earn: {per_fen: 100, points: 1, mode: linear, rounding: floor, scope: line}
      hold: {days: 0, from: completed}
      expiry: {kind: rolling, length: 1y, start: available}
      """;

  private static final String MEMBERS = "card,phone,birthday,join_date,home_shop\n";

  @TempDir Path dir;

  private TestHome home;

  @BeforeEach
  void open() {
    home = new TestHome(dir);
  }

  @AfterEach
  void close() {
    home.close();
  }

  private void rules(String rules) {
    home.write("programs/base.yaml", HEAD + rules);
  }

  private void sold(String... rows) {
    home.drop("pos/S1/" + Integer.toHexString(List.of(rows).hashCode()) + ".csv", Pos.file(rows));
  }

  private static String row(String card, String time, int yuan, int receipt) {
    String at = time.length() == 10 ? time + " 10:00:00" : time;
    return Pos.row(card, at, "S" + receipt, yuan, "9", "" + receipt);
  }

  /**
   * {@code <kind> <points> <order>/<SKU>[#<rule>] <effective day>} of a night, without releases.
   */
  private List<String> booked(String night) {
    return home.rows(
        "select kind || ' ' || points || ' '"
            + " || regexp_replace(substr(cause_key, 5), '#\\d{10}#\\d{3}', '') || ' '"
            + " || to_char(effective_at at time zone 'Asia/Shanghai', 'MM-DD')"
            + " from entry where kind not in ('RELEASE', 'MERGE') and night = '"
            + night
            + "' order by effective_at, member_id, n");
  }

  @Test
  void the_second_before_a_campaign_ends_counts_and_the_one_at_midnight_does_not() {
    rules("rules: [{id: party, window: {from: 2026-11-02, to: 2026-11-08}, times: 2}]\n");
    sold(
        row("C1", "2026-11-01 23:59:59", 10, 1),
        row("C1", "2026-11-02 00:00:00", 20, 2),
        row("C1", "2026-11-08 23:59:59", 30, 3),
        row("C1", "2026-11-09 00:00:00", 40, 4));
    home.night("2026-11-09");
    assertThat(home.rows("select points from entry where kind = 'EARN' order by effective_at"))
        .containsExactly("10", "40", "60", "40");
  }

  @Test
  void a_birthday_of_29_February_is_the_28th_where_the_year_has_none_and_the_29th_where_it_has() {
    rules("rules: [{id: birthday, window: {birthday: day}, times: 2}]\n");
    home.drop("program/members.csv", MEMBERS + "C1,,1992-02-29,,S1\n");
    sold(row("C1", "2027-02-28", 10, 1), row("C1", "2027-03-01", 10, 2));
    home.night("2027-03-01");
    assertThat(booked("2027-03-01"))
        .containsExactly("EARN 20 0228-9-1/S1 02-28", "EARN 10 0301-9-2/S2 03-01");
  }

  @Test
  void a_year_from_29_February_ends_on_27_February() {
    rules("");
    sold(row("C1", "2028-02-29", 10, 1), row("C1", "2028-03-01", 10, 2));
    home.night("2028-03-01");
    assertThat(home.rows("select available_on || ' ' || expires_on from lot order by 1"))
        .containsExactly("2028-02-29 2029-02-27", "2028-03-01 2029-02-28");
  }

  @Test
  void two_who_become_one_in_the_middle_of_a_campaign_keep_what_was_pinned_and_go_on_as_one() {
    rules(
        "rules: [{id: party, window: {from: 2026-11-02, to: 2026-11-08}, times: 2},"
            + " {id: gift, window: {from: 2026-11-02, to: 2026-11-08}, points: 7,"
            + " limit: {per: member, count: 1}}]\n");
    sold(row("C1", "2026-11-02", 10, 1), row("C2", "2026-11-03", 20, 2));
    home.night("2026-11-03");
    home.drop("program/members.csv", MEMBERS + "C1,13800000001,,,S1\nC2,13800000001,,,S1\n");
    sold(row("C2", "2026-11-04", 30, 3));
    home.night("2026-11-04");
    assertThat(booked("2026-11-04"))
        .as("the second gift goes back, and the third order gets none")
        .containsExactlyInAnyOrder("EARN -7 1103-9-2/#gift 11-04", "EARN 60 1104-9-3/S3 11-04");
    sold(Pos.row("C2", "2026-11-05 10:00:00", "S2", -20, "8", "9"), row("C1", "2026-11-09", 10, 4));
    home.night("2026-11-09");
    assertThat(home.rows("select pending + available - owed from balance where earned > 0"))
        .as("20 of C1, 60 of the third, 10 after it, 7 once")
        .containsExactly("97");
  }

  @Test
  void a_return_after_another_version_began_takes_what_the_version_of_the_payment_gave() {
    home.write("programs/base/1.yaml", HEAD + "rules: [{id: double, times: 2}]\n");
    home.write(
        "programs/base/2.yaml",
        HEAD.replace("version: 1", "version: 2")
            .replace("2026-01-01", "2026-11-03")
            .replace("per_fen: 100", "per_fen: 1000"));
    sold(row("C1", "2026-11-02", 100, 1));
    home.night("2026-11-02");
    sold(row("C1", "2026-11-03", 100, 2));
    home.night("2026-11-03");
    sold(
        Pos.row("C1", "2026-11-04 10:00:00", "S1", -40, "8", "8"),
        Pos.row("C1", "2026-11-04 11:00:00", "S2", -40, "8", "9"));
    home.night("2026-11-04");
    assertThat(booked("2026-11-04"))
        .containsExactly("CLAWBACK -80 1102-9-1/S1 11-04", "CLAWBACK -4 1103-9-2/S2 11-04");
  }

  @Test
  void a_first_order_that_arrives_late_gets_nothing_while_another_one_has_the_slot() {
    rules("rules: [{id: first, slot: first_order, points: 100}]\n");
    sold(row("C1", "2026-11-05", 10, 1));
    home.night("2026-11-05");
    sold(row("C1", "2026-11-04 23:59:59", 10, 2));
    home.night("2026-11-06");
    assertThat(booked("2026-11-05")).contains("EARN 100 1105-9-1/#first 11-05");
    assertThat(booked("2026-11-06")).containsExactly("EARN 10 1104-9-2/S2 11-04");
    assertThat(home.file("reports/2026-11-06/awards.csv")).endsWith("#first,100,0,SLOT\n");
  }

  @Test
  void a_budget_that_ends_inside_one_order_gives_its_lines_what_is_left_in_their_order() {
    rules("rules: [{id: party, times: 3, budget: 250, campaign: party}]\n");
    sold(
        Pos.row("C1", "2026-11-05 10:00:00", "A", 100, "9", "1"),
        Pos.row("C1", "2026-11-05 10:00:00", "B", 100, "9", "1"),
        Pos.row("C2", "2026-11-05 11:00:00", "A", 100, "9", "2"));
    home.night("2026-11-05");
    assertThat(booked("2026-11-05"))
        .containsExactlyInAnyOrder(
            "EARN 100 1105-9-1/A 11-05",
            "EARN 200 1105-9-1/A#party 11-05",
            "EARN 100 1105-9-1/B 11-05",
            "EARN 50 1105-9-1/B#party 11-05",
            "EARN 100 1105-9-2/A 11-05");
    assertThat(
            home.rows(
                "select regexp_replace(substr(cause_key, 5), '#\\d{10}#\\d{3}', '') || ' ' || desired || ' ' || granted"
                    + " from awarded order by 1"))
        .containsExactly("1105-9-1/B#party 200 50", "1105-9-2/A#party 200 0");
  }

  /** A receipt that gets another key, because a card shows its number, takes nothing along. */
  @Test
  void a_receipt_without_card_that_moves_aside_is_nobodys_first_order_and_no_friends_either() {
    rules(
        "rules: [{id: first, slot: first_order, points: 100}, {id: bring, on: referral, points: 5}]\n");
    home.drop("program/members.csv", MEMBERS + "A1,,,,S1\nC1,,,,S1\nC2,13800000002,,,S1\n");
    home.drop(
        "program/activity.csv",
        "event_id,type,platform,member_kind,member_value,at,friend_kind,friend_value\n"
            + "1,invite,app,card,A1,2026-11-01 09:00:00,card,C1\n"
            + "2,invite,app,card,A1,2026-11-01 09:00:00,card,C2\n");
    sold(row("", "2026-11-05", 10, 1));
    home.night("2026-11-05");
    assertThat(booked("2026-11-05")).isEmpty();
    sold(row("C1", "2026-11-05 12:00:00", 20, 1));
    home.night("2026-11-06");
    assertThat(booked("2026-11-06"))
        .containsExactlyInAnyOrder(
            "EARN 20 1105-9-1/S1 11-05",
            "EARN 100 1105-9-1/#first 11-05",
            "EARN 5 1105-9-1#bring 11-05");
    home.drop(
        "program/binding.csv",
        "channel,order_no,platform_id,phone,card,unionid,bound_at\n"
            + "pos,20261105-9-1-0,,13800000002,,,2026-11-06 20:00:00\n");
    home.night("2026-11-07");
    assertThat(booked("2026-11-07"))
        .as("the one that moved aside is another member's, and first for itself")
        .containsExactlyInAnyOrder(
            "EARN 10 1105-9-1-0/S1 11-05",
            "EARN 100 1105-9-1-0/#first 11-05",
            "EARN 5 1105-9-1-0#bring 11-05");
    assertThat(home.rows("select order_no from first_order order by 1"))
        .containsExactly("20261105-9-1", "20261105-9-1-0");
    assertThat(home.rows("select order_no || ' ' || state from referred order by 1"))
        .containsExactly("20261105-9-1 PAID", "20261105-9-1-0 PAID");
  }
}
