package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When points can be used and how long they live, from files to the ledger. */
class TermsOfANightTest {

  @TempDir Path dir;

  private static List<String> booked(TestHome home, String night) {
    return home.rows(
        "select kind || ' ' || points + moved || ' ' || split_part(cause_key, '/', 1) || ' '"
            + " || to_char(effective_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI')"
            + " from entry where night = '"
            + night
            + "' order by n");
  }

  private static List<String> lots(TestHome home) {
    return home.rows(
        "select order_no || ' ' || coalesce(available_on || ' ' || expires_on, 'pending') from lot order by 1");
  }

  @Test
  void C1_C2_E1_holds_count_from_the_payment_by_kind_of_order_and_validity_from_the_payment() {
    try (TestHome home = App.home(dir)) {
      home.write(
          "programs/base.yaml",
          """
          program: base
          version: 1
          effective_from: 2026-01-01
          earn: {per_fen: 100, points: 1, mode: linear, rounding: floor, scope: line}
          hold: {days: 2, from: paid, by_order_type: {presale: 4}}
          expiry: {kind: rolling, length: 6d, start: paid}
          rules: [{id: quick, when: {order_type: gift}, points: 5, hold: 0d}]
          """);
      home.drop(
          "app/S1/1.csv",
          App.file(
              App.row("A", "", "2026-05-01 10:00", "2026-05-02 10:00", "1", "100", "0"),
              App.row("B", "presale", "2026-05-01 10:00", "2026-05-02 10:00", "1", "200", "0"),
              App.row("C", "group_buy", "2026-05-01 10:00", "", "1", "300", "0"),
              App.row("D", "", "2026-05-01 10:00", "", "1", "400", "0"),
              App.row("E", "gift", "2026-05-02 11:00", "2026-05-02 12:00", "1", "0.5", "0")));
      home.night("2026-05-02");
      assertThat(booked(home, "2026-05-02"))
          .containsExactly(
              "EARN 100 A 05-01 10:00",
              "EARN 200 B 05-01 10:00",
              "EARN 300 C 05-01 10:00",
              "EARN 400 D 05-01 10:00",
              "EARN 5 E 05-02 11:00",
              "RELEASE 5 E 05-02 11:00");
      home.night("2026-05-03");
      assertThat(booked(home, "2026-05-03")).containsExactly("RELEASE 100 A 05-03 00:00");
      home.drop(
          "app/S1/2.csv",
          App.file(
              App.row("C", "group_buy", "2026-05-01 10:00", "2026-05-04 09:00", "1", "300", "0")));
      home.night("2026-05-04");
      assertThat(booked(home, "2026-05-04")).containsExactly("RELEASE 300 C 05-03 00:00");
      home.night("2026-05-05");
      assertThat(booked(home, "2026-05-05")).containsExactly("RELEASE 200 B 05-05 00:00");
      assertThat(lots(home))
          .containsExactly(
              "A 2026-05-03 2026-05-06",
              "B 2026-05-05 2026-05-06",
              "C 2026-05-03 2026-05-06",
              "D pending",
              "E 2026-05-02 2026-05-07");
      // what can be used only after its last day is released and expires in one night
      home.drop(
          "app/S1/3.csv",
          App.file(App.row("D", "", "2026-05-01 10:00", "2026-05-07 09:00", "1", "400", "0")));
      home.night("2026-05-07");
      assertThat(booked(home, "2026-05-06")).containsExactly("EXPIRE -600 2026-05-06 05-06 23:59");
      assertThat(booked(home, "2026-05-07"))
          .containsExactly(
              "RELEASE 400 D 05-03 00:00",
              "EXPIRE -400 2026-05-06 05-06 23:59",
              "EXPIRE -5 2026-05-07 05-07 23:59");
    }
  }

  /** B12, PROGRAMME 1: the odd fen of the lines of one order cost no point. */
  @Test
  void B12_F4_an_order_that_is_rounded_once_is_one_award_from_its_sale_to_its_last_return() {
    try (TestHome home = App.home(dir)) {
      home.write(
          "programs/base.yaml",
          """
          program: base
          version: 1
          effective_from: 2026-01-01
          earn: {per_fen: 100, points: 1, mode: linear, rounding: floor, scope: order}
          hold: {days: 1, from: completed}
          expiry: {kind: rolling, length: 1y, start: available}
          rules: [{id: double, when: {sku: "2"}, times: 2}, {id: gift, when: {sku: "3"}, times: 3, campaign: g}]
          """);
      home.drop(
          "app/S1/1.csv",
          App.file(
              App.row("O", "", "2026-05-01 10:00", "2026-05-02 10:00", "1", "33.33", "0"),
              App.row("O", "", "2026-05-01 10:00", "2026-05-02 10:00", "2", "33.33", "0"),
              App.row("O", "", "2026-05-01 10:00", "2026-05-02 10:00", "3", "33.34", "0"),
              App.row("P", "", "2026-05-01 11:00", "2026-05-02 10:00", "1", "0.5", "0"),
              App.row("P", "", "2026-05-01 11:00", "2026-05-02 10:00", "4", "0.5", "0")));
      home.night("2026-05-02");
      String cause =
          "select kind || ' ' || points + moved || ' ' || cause_type || ' ' || cause_key"
              + " from entry where night = '%s' order by n";
      assertThat(home.rows(cause.formatted("2026-05-02")))
          .containsExactly("EARN 133 ORDER O/", "EARN 67 ORDER O/#gift", "EARN 1 ORDER P/");
      home.drop(
          "app/S1/2.csv",
          App.file(
              App.row("O", "", "2026-05-01 10:00", "2026-05-02 10:00", "1", "33.33", "0"),
              App.row("O", "", "2026-05-01 10:00", "2026-05-02 10:00", "2", "33.33", "33.33"),
              App.row("O", "", "2026-05-01 10:00", "2026-05-02 10:00", "3", "33.34", "0")));
      home.night("2026-05-03");
      assertThat(home.rows(cause.formatted("2026-05-03")))
          .containsExactly(
              "RELEASE 133 ORDER O/",
              "RELEASE 67 ORDER O/#gift",
              "RELEASE 1 ORDER P/",
              "CLAWBACK -67 ORDER O/");
      home.drop(
          "app/S1/3.csv",
          App.file(
              App.row("O", "", "2026-05-01 10:00", "2026-05-02 10:00", "1", "33.33", "33.33"),
              App.row("O", "", "2026-05-01 10:00", "2026-05-02 10:00", "2", "33.33", "33.33"),
              App.row("O", "", "2026-05-01 10:00", "2026-05-02 10:00", "3", "33.34", "33.34")));
      home.night("2026-05-04");
      assertThat(home.rows(cause.formatted("2026-05-04")))
          .containsExactly("CLAWBACK -66 ORDER O/", "CLAWBACK -67 ORDER O/#gift");
      assertThat(home.balances()).containsExactly("0 1 0");
    }
  }
}
