package omnipoints.jobs;

import static omnipoints.jobs.RedeemingNightsTest.EVENT;
import static omnipoints.jobs.RedeemingNightsTest.REDEMPTION;
import static omnipoints.jobs.RedeemingNightsTest.execute;
import static omnipoints.jobs.RedeemingNightsTest.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import omnipoints.facts.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** D3, D18: from points to codes, from codes to tills. The codes were computed by Python's hmac. */
class CouponNightsTest {
  private static final String USES = "code,shop,order_channel,order_no,event,at,off_fen\n";
  private static final String OFFERS =
      """
      redeem: {restore: {grace_days: 30}}
      catalogue:
      - {item: ten, kind: coupon, points: 10, off: {fen: 1000}, stackable: true, valid: 30d, stock: 5}
      - {item: tea, kind: coupon, points: 5, off: {rate: 1/2, max_fen: 2000}, valid: 3d, shops: [s1]}
      """;

  @TempDir Path dir;

  private TestHome home() {
    return new TestHome(dir).program("0", "1y").rules(OFFERS);
  }

  private static String use(String code, String shop, String order, String event, String at) {
    return code + "," + shop + ",pos," + order + "," + event + "," + at + ",1000\n";
  }

  @Test
  void d3_thirty_points_of_three_hundred_yuan_are_three_coupons_worth_a_tenth() {
    try (TestHome home = home()) {
      String program = home.file("programs/base.yaml");
      // B3: every full 100 yuan earn 10 points
      home.write(
          "programs/base.yaml",
          program.replace(
              "per_fen: 100, points: 1, mode: linear", "per_fen: 10000, points: 10, mode: step"));
      home.drop(
          "pos/s1/sales.csv", Pos.file(Pos.row("C1", "2026-03-01 10:00:00", "A", 300, "1", "1")));
      home.night("2026-03-01");
      home.drop(
          "program/r.csv",
          REDEMPTION
              + request("V1", "C1", "ten", "2026-03-02 10:00:00").replace("ten,,", "ten,3,")
              + request("V2", "C1", "ten", "2026-03-02 11:00:00"));
      home.night("2026-03-02");
      assertThat(home.file("outbox/mall/2026-03-02/voucher_issued.csv"))
          .isEqualTo(
              """
              request_no,code,item,valid_to,shops
              V1,FVDAW0JC9WZSFR2Z,ten,2026-03-31,
              V1,NGW4DDX9J6Z0BX25,ten,2026-03-31,
              V1,PRSGRC512MPNYDXP,ten,2026-03-31,
              """);
      assertThat(home.file("outbox/mall/2026-03-02/redemption_result.csv"))
          .contains("V1,GRANTED,,30,,FVDAW0JC9WZSFR2Z|NGW4DDX9J6Z0BX25|PRSGRC512MPNYDXP,")
          .contains("V2,REFUSED,SHORT,10,10,,");
      // 3 × 10 yuan of 300 are the tenth that the rules promise
      assertThat(home.rows("select sum(off_fen) * 10 from voucher")).containsExactly("30000");
      assertThat(home.file("outbox/mall/2026-03-02/catalogue.csv"))
          .contains("ten,coupon,10,,2,yes");
      home.night("2026-03-03");
      assertThat(home.file("outbox/mall/2026-03-03/voucher_issued.csv"))
          .isEqualTo("request_no,code,item,valid_to,shops\n");
    }
  }

