package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row X: the ready programmes, from files of a till to the extract. */
class ShippedNightsTest {

  @TempDir Path dir;

  private static final String ACTIVITY =
      "event_id,type,platform,member_kind,member_value,at,channel,order_no,shop\n";

  /** A home under a ready programme. */
  private TestHome home(String programme) throws IOException {
    var home = new TestHome(dir);
    return home.write(
        "programs/base.yaml",
        Files.readString(Path.of("../points/programs/" + programme + ".yaml"))
            .replace("program: " + programme, "program: base"));
  }

  /** A number of the member of a card in the extract of a night. */
  private static String told(TestHome home, String night, String card, String column) {
    List<String> rows =
        home.file("outbox/crm/" + night + "/member_profile_full_" + night + ".csv")
            .lines()
            .toList();
    List<String> columns = Arrays.asList(rows.get(0).split(","));
    String member =
        home.rows("select member_id from token where kind = 'card' and shown = '" + card + "'")
            .get(0);
    return rows.stream()
        .map(row -> row.split(",", -1))
        .filter(row -> row[columns.indexOf("member_id")].equals(member))
        .findFirst()
        .orElseThrow()[columns.indexOf(column)];
  }

  /** What is and will be usable of the points of a card. */
  private static long points(TestHome home, String night, String card) {
    return Long.parseLong(told(home, night, card, "points_available"))
        + Long.parseLong(told(home, night, card, "points_pending"));
  }

  private static String cashOff(
      String no, String mode, String card, String points, long fen, String order, String at) {
    return String.join(
            ",",
            no,
            mode,
            "till",
            "S1",
            "card",
            card,
            "cash_off",
            "",
            points,
            "" + fen,
            "pos",
            order,
            at,
            "",
            "")
        + "\n";
  }

