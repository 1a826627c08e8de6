package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tiers from files to ledger and extract; worked numbers named after their rows. */
class TierNightsTest {

  @TempDir Path dir;

  private TestHome home;

  @BeforeEach
  void open() {
    home = new TestHome(dir);
  }

  private void programme(String tiers) {
    home.write(
        "programs/base.yaml",
        """
        program: base
        version: 1
        effective_from: 2000-01-01
        earn: {per_fen: 100, points: 1, mode: linear, rounding: floor, scope: line}
        hold: {days: 0, from: completed}
        expiry: {kind: rolling, length: 1y, start: available}
        """
            + tiers);
  }

  /** Rows {@code card date fen [receipt]}; negative fen return what the card bought of one SKU. */
  private void sold(String file, String... rows) {
    var text = new StringBuilder("kh,dtime,spbm,sl,sj,je,spmc,jf,syjh,djh,gzbh,gzmc\n");
    for (int i = 0; i < rows.length; i++) {
      String[] w = rows[i].split(" ");
      long fen = Long.parseLong(w[2]);
      String amount = Math.abs(fen) / 100 + "." + String.format("%02d", Math.abs(fen) % 100);
      String time = w[1].contains("T") ? w[1].replace('T', ' ') : w[1] + " 10:00:00";
      text.append(
          String.join(
              ",",
              w[0],
              time,
              "SKU" + w[0],
              fen < 0 ? "-1" : "1",
              amount,
              (fen < 0 ? "-" : "") + amount,
              "商品",
              "0",
              file,
              String.valueOf(100 + i),
              "g1",
              "柜组"));
      text.append('\n');
    }
    home.drop("pos/p1/" + file + ".csv", text.toString());
  }

  /** {@code card tier since} of every living member with a tier. */
  private List<String> tiers() {
    return home.rows(
        "select t.shown || ' ' || s.tier || ' ' || s.since from tier_state s"
            + " join token t using (member_id) where t.kind = 'card' order by 1");
  }

  private List<String> changes(String night) {
    return home.rows(
        "select t.shown || ' ' || h.tier_from || '>' || h.tier_to || ' ' || h.reason || ' ' || h.effective_on"
            + " from tier_history h join token t using (member_id)"
            + " where t.kind = 'card' and h.night = '"
            + night
            + "' and h.reason <> 'JOIN' order by 1, h.n");
  }

  /** {@code card points} earned in a night. */
  private List<String> earned(String night) {
    return home.rows(
        "select t.shown || ' ' || e.points from entry e join token t using (member_id)"
            + " where t.kind = 'card' and e.kind = 'EARN' and e.night = '"
            + night
            + "' order by 1");
  }

  private static final String VIP =
      """
      rules:
      - {id: tier_rate, group: tier, times_by: {tier: {silver: 6/5, gold: 3/2}}}
      tiers:
        cycle: rolling
        measure: {days: 30}
        levels:
        - {id: base}
        - {id: silver, enter: {paid_net_fen: {gte: 200000}}, benefits: [birthday_gift, free_post], passes: [free_post]}
        - {id: gold, enter: {paid_net_fen: {gte: 500000}}}
        returns: immediate
      """;

  @Test
  void G2_G6_B4_B5_thirty_days_lift_and_what_was_decided_counts_from_the_next_day_on() {
    programme(VIP);
    sold(
        "a",
        "C1 2026-11-30 199999",
        "C2 2026-11-30 200000",
        "C3 2026-11-01 200000",
        "C4 2026-10-31 200000",
        "C5 2026-11-30 500000");
    home.night("2026-11-30");
    assertThat(tiers())
        .containsExactly(
            "C1 base 2026-12-01",
            "C2 silver 2026-12-01",
            "C3 silver 2026-12-01",
            "C4 base 2026-12-01",
            "C5 gold 2026-12-01");
    assertThat(changes("2026-11-30"))
        .containsExactly(
            "C2 base>silver UPGRADE 2026-12-01",
            "C3 base>silver UPGRADE 2026-12-01",
            "C5 base>gold UPGRADE 2026-12-01");
    assertThat(earned("2026-11-30"))
        .as("the first level's rate, whatever the night lifts")
        .containsExactly("C1 1999", "C2 2000", "C3 2000", "C4 2000", "C5 5000");
    assertThat(home.file("outbox/crm/2026-11-30/tier_changes_2026-11-30.csv").split("\n"))
        .hasSize(4)
        .startsWith("member_id,from,to,reason,effective_on,benefits")
        .anyMatch(row -> row.endsWith(",base,silver,UPGRADE,2026-12-01,birthday_gift|free_post"))
        .anyMatch(row -> row.endsWith(",base,gold,UPGRADE,2026-12-01,"));
    assertThat(home.file("outbox/crm/2026-11-30/member_profile_full_2026-11-30.csv").split("\n"))
        .anyMatch(row -> row.endsWith(",channels,tier_review_on,tier_progress,tier_needed"))
        .anyMatch(row -> row.contains(",base,2026-12-01,") && row.endsWith(",,199999,1"))
        .anyMatch(
            row -> row.contains(",silver,2026-12-01,") && row.endsWith(",2026-12-30,200000,300000"))
        .anyMatch(
            row -> row.contains(",silver,2026-12-01,") && row.endsWith(",2026-12-01,200000,300000"))
        .anyMatch(row -> row.contains(",gold,2026-12-01,") && row.endsWith(",2026-12-30,500000,"));

    sold(
        "b",
        "C1 2026-12-01 10000",
        "C2 2026-12-01 10000",
        "C2 2026-11-30T23:59:59 20000",
        "C5 2026-12-01T00:00:00 10000",
        "C5 2026-12-01T09:00:00 20000");
    home.night("2026-12-01");
    assertThat(earned("2026-12-01"))
        .as("by the tier in force when it was paid, not in the night")
        .containsExactly("C1 100", "C2 120", "C2 200", "C5 150", "C5 300");
    assertThat(tiers())
        .contains("C1 silver 2026-12-02", "C2 silver 2026-12-01", "C3 base 2026-12-02");
    assertThat(changes("2026-12-01"))
        .containsExactly(
            "C1 base>silver UPGRADE 2026-12-02", "C3 silver>base DOWNGRADE 2026-12-02");

    // F8: a yuan of what lifted comes back; what was earned by the tier until then stays
    sold("c", "C2 2026-12-02 -20000", "C2 2026-12-02T09:00:00 5000", "C3 2026-12-01 10000");
    home.night("2026-12-02");
    assertThat(earned("2026-12-02"))
        .as("of C3 the day before is still silver's")
        .containsExactly("C2 60", "C3 120");
    assertThat(changes("2026-12-02")).isEmpty();
    sold("d", "C2 2026-12-03 -10000", "C5 2026-12-03 -500000");
    home.night("2026-12-03");
    assertThat(changes("2026-12-03")).containsExactly("C5 gold>base RETURN 2026-12-04");
    assertThat(home.rows("select count(*) from tier_history where night = '2026-12-03'"))
        .as("one row per change")
        .containsExactly("1");
    home.close();
  }