  @Test
  void h5_a_code_stands_in_the_outbox_of_its_night_and_nowhere_else() {
    try (TestHome home = home()) {
      home.drop(
          "pos/s1/sales.csv", Pos.file(Pos.row("C1", "2026-03-01 10:00:00", "A", 300, "1", "1")));
      home.drop("program/r.csv", REDEMPTION + request("V2", "C1", "tea", "2026-03-01 12:00:00"));
      home.night("2026-03-01");
      assertThat(home.file("outbox/mall/2026-03-01/voucher_issued.csv"))
          .endsWith("V2,3VYTBJM9R3AWKFR0,tea,2026-03-03,s1\n");
      for (String table :
          home.rows(
              "select quote_ident(table_schema) || '.' || quote_ident(table_name)"
                  + " from information_schema.tables where table_schema in ('public', 'batch')"))
        assertThat(
                home.rows(
                    "select count(*) from "
                        + table
                        + " t where row_to_json(t)::text like '%3VYTBJM9R3AWKFR0%'"))
            .as(table)
            .containsExactly("0");
      // what the till says later meets the hash that was kept
      assertThat(home.rows("select length(code) from voucher")).containsExactly("64");
    }
  }

  @Test
  void d18_a_wrong_use_whose_row_is_taken_back_is_no_break_any_more_nor_are_those_it_spoilt() {
    try (TestHome home = home()) {
      home.drop(
          "pos/s1/sales.csv", Pos.file(Pos.row("C1", "2026-03-01 10:00:00", "A", 300, "1", "1")));
      home.drop(
          "program/r.csv",
          REDEMPTION
              + request("V1", "C1", "ten", "2026-03-01 12:00:00").replace("ten,,", "ten,3,")
              + request("V2", "C1", "tea", "2026-03-01 12:00:00"));
      home.night("2026-03-01");
      // of another shop, and beside it one that is not stackable: both wrong
      String wrong =
          USES
              + use("NGW4DDX9J6Z0BX25", "s2", "20260302-1-1", "use", "2026-03-02 09:00:00")
              + use("3VYTBJM9R3AWKFR0", "s2", "20260302-1-3", "use", "2026-03-02 10:00:00");
      home.drop("program/wrong.csv", wrong);
      home.drop(
          "program/uses.csv",
          USES + use("NGW4DDX9J6Z0BX25", "s1", "20260302-1-2", "use", "2026-03-02 11:00:00"));
      home.night("2026-03-02");
      assertThat(outcomes(home, "2026-03-02"))
          .containsExactly("V1 2 USE OK", "V1 2 USE USED", "V2 1 USE SHOP");
      assertThat(home.breaks()).hasSize(2).allMatch(key -> key.startsWith("OVERSOLD voucher "));
      Withdrawal.plan(
              home.home(),
              home.database.database(),
              Sha256.hex(wrong.getBytes(StandardCharsets.UTF_8)))
          .register(home.database.database(), Clock.systemUTC(), "ann", "of another till");
      home.night("2026-03-03");
      assertThat(outcomes(home, "2026-03-03")).containsExactly("V1 2 USE OK");
      assertThat(home.breaks()).isEmpty();
    }
  }

