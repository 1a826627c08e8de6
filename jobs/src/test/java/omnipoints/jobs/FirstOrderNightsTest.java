package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import omnipoints.facts.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is given for a first order, from files to the ledger. */
class FirstOrderNightsTest {

  private static final String RULES =
      """
      program: base
      version: 1
      effective_from: 2026-01-01
      earn: {per_fen: 100, points: 1, mode: linear, rounding: floor, scope: line}
      hold: {days: 7, from: completed}
      expiry: {kind: rolling, length: 1y, start: available}
      rules:
      - {id: first, slot: first_order, slot_min_fen: 1000, points: 100, after_return: AFTER}
      """;

  @TempDir Path dir;

  /** {@code <kind> <points> <order> <day>} of what was given for having the slot. */
  private static List<String> booked(TestHome home, String night) {
    return home.rows(
        "select kind || ' ' || points || ' ' || replace(cause_key, '2026', '') || ' '"
            + " || to_char(effective_at at time zone 'Asia/Shanghai', 'MM-DD')"
            + " from entry where cause_type = 'ORDER' and kind <> 'RELEASE' and night = '"
            + night
            + "' order by effective_at, n");
  }

  private static String sold(String card, String day, int yuan, int receipt) {
    return Pos.row(card, "2026-05-" + day + " 10:00:00", "S" + receipt, yuan, "9", "" + receipt);
  }

  private static String returned(String card, String day, int yuan, int receipt) {
    return Pos.row(card, "2026-05-" + day + " 10:00:00", "S" + receipt, -yuan, "8", "" + receipt);
  }

  /** Over all channels one order has it; one found late is told, and the next one gets it. */
  @Test
  void B8_the_first_order_is_paid_and_the_next_one_when_it_came_back_whole() {
    try (TestHome home = new TestHome(dir)) {
      home.write("programs/base.yaml", RULES.replace("AFTER", "next"));
      home.drop(
          "pos/S1/1.csv",
          Pos.file(sold("C1", "05", 300, 1), sold("C1", "04", 9, 2), sold("C1", "06", 20, 3)));
      home.night("2026-05-06");
      assertThat(booked(home, "2026-05-06")).containsExactly("EARN 100 0505-9-1/#first 05-05");
      home.drop("pos/S2/2.csv", Pos.file(sold("C1", "03", 50, 4), sold("C1", "07", 50, 5)));
      home.night("2026-05-07");
      assertThat(booked(home, "2026-05-07")).isEmpty();
      assertThat(home.file("reports/2026-05-07/awards.csv").lines().skip(1))
          .containsExactly("2026-05-07,M00000000001,first,ORDER,20260503-9-4/#first,100,0,SLOT");
      home.drop("pos/S1/3.csv", Pos.file(returned("C1", "08", 300, 1)));
      home.night("2026-05-08");
      assertThat(booked(home, "2026-05-08"))
          .containsExactly("EARN 100 0503-9-4/#first 05-03", "CLAWBACK -100 0505-9-1/#first 05-08");
      // the same files again move nothing, and neither does a night that looks at all of them
      home.drop(
          "pos/S1/4.csv",
          Pos.file(sold("C1", "05", 300, 1), sold("C1", "04", 9, 2), sold("C1", "08", 10, 7)));
      home.night("2026-05-09");
      assertThat(booked(home, "2026-05-09")).isEmpty();
      assertThat(home.rows("select order_no || ' ' || state from first_order"))
          .containsExactly("20260503-9-4 HELD");
    }
  }

  /** Of two members who become one the later award is taken back, dated when they did. */
  @Test
  void B8_a_merge_takes_the_later_one_back_and_a_return_closes_the_slot() {
    try (TestHome home = new TestHome(dir)) {
      home.write("programs/base.yaml", RULES.replace("AFTER", "never"));
      home.drop("pos/S1/1.csv", Pos.file(sold("C1", "05", 300, 1), sold("C2", "06", 200, 2)));
      home.night("2026-05-06");
      assertThat(booked(home, "2026-05-06"))
          .containsExactly("EARN 100 0505-9-1/#first 05-05", "EARN 100 0506-9-2/#first 05-06");
      home.drop(
          "program/members.csv",
          "card,phone,birthday,join_date,home_shop\nC1,13800000001,,,S1\nC2,13800000001,,,S1\n");
      home.night("2026-05-07");
      assertThat(home.rows("select count(*) from member where merged_into is not null"))
          .containsExactly("1");
      assertThat(booked(home, "2026-05-07")).containsExactly("EARN -100 0506-9-2/#first 05-07");
      home.drop(
          "pos/S1/2.csv",
          Pos.file(
              returned("C1", "08", 300, 1), sold("C2", "06", 200, 2), sold("C2", "08", 90, 4)));
      home.night("2026-05-08");
      assertThat(booked(home, "2026-05-08")).containsExactly("CLAWBACK -100 0505-9-1/#first 05-08");
      assertThat(home.rows("select order_no || ' ' || state from first_order"))
          .containsExactly("20260505-9-1 CLOSED");
    }
  }

  /** What leaves the member leaves the slot, and the next order has it. */
  @Test
  void B8_an_order_that_is_taken_back_is_no_first_order() {
    try (TestHome home = new TestHome(dir)) {
      home.write("programs/base.yaml", RULES.replace("AFTER", "never"));
      String wrong = Pos.file(sold("C1", "05", 300, 1));
      home.drop("pos/S1/1.csv", wrong);
      home.drop("pos/S1/2.csv", Pos.file(sold("C1", "06", 200, 2)));
      home.night("2026-05-06");
      assertThat(booked(home, "2026-05-06")).containsExactly("EARN 100 0505-9-1/#first 05-05");
      Withdrawal.plan(
              home.home(),
              home.database.database(),
              Sha256.hex(wrong.getBytes(StandardCharsets.UTF_8)).substring(0, 12))
          .register(home.database.database(), Clock.systemUTC(), "zhang", "of another shop");
      home.night("2026-05-07");
      assertThat(booked(home, "2026-05-07"))
          .containsExactly("EARN -100 0505-9-1/#first 05-05", "EARN 100 0506-9-2/#first 05-06");
      assertThat(home.rows("select order_no || ' ' || state from first_order"))
          .containsExactly("20260506-9-2 HELD");
    }
  }

  /** Orders of a version that gave nothing for them are orders all the same. */
  @Test
  void B8_orders_before_the_rule_began_are_known() {
    try (TestHome home = new TestHome(dir)) {
      home.write("programs/base/1.yaml", RULES.replaceAll("(?s)rules:.*", ""));
      home.drop("pos/S1/1.csv", Pos.file(sold("C1", "05", 300, 1), sold("C3", "05", 300, 3)));
      home.night("2026-05-05");
      home.write(
          "programs/base/2.yaml",
          RULES
              .replace("AFTER", "never")
              .replace("version: 1", "version: 2")
              .replace("2026-01-01", "2026-05-06"));
      home.drop(
          "pos/S1/2.csv",
          Pos.file(
              sold("C1", "06", 300, 1),
              sold("C2", "06", 300, 2),
              returned("C3", "06", 300, 3),
              sold("C3", "06", 300, 4)));
      home.night("2026-05-06");
      assertThat(booked(home, "2026-05-06")).containsExactly("EARN 100 0506-9-2/#first 05-06");
    }
  }
}
