package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Activities that name an order are held and counted with it. */
class ReviewNightsTest {

  private static final String HEAD =
      "event_id,type,platform,member_kind,member_value,at,channel,order_no,shop\n";

  private static final String RULE =
      "rules: [{id: review, on: activity, when: {type: review}, limit: {per: order, count: 1},"
          + " points: 20}]\n";

  @TempDir Path dir;

  private static List<String> booked(TestHome home, String night) {
    return home.rows(
        "select kind || ' ' || points + moved || ' ' || cause_key || ' '"
            + " || to_char(effective_at at time zone 'Asia/Shanghai', 'MM-DD HH24')"
            + " from entry where cause_type = 'ACTIVITY' and night = '"
            + night
            + "' order by n");
  }

  /** C2, B20: by the kind of the order and its payment, never before the review itself. */
  @Test
  void B20_C2_a_review_is_usable_when_its_order_is() {
    try (TestHome home = App.home(dir)) {
      home.write(
          "programs/base.yaml",
          """
          program: base
          version: 1
          effective_from: 2026-01-01
          earn: {per_fen: 100, points: 1, mode: linear, rounding: floor, scope: line}
          hold: {days: 2, from: paid, by_order_type: {presale: 4}}
          expiry: {kind: never}
          """
              + RULE);
      home.drop(
          "app/S1/1.csv",
          App.file(
              App.row("A", "", "2026-05-01 10:00", "2026-05-01 11:00", "1", "100", "0"),
              App.row("B", "presale", "2026-05-01 10:00", "2026-05-01 11:00", "1", "200", "0"),
              App.row("C", "", "2026-05-01 10:00", "", "1", "300", "0")));
      home.night("2026-05-01");
      String buyer = home.rows("select member_id from member order by 1").get(0);
      home.drop(
          "program/activity.csv",
          HEAD
              + "1,review,app,member_id,%s,2026-05-02 12:00:00,app,A,\n".formatted(buyer)
              + "2,review,app,member_id,%s,2026-05-02 12:00:00,app,B,\n".formatted(buyer)
              + "3,review,app,member_id,%s,2026-05-02 12:00:00,app,C,\n".formatted(buyer));
      home.night("2026-05-02");
      assertThat(booked(home, "2026-05-02"))
          .containsExactlyInAnyOrder(
              "EARN 20 review/app/1#review 05-02 12",
              "EARN 20 review/app/2#review 05-02 12",
              "EARN 20 review/app/3#review 05-02 12");
      home.night("2026-05-03");
      assertThat(booked(home, "2026-05-03"))
          .containsExactly("RELEASE 20 review/app/1#review 05-03 00");
      home.night("2026-05-05");
      assertThat(booked(home, "2026-05-05"))
          .containsExactly("RELEASE 20 review/app/2#review 05-05 00");
    }
  }

  /** Shops number for themselves; and what is held with an order is not let go before it. */
  @Test
  void B20_reviews_of_two_shops_count_apart_and_wait_with_an_order_that_is_in_doubt() {
    try (TestHome home = new TestHome(dir)) {
      home.write(
          "programs/base.yaml",
          """
          program: base
          version: 1
          effective_from: 2026-01-01
          earn: {per_fen: 100, points: 1, mode: linear, rounding: floor, scope: line}
          hold: {days: 3, from: completed}
          expiry: {kind: never}
          """
              + RULE);
      String sold = Pos.row("C1", "2026-05-01 10:00:00", "A", 300, "9", "1");
      home.drop("pos/S1/1.csv", Pos.file(sold));
      home.drop("pos/S2/1.csv", Pos.file(sold.replace("300", "400")));
      home.drop(
          "program/activity.csv",
          HEAD
              + "1,review,app,card,C1,2026-05-01 12:00:00,pos,20260501-9-1,S1\n"
              + "2,review,app,card,C1,2026-05-01 13:00:00,pos,20260501-9-1,S2\n"
              + "3,review,app,card,C1,2026-05-01 14:00:00,pos,20260501-9-1,S2\n");
      home.night("2026-05-01");
      assertThat(booked(home, "2026-05-01"))
          .containsExactly(
              "EARN 20 review/app/1#review 05-01 12", "EARN 20 review/app/2#review 05-01 13");
      // a second one of the first shop comes later: that order had its review
      home.drop(
          "program/again.csv",
          HEAD + "4,review,app,card,C1,2026-05-02 12:00:00,pos,20260501-9-1,S1\n");
      home.drop(
          "pos/S1/2.csv",
          Pos.file(sold, sold.replace(",300.00,商品", ",what,商品").replace(",A,", ",B,")));
      home.night("2026-05-02");
      assertThat(booked(home, "2026-05-02")).isEmpty();
      assertThat(home.rows("select distinct class from verdict where class not in ('POSTED')"))
          .containsExactly("REJECTED_SIBLING");
      home.night("2026-05-04");
      assertThat(booked(home, "2026-05-04"))
          .containsExactly("RELEASE 20 review/app/2#review 05-04 00");
    }
  }

  /** B20: who wrote it and who bought turn out to be one, whether anything else is new or not. */
  @Test
  void B20_a_review_of_what_another_card_bought_counts_from_the_night_both_are_one() {
    try (TestHome home = new TestHome(dir)) {
      home.write(
          "programs/base.yaml",
          """
          program: base
          version: 1
          effective_from: 2026-01-01
          earn: {per_fen: 100, points: 1, mode: linear, rounding: floor, scope: line}
          hold: {days: 1, from: completed}
          expiry: {kind: never}
          """
              + RULE);
      home.drop("pos/S1/1.csv", Pos.file(Pos.row("C1", "2026-05-01 10:00:00", "A", 300, "9", "1")));
      home.drop(
          "program/members.csv",
          "card,phone,birthday,join_date,home_shop\nC1,,,,S1\nC2,,,,S1\nC3,,,,S1\n");
      home.drop(
          "program/activity.csv",
          HEAD
              + "1,review,app,card,C2,2026-05-01 12:00:00,pos,20260501-9-1,S1\n"
              + "2,review,app,card,C3,2026-05-01 13:00:00,pos,20260501-9-1,S1\n");
      home.night("2026-05-01");
      home.night("2026-05-03");
      assertThat(booked(home, "2026-05-01")).isEmpty();
      home.drop(
          "program/members.csv",
          "card,phone,birthday,join_date,home_shop\nC1,13800000001,,,S1\nC2,13800000001,,,S1\n");
      home.night("2026-05-04");
      assertThat(booked(home, "2026-05-04"))
          .containsExactly(
              "EARN 20 review/app/1#review 05-01 12", "RELEASE 20 review/app/1#review 05-02 00");
      home.night("2026-05-05");
      assertThat(booked(home, "2026-05-05")).isEmpty();
    }
  }
}