  @Test
  void d18_d14_tills_are_held_against_what_was_handed_out_until_they_put_it_right() {
    try (TestHome home = home()) {
      home.drop(
          "pos/s1/sales.csv",
          Pos.file(
              Pos.row("C1", "2026-03-01 10:00:00", "A", 300, "1", "1"),
              Pos.row("C2", "2026-03-01 10:00:00", "A", 300, "1", "2")));
      home.drop(
          "program/r.csv",
          REDEMPTION
              + request("V1", "C1", "ten", "2026-03-01 12:00:00").replace("ten,,", "ten,3,")
              + request("V2", "C1", "tea", "2026-03-01 12:00:00")
              + request("Q1", "C2", "tea", "2026-03-01 12:00:00")
              + execute("X1", "C2", "ten", "10", "2026-03-01 12:00:00"));
      home.night("2026-03-01");
      assertThat(home.rows("select request_no || ' ' || k from voucher order by 1"))
          .containsExactly("Q1 1", "V1 1", "V1 2", "V1 3", "V2 1");
      home.drop(
          "program/uses.csv",
          USES
              + use("FVDAW0JC9WZSFR2Z", "s1", "20260302-1-1", "use", "2026-03-02 10:00:00")
              + use("NGW4DDX9J6Z0BX25", "s2", "20260302-1-1", "use", "2026-03-02 10:00:00")
              + use("NGW4DDX9J6Z0BX25", "s2", "20260302-1-2", "use", "2026-03-02 11:00:00")
              + use("3VYTBJM9R3AWKFR0", "s2", "20260302-1-3", "use", "2026-03-02 10:00:00")
              + use("NOBODYSCODE00000", "s1", "20260302-1-4", "use", "2026-03-02 10:00:00"));
      home.night("2026-03-02");
      assertThat(outcomes(home, "2026-03-02"))
          .containsExactly(
              "V1 1 USE OK", "V1 2 USE OK", "V1 2 USE USED", "V2 1 USE SHOP", "nobody USE UNKNOWN");
      assertThat(home.breaks()).hasSize(3).allMatch(key -> key.startsWith("OVERSOLD voucher "));
      assertThat(home.rows("select detail from break where detail like '%V2%'"))
          .containsExactly(
              "voucher of redemption V2 (tea), used at s2 on 2026-03-02 10:00:00: SHOP");
      assertThat(home.file("reports/2026-03-02/vouchers.csv"))
          .contains(",tea,use,2026-03-02 10:00:00,s2,pos,20260302-1-3,1000,SHOP\n");

      home.drop(
          "program/undo.csv",
          USES
              + use("NGW4DDX9J6Z0BX25", "s2", "20260302-1-2", "undo", "2026-03-03 10:00:00")
              + use("3VYTBJM9R3AWKFR0", "s2", "20260302-1-3", "undo", "2026-03-03 10:00:00"));
      // its points go back although a till has taken it: the next use of it is one too many
      home.drop("program/event.csv", EVENT + "Q1,cancelled,2026-03-03 09:00:00,,,\n");
      home.night("2026-03-03");
      assertThat(outcomes(home, "2026-03-03"))
          .containsExactly(
              "V1 1 USE OK",
              "V1 2 UNDO UNDONE",
              "V1 2 USE OK",
              "V1 2 USE UNDONE",
              "V2 1 UNDO UNDONE",
              "V2 1 USE UNDONE");
      assertThat(home.breaks()).hasSize(1);
      assertThat(home.ledger("2026-03-03")).containsExactly("RESTORE 5 2026-03-03 09:00:00 Q1");
      home.drop(
          "program/late.csv",
          USES
              + use("DT51JMAEBM97Z4T3", "s1", "20260304-1-1", "use", "2026-03-03 10:00:00")
              + use("3VYTBJM9R3AWKFR0", "s1", "20260304-1-2", "use", "2026-03-04 10:00:00"));
      home.night("2026-03-04");
      assertThat(outcomes(home, "2026-03-04"))
          .contains("Q1 1 USE CANCELLED", "V2 1 USE EXPIRED")
          .hasSize(4);
    }
  }

  private static List<String> outcomes(TestHome home, String night) {
    return home.rows(
        "select coalesce(v.request_no || ' ' || v.k, 'nobody') || ' ' || u.event || ' ' || j.outcome"
            + " from voucher_used j join voucher_use u using (key) left join voucher v using (code)"
            + " where j.night = '"
            + night
            + "' order by 1");
  }

  @Test
  void l2_a_night_that_is_run_again_hands_out_the_same_codes() {
    try (TestHome home = home()) {
      home.drop(
          "pos/s1/sales.csv", Pos.file(Pos.row("C1", "2026-03-01 10:00:00", "A", 300, "1", "1")));
      home.drop("program/r.csv", REDEMPTION + request("Q1", "C1", "tea", "2026-03-01 12:00:00"));
      home.night("2026-03-01");
      String first = home.file("outbox/mall/2026-03-01/voucher_issued.csv");
      assertThat(first).contains("Q1,DT51JMAEBM97Z4T3,tea,2026-03-03,s1");
      home.night("2026-03-01");
      assertThat(home.file("outbox/mall/2026-03-01/voucher_issued.csv")).isEqualTo(first);
    }
  }
}