  @Test
  void G3_bought_on_1_March_kept_on_30_April_lost_on_1_May() {
    programme(
        """
        tiers:
          cycle: rolling
          measure: {days: 90}
          levels: [{id: base}, {id: silver, enter: {paid_net_fen: {gte: 200000}}}]
          keep: {last_purchase_days: 60, else: base}
        """);
    sold("a", "C1 2026-03-01 200000", "C2 2026-02-28 200000", "C3 2026-03-01 200000");
    home.night("2026-04-30");
    assertThat(tiers())
        .containsExactly("C1 silver 2026-05-01", "C2 base 2026-05-01", "C3 silver 2026-05-01");
    sold("b", "C3 2026-05-01 1");
    home.night("2026-05-01");
    assertThat(changes("2026-05-01")).containsExactly("C1 silver>base DOWNGRADE 2026-05-02");
    assertThat(home.rows("select unnest(evidence) from tier_history where reason = 'DOWNGRADE'"))
        .containsExactly("last purchase 2026-03-01");
    home.close();
  }

  @Test
  void a_tier_by_hand_needs_two_of_the_head_office_and_activities_make_active_days() {
    home.write("omnipoints.yaml", home.file("omnipoints.yaml") + "staff: {hq: [Anna, Bob]}\n");
    programme(
        """
        rules: [{id: gold, when: {pass: free_post}, times: 3/2}]
        tiers:
          cycle: rolling
          measure: {days: 30}
          levels:
          - {id: base}
          - {id: vip, enter: {active_days: {gte: 2}}}
          - {id: gold, enter: {active_days: {gte: 2}, paid_net_fen: {gte: 500000}}, passes: [free_post]}
        """);
    sold("a", "C1 2026-12-01 10000", "C2 2026-12-01 10000", "C3 2026-12-01 10000");
    home.drop(
        "program/standing.csv",
        "member_kind,member_value,what,name,from,to,requested_by,approved_by\n"
            + "card,C1,tier,gold,2026-11-01,2026-12-03,anna, BOB \n"
            + "card,C2,tier,gold,2026-11-01,2026-12-03,Anna,anna\n"
            + "card,C3,tier,gold,2026-12-10,,Anna,Bob\n");
    home.night("2026-12-01");
    assertThat(changes("2026-12-01")).containsExactly("C1 base>gold MANUAL 2026-12-02");
    assertThat(home.rows("select unnest(evidence) from tier_history where reason = 'MANUAL'"))
        .containsExactly("standing gold 2026-11-01..2026-12-03");
    sold("b", "C1 2026-12-02 10000", "C2 2026-12-02 10000");
    home.drop(
        "program/activity.csv",
        "event_id,type,platform,member_kind,member_value,at\n"
            + "e1,check_in,app,card,C3,2026-12-02 09:00:00\n");
    home.night("2026-12-02");
    assertThat(earned("2026-12-02")).as("a pass of the tier").containsExactly("C1 150", "C2 100");
    assertThat(changes("2026-12-02"))
        .containsExactly("C2 base>vip UPGRADE 2026-12-03", "C3 base>vip UPGRADE 2026-12-03");
    home.night("2026-12-03");
    assertThat(changes("2026-12-03"))
        .as("what the last day's night measures holds from the next one on")
        .containsExactly("C1 gold>vip DOWNGRADE 2026-12-04");
    home.close();
  }
}