  /**
   * Two things of one receipt, bought on a Wednesday, of which the second comes back after the
   * hold: what could be used, what can be in the end, and the last day of it.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      yuan               | 200 | 100 | 300  | 200 | 2027-05-26
      # with the gift of the first order: 9 and the 24 that are left of 50
      ten_yuan           | 99  | 100 | 69   | 33  | 2026-12-31
      # with the gift of the first order, which stays: 2 and 5
      hundred_yuan       | 250 | 100 | 8    | 7   | 2027-12-31
      hundred_ten        | 250 | 100 | 30   | 20  | 2026-11-26
      hundred_ten_linear | 250 | 100 | 35   | 25  | ''
      member_day         | 200 | 300 | 2000 | 800 | 2027-05-26
      """)
  void X_a_ready_programme_from_files_to_the_extract(
      String programme, int first, int second, String earned, String kept, String lastDay)
      throws IOException {
    try (TestHome home = home(programme)) {
      home.drop(
          "pos/S1/1.csv",
          Pos.file(
              Pos.row("C1", "2026-05-20 10:00:00", "A", first, "9", "1"),
              Pos.row("C1", "2026-05-20 10:00:00", "B", second, "9", "1")));
      home.night("2026-06-04");
      assertThat(told(home, "2026-06-04", "C1", "points_available")).isEqualTo(earned);
      home.drop(
          "pos/S1/2.csv", Pos.file(Pos.row("C1", "2026-06-05 10:00:00", "B", -second, "9", "2")));
      home.night("2026-06-05");
      assertThat(told(home, "2026-06-05", "C1", "points_available")).isEqualTo(kept);
      assertThat(
              home.rows("select coalesce(max(expires_on)::text, '') from lot where remaining > 0"))
          .containsExactly(lastDay);
    }
  }

  /** Three members spend on a Thursday what makes a tier theirs, and all the same on Friday. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      # 200 are 200, of VIP3 300
      yuan       | 999  | 9999 | 10000 | base vip2 vip3     | 200 | 200 200 300
      # 100 are 100, 120, 150
      member_day | 1999 | 2000 | 5000  | bronze silver gold | 100 | 100 120 150
      """)
  void B4_B5_X_tiers_of_a_ready_programme_from_files_to_the_extract(
      String programme, int first, int second, int third, String tiers, int yuan, String earned)
      throws IOException {
    List<String> cards = List.of("C1", "C2", "C3");
    try (TestHome home = home(programme)) {
      home.drop(
          "pos/S1/1.csv",
          Pos.file(
              Pos.row("C1", "2026-05-21 10:00:00", "A", first, "9", "1"),
              Pos.row("C2", "2026-05-21 10:00:00", "A", second, "9", "2"),
              Pos.row("C3", "2026-05-21 10:00:00", "A", third, "9", "3")));
      home.night("2026-05-21");
      assertThat(cards)
          .extracting(card -> told(home, "2026-05-21", card, "tier"))
          .containsExactly(tiers.split(" "));
      home.drop(
          "pos/S1/2.csv",
          Pos.file(
              Pos.row("C1", "2026-05-22 10:00:00", "B", yuan, "9", "1"),
              Pos.row("C2", "2026-05-22 10:00:00", "B", yuan, "9", "2"),
              Pos.row("C3", "2026-05-22 10:00:00", "B", yuan, "9", "3")));
      home.night("2026-05-22");
      assertThat(cards)
          .extracting(
              card -> "" + (points(home, "2026-05-22", card) - points(home, "2026-05-21", card)))
          .containsExactly(earned.split(" "));
      assertThat(
              home.rows(
                  "select e.points::text from entry e join token t using (member_id)"
                      + " where t.kind = 'card' and e.kind = 'EARN' and e.night = '2026-05-22'"
                      + " order by t.shown"))
          .containsExactly(earned.split(" "));
    }
  }

  /** ¥1000 a week ago; now money off an order of ¥100, and what is no whole hundred is refused. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      yuan        | 3000 | 2500 | 300 | 700
      hundred_ten | 1000 | 500  | 100 | 0
      ten_yuan    | 100  | 150  | 100 | 50
      member_day  | 100  | 150  | 100 | 1900
      """)
  void D1_D2_X_what_points_take_off_an_order_from_files_to_the_extract(
      String programme, long offFen, long refusedFen, long taken, String left) throws IOException {
    try (TestHome home = home(programme)) {
      home.drop(
          "pos/S1/1.csv",
          Pos.file(
              Pos.row("C1", "2026-05-01 10:00:00", "A", 1000, "9", "1"),
              Pos.row("C1", "2026-05-09 10:00:00", "B", 100, "9", "2")));
      String order = "20260509-9-2";
      home.drop(
          "program/redemption.csv",
          RedeemingNightsTest.REDEMPTION
              + cashOff("R1", "requested", "C1", "", refusedFen, order, "2026-05-09 10:00:00")
              + cashOff("R2", "requested", "C1", "", offFen, order, "2026-05-09 10:00:01"));
      home.night("2026-05-09");
      assertThat(
              home.rows(
                  "select concat_ws(' ', request_no, outcome, refusal, redeemed) from redeemed"
                      + " order by request_no"))
          .containsExactly("R1 REFUSED LIMIT 0", "R2 GRANTED " + taken);
      assertThat(told(home, "2026-05-09", "C1", "points_available")).isEqualTo(left);
    }
  }

  /** 差额: R was paid in points and is owed, U was earned and is taken; two entries, one net. */
  @Test
  void F1_F2_X_an_order_that_comes_back_settles_what_it_took_and_gave() throws IOException {
    try (TestHome home = home("yuan")) {
      int[] paid = {300, 500, 300};
      int[] earned = {500, 300, 300};
      var sold = new ArrayList<String>();
      var back = new ArrayList<String>();
      var redeemed = new StringBuilder(RedeemingNightsTest.REDEMPTION);
      for (int i = 0; i < 3; i++) {
        String card = "C" + i;
        String at = "2026-05-09 10:00:00";
        sold.add(Pos.row(card, "2026-05-01 10:00:00", "A", 1000, "9", "1" + i));
        sold.add(Pos.row(card, at, "B", earned[i], "9", "2" + i));
        back.add(Pos.row(card, "2026-05-10 10:00:00", "B", -earned[i], "9", "3" + i));
        redeemed.append(
            cashOff(
                "P" + i, "executed", card, "" + paid[i], paid[i] * 10L, "20260509-9-2" + i, at));
      }
      home.drop("pos/S1/1.csv", Pos.file(sold.toArray(String[]::new)));
      home.drop("program/redemption.csv", redeemed.toString());
      home.night("2026-05-09");
      assertThat(List.of("C0", "C1", "C2"))
          .extracting(card -> points(home, "2026-05-09", card))
          .containsExactly(1200L, 800L, 1000L);
      home.drop("pos/S1/2.csv", Pos.file(back.toArray(String[]::new)));
      home.night("2026-05-10");
      assertThat(List.of("C0", "C1", "C2"))
          .as("-200, +200, 0")
          .extracting(card -> points(home, "2026-05-10", card))
          .containsExactly(1000L, 1000L, 1000L);
      assertThat(
              home.rows(
                  "select t.shown || ' ' || e.kind || ' ' || e.points from entry e"
                      + " join token t using (member_id) where t.kind = 'card'"
                      + " and e.kind in ('RESTORE', 'CLAWBACK') order by t.shown, e.kind desc"))
          .containsExactly(
              "C0 RESTORE 300",
              "C0 CLAWBACK -500",
              "C1 RESTORE 500",
              "C1 CLAWBACK -300",
              "C2 RESTORE 300",
              "C2 CLAWBACK -300");
    }
  }

  /** First order of ¥200 and ¥100 on the 8th, reviewed; ¥100 comes back, and then the rest. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      # 扣回, the same part: 30 and a gift of 50; 20 and 33
      ten_yuan     | 80 | 53
      # 扣回, what the kept money earns: 30 and as much of the 8th; 20 and 20
      hundred_ten  | 60 | 40
      # 清零: 3, gift 5, review 1, the 8th 3; 2 and all the others, until nothing is kept
      hundred_yuan | 12 | 11
      """)
  void F1_F3_X_what_a_return_leaves(String programme, long all, long part) throws IOException {
    try (TestHome home = home(programme)) {
      home.drop(
          "pos/S1/1.csv",
          Pos.file(
              Pos.row("C1", "2026-05-08 10:00:00", "A", 200, "9", "1"),
              Pos.row("C1", "2026-05-08 10:00:00", "B", 100, "9", "1")));
      home.drop(
          "program/activity.csv",
          ACTIVITY + "1,review,app,card,C1,2026-05-08 12:00:00,pos,20260508-9-1,S1\n");
      home.night("2026-05-08");
      assertThat(points(home, "2026-05-08", "C1")).isEqualTo(all);
      home.drop(
          "pos/S1/2.csv", Pos.file(Pos.row("C1", "2026-05-09 10:00:00", "B", -100, "9", "2")));
      home.night("2026-05-09");
      assertThat(points(home, "2026-05-09", "C1")).isEqualTo(part);
      home.drop(
          "pos/S1/3.csv", Pos.file(Pos.row("C1", "2026-05-10 10:00:00", "A", -200, "9", "3")));
      home.night("2026-05-10");
      assertThat(points(home, "2026-05-10", "C1")).isZero();
    }
  }
}
