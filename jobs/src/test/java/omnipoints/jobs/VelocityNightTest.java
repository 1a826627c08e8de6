package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H4, D13: what goes too fast is held until somebody looks; items of tiers. */
class VelocityNightTest {
  private static final String TRANSFERS =
      "transfer_no,from_kind,from_value,to_kind,to_value,points,at\n";

  @TempDir Path dir;

  @Test
  void h4_d11_what_nothing_is_left_of_is_refused_however_fast_it_was_asked_for() {
    try (TestHome home = new TestHome(dir).program("0", "1y")) {
      home.rules(
          """
          limits: {velocity: {redeem_per_day: 1}}
          catalogue: [{item: mug, kind: goods, points: 10, stock: 2}]
          """);
      home.drop(
          "pos/s1/1.csv",
          Pos.file(
              Pos.row("C1", "2026-03-01 10:00:00", "A", 100, "1", "1"),
              Pos.row("C2", "2026-03-01 10:00:00", "A", 100, "1", "2")));
      home.night("2026-03-01");
      home.drop(
          "program/q.csv",
          RedeemingNightsTest.REDEMPTION
              + RedeemingNightsTest.request("Q1", "C1", "mug", "2026-03-02 10:00:00")
              + RedeemingNightsTest.request("Q2", "C1", "mug", "2026-03-02 11:00:00")
              + RedeemingNightsTest.request("Q3", "C2", "mug", "2026-03-02 12:00:00")
              + RedeemingNightsTest.request("Q4", "C1", "mug", "2026-03-02 13:00:00"));
      home.night("2026-03-02");
      assertThat(RedeemingNightsTest.redeemed(home))
          .containsExactly(
              "Q1 GRANTED took 10 back 0 left 90",
              "Q2 HELD took 0 back 0 left 90",
              "Q3 GRANTED took 10 back 0 left 90",
              "Q4 REFUSED STOCK took 0 back 0 left 90");
    }
  }

  /** Neither is it refused for what others took since. */
  @Test
  void h4_d14_what_is_held_stays_so_when_it_is_cancelled_and_is_judged_when_it_is_let_go() {
    try (TestHome home = new TestHome(dir).program("0", "1y")) {
      home.rules(
          """
          limits: {velocity: {redeem_per_day: 1}}
          catalogue: [{item: mug, kind: goods, points: 10, stock: 3}]
          """);
      home.drop(
          "pos/s1/1.csv",
          Pos.file(
              Pos.row("C1", "2026-03-01 10:00:00", "A", 100, "1", "1"),
              Pos.row("C2", "2026-03-01 10:00:00", "A", 100, "1", "2"),
              Pos.row("C3", "2026-03-01 10:00:00", "A", 100, "1", "3")));
      home.night("2026-03-01");
      home.drop(
          "program/q.csv",
          RedeemingNightsTest.REDEMPTION
              + RedeemingNightsTest.request("Q1", "C1", "mug", "2026-03-02 10:00:00")
              + RedeemingNightsTest.request("Q2", "C1", "mug", "2026-03-02 11:00:00"));
      home.night("2026-03-02");
      home.drop(
          "program/q.csv",
          RedeemingNightsTest.REDEMPTION
              + RedeemingNightsTest.request("Q3", "C2", "mug", "2026-03-03 10:00:00")
              + RedeemingNightsTest.request("Q4", "C3", "mug", "2026-03-03 11:00:00"));
      home.night("2026-03-03");
      home.drop(
          "program/e.csv", RedeemingNightsTest.EVENT + "Q2,cancelled,2026-03-04 12:00:00,,,\n");
      home.night("2026-03-04");
      assertThat(RedeemingNightsTest.redeemed(home))
          .containsExactly(
              "Q1 GRANTED took 10 back 0 left 90",
              "Q2 HELD took 0 back 0 left 90",
              "Q3 GRANTED took 10 back 0 left 90",
              "Q4 GRANTED took 10 back 0 left 90");
      HoldRelease.of(home.database.database(), Clock.systemUTC(), "Q2", "ann", "asked him");
      home.night("2026-03-05");
      assertThat(RedeemingNightsTest.redeemed(home))
          .contains("Q2 REFUSED STOCK took 0 back 0 left 90");
    }
  }

