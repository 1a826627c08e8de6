package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H1: points that members give to their friends. */
class TransferNightTest {
  private static final String TRANSFERS =
      "transfer_no,from_kind,from_value,to_kind,to_value,points,at\n";
  private static final String RELATIONS =
      "member_kind,member_value,friend_kind,friend_value,from,to\n";

  @TempDir Path dir;

  private static String gift(String no, String from, String to, int points, String at) {
    return no + ",card," + from + ",card," + to + "," + points + "," + at + "\n";
  }

  private static List<String> judged(TestHome home) {
    return home.rows(
        "select concat_ws(' ', transfer_no, outcome, refusal) from transferred order by transfer_no");
  }

  @Test
  void h1_points_go_to_friends_within_the_limits_of_a_month_and_keep_origin_and_last_day() {
    try (TestHome home = new TestHome(dir, "staff: {hq: [ann, bob]}\n").program("0", "4d")) {
      home.rules(
          """
          limits: {transfer: {per_month: 3, points: 100, min_age_days: 1}}
          catalogue: [{item: mug, kind: goods, points: 10, stock: 2}]
          """);
      home.drop(
          "pos/s1/1.csv",
          Pos.file(
              Pos.row("C1", "2026-03-01 10:00:00", "A", 100, "1", "1"),
              Pos.row("C1", "2026-03-02 10:00:00", "B", 50, "1", "2"),
              Pos.row("C2", "2026-03-01 10:00:00", "A", 5, "1", "3"),
              Pos.row("C3", "2026-03-01 10:00:00", "A", 5, "1", "4"),
              Pos.row("C4", "2026-03-01 10:00:00", "A", 50, "1", "5")));
      home.drop(
          "program/r.csv",
          RELATIONS
              + "card,C1,card,C2,,\ncard,C2,card,C3,,\ncard,C1,card,C4,,2026-03-01\n"
              + "card,C4,card,C3,,\ncard,C3,card,C2,,\n");
      home.drop("program/t0.csv", TRANSFERS + gift("T0", "C1", "C2", 10, "2026-03-01 12:00:00"));
      home.night("2026-03-01");
      // nobody is a friend before the night that told so is over; and C1 joined that day
      assertThat(judged(home)).containsExactly("T0 REFUSED RELATION");

      home.drop(
          "program/s.csv",
          "member_kind,member_value,state,reason,requested_by,approved_by,at\n"
              + "card,C4,frozen,x,ann,bob,2026-03-02 00:00:00\n");
      home.drop(
          "program/x.csv",
          RedeemingNightsTest.REDEMPTION
              + RedeemingNightsTest.request("Q1", "C3", "mug", "2026-03-02 15:00:00")
              + RedeemingNightsTest.request("Q2", "C2", "mug", "2026-03-02 16:00:00")
              + RedeemingNightsTest.request("Q3", "C1", "mug", "2026-03-02 17:00:00"));
      home.drop(
          "program/t1.csv",
          TRANSFERS
              + gift("T1", "C1", "C2", 60, "2026-03-02 12:00:00")
              + gift("T2", "C2", "C3", 20, "2026-03-02 13:00:00")
              + gift("T3", "C1", "C4", 1, "2026-03-02 13:00:00")
              + gift("T4", "C4", "C3", 1, "2026-03-02 13:00:00")
              + gift("T5", "C3", "C2", 26, "2026-03-02 14:00:00")
              + gift("T6", "C1", "C2", 41, "2026-03-02 14:00:00")
              + gift("T7", "C1", "C2", 30, "2026-03-02 14:01:00"));
      home.night("2026-03-02");
      assertThat(judged(home))
          .containsExactly(
              "T0 REFUSED RELATION",
              "T1 GRANTED",
              "T2 GRANTED",
              "T3 REFUSED RELATION",
              "T4 REFUSED FROZEN",
              "T5 REFUSED SHORT",
              "T6 REFUSED LIMIT",
              "T7 GRANTED");
      assertThat(home.file("outbox/mall/2026-03-02/transfer_result.csv"))
          .isEqualTo(
              """
              transfer_no,outcome,reason
              T1,GRANTED,
              T2,GRANTED,
              T3,REFUSED,RELATION
              T4,REFUSED,FROZEN
              T5,REFUSED,SHORT
              T6,REFUSED,LIMIT
              T7,GRANTED,
              """);
      // two mugs, in the order of time: Q1 and Q2 have them by what they were given
      assertThat(home.rows("select request_no || ' ' || outcome from redeemed order by 1"))
          .containsExactly("Q1 GRANTED", "Q2 GRANTED", "Q3 REFUSED");
      assertThat(home.ledger("2026-03-02"))
          .contains(
              "TRANSFER -60 2026-03-02 12:00:00 T1",
              "TRANSFER 60 2026-03-02 12:00:00 T1",
              "TRANSFER -20 2026-03-02 13:00:00 T2",
              "TRANSFER 20 2026-03-02 13:00:00 T2");
      // C1 150 - 90, C2 5 + 60 - 20 + 30 - 10, C3 5 + 20 - 10
      assertThat(home.balances()).containsExactlyInAnyOrder("0 60 0", "0 65 0", "0 15 0", "0 50 0");
      assertThat(
              home.rows(
                  "select distinct l.channel || ' ' || l.shop || ' ' || l.order_no || ' until ' || l.expires_on from lot l"
                      + " join entry e using (night, member_id, n) where e.kind = 'TRANSFER'"))
          .containsExactlyInAnyOrder(
              "pos s1 20260301-1-1 until 2026-03-04", "pos s1 20260301-1-3 until 2026-03-04");
      assertThat(home.file("reports/2026-03-02/liability.csv")).contains("TOTAL");

      // goods of the order come back: what was given away of it is owed by the giver alone
      home.drop(
          "pos/s1/2.csv", Pos.file(Pos.row("C1", "2026-03-03 10:00:00", "A", -100, "1", "6")));
      home.drop(
          "program/t2.csv",
          TRANSFERS
              + gift("T1", "C1", "C2", 60, "2026-03-02 12:00:00")
              + gift("T8", "C1", "C2", 1, "2026-03-03 12:00:00")
              + gift("T9", "C2", "C3", 1, "2026-03-03 12:00:00"));
      home.night("2026-03-03");
      assertThat(home.balances()).containsExactlyInAnyOrder("0 0 40", "0 64 0", "0 16 0", "0 50 0");
      assertThat(judged(home)).contains("T8 REFUSED DEBT", "T9 GRANTED");
      assertThat(home.ledger("2026-03-03").stream().filter(line -> line.contains(" T1"))).isEmpty();
      // and the lots die when they always would have
      home.night("2026-03-04");
      assertThat(home.balances()).containsExactlyInAnyOrder("0 0 40", "0 0 0", "0 0 0", "0 0 0");
    }
  }
}