  @Test
  void h4_d13_what_goes_too_fast_is_held_and_judged_anew_the_night_after_it_was_let_go() {
    try (TestHome home = new TestHome(dir).program("0", "1y")) {
      home.rules(
          """
          limits: {velocity: {redeem_per_day: 2, transfer_in_per_day: 1}}
          catalogue:
          - {item: mug, kind: goods, points: 10}
          - {item: vase, kind: goods, points: 1, tiers: [silver]}
          tiers:
            cycle: rolling
            measure: {days: 30}
            levels: [{id: low}, {id: silver, enter: {paid_net_fen: {gte: 10000}}}]
            returns: next_review
          """);
      home.drop(
          "pos/s1/1.csv",
          Pos.file(
              Pos.row("C1", "2026-03-01 10:00:00", "A", 100, "1", "1"),
              Pos.row("C2", "2026-03-01 10:00:00", "A", 99, "1", "2")));
      home.drop(
          "program/r.csv",
          "member_kind,member_value,friend_kind,friend_value,from,to\ncard,C1,card,C2,,\n");
      home.night("2026-03-01");
      assertThat(home.file("outbox/mall/2026-03-01/eligible.csv"))
          .isEqualTo("member_id,item\nM00000000001,mug\nM00000000001,vase\nM00000000002,mug\n");
      home.drop(
          "program/q.csv",
          RedeemingNightsTest.REDEMPTION
              + RedeemingNightsTest.request("Q1", "C1", "mug", "2026-03-02 10:00:00")
              + RedeemingNightsTest.request("Q2", "C1", "hat", "2026-03-02 10:01:00")
              + RedeemingNightsTest.request("Q3", "C1", "vase", "2026-03-02 10:02:00")
              + RedeemingNightsTest.request("Q4", "C1", "mug", "2026-03-02 10:03:00")
              + RedeemingNightsTest.request("Q5", "C2", "vase", "2026-03-02 10:04:00")
              + RedeemingNightsTest.execute("X1", "C1", "mug", "10", "2026-03-02 11:00:00"));
      home.drop(
          "program/t.csv",
          TRANSFERS
              + "T1,card,C1,card,C2,5,2026-03-02 09:00:00\n"
              + "T2,card,C1,card,C2,6,2026-03-02 09:01:00\n");
      home.night("2026-03-02");
      assertThat(RedeemingNightsTest.redeemed(home))
          .containsExactly(
              "Q1 GRANTED took 10 back 0 left 85",
              "Q2 REFUSED ITEM took 0 back 0 left 85",
              "Q3 GRANTED took 1 back 0 left 84",
              "Q4 HELD took 0 back 0 left 84",
              "Q5 REFUSED TIER took 0 back 0 left 104",
              "X1 BOOKED took 10 back 0 left 74");
      assertThat(home.rows("select transfer_no || ' ' || outcome from transferred order by 1"))
          .containsExactly("T1 GRANTED", "T2 HELD");
      assertThat(home.file("outbox/mall/2026-03-02/redemption_result.csv"))
          .contains("Q4,HELD,,10,,,,84\n");
      assertThat(home.file("outbox/mall/2026-03-02/transfer_result.csv")).contains("T2,HELD,\n");
      assertThat(
              home.rows(
                  "select key || ': ' || detail from break where type = 'VELOCITY' order by key"))
          .containsExactly(
              "Q4: mug, asked for on 2026-03-02 10:03:00: more often than 2 times a day; it is held",
              "T2: transfer to M00000000002 of 2026-03-02 09:01:00: more often than 1 times a day; it is held",
              "X1: mug, executed on 2026-03-02 11:00:00: more often than 2 times a day");
      assertThat(home.balances()).containsExactly("0 74 0", "0 104 0");
      for (String number : new String[] {"Q4", "T2"})
        HoldRelease.of(
            home.database.database(), Clock.systemUTC(), number, "ann", "asked him by phone");
      home.night("2026-03-03");
      assertThat(home.ledger("2026-03-03"))
          .containsExactlyInAnyOrder(
              "REDEEM -10 2026-03-02 10:03:00 Q4",
              "TRANSFER -6 2026-03-02 09:01:00 T2",
              "TRANSFER 6 2026-03-02 09:01:00 T2");
      assertThat(home.file("outbox/mall/2026-03-03/redemption_result.csv"))
          .contains("Q4,GRANTED,,10,,,20260303-M00000000001-00002,58\n");
      assertThat(home.breaks()).containsExactly("VELOCITY X1");
      home.night("2026-03-04");
      assertThat(home.ledger("2026-03-04")).isEmpty();
    }
  }
}
