package omnipoints.jobs;

import static omnipoints.jobs.RedeemingNightsTest.EVENT;
import static omnipoints.jobs.RedeemingNightsTest.REDEMPTION;
import static omnipoints.jobs.RedeemingNightsTest.execute;
import static omnipoints.jobs.RedeemingNightsTest.redeemed;
import static omnipoints.jobs.RedeemingNightsTest.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import omnipoints.points.DrawProof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** D19: a draw from its first night to its winners. Scores were computed by Python's hmac. */
class DrawNightsTest {
  private static final String OFFERS =
      """
      redeem: {restore: {grace_days: 30}}
      catalogue:
      - {item: mug, kind: goods, points: 5, stock: 3}
      - {item: ten, kind: coupon, points: 10, off: {fen: 1000}, valid: 30d}
      draws: [{draw: nov, points: 10, prizes: [{item: mug, n: 1}, {item: ten, n: 1}, {item: mug, n: 1}], closes: 2026-03-03, wins: 1}]
      """;
  private static final String COMMITMENT =
      "9dbb35ec321b5dea168a5b6ff84dc5e45c5d6dbaf43cf07fe2c748d2c679c494";
  private static final String LIST =
      "030aabad40284a90736d8aaace77e5b71e6ab468de560e981e2318f855c06bd8";

  @TempDir Path dir;

  private static String said(TestHome home, String night) {
    return String.join(
        " ",
        home.rows(
            "select what || '=' || value from draw_statement where night = '"
                + night
                + "' order by what"));
  }

  @Test
  void d19_what_closes_say_decides_and_the_proof_draws_the_same_again() {
    try (TestHome home = new TestHome(dir).program("0", "1y").rules(OFFERS)) {
      home.drop(
          "pos/s1/sales.csv",
          Pos.file(
              Pos.row("C1", "2026-03-01 10:00:00", "A", 100, "1", "1"),
              Pos.row("C2", "2026-03-01 10:00:00", "A", 100, "1", "2"),
              Pos.row("C3", "2026-03-01 10:00:00", "A", 100, "1", "3")));
      home.drop(
          "program/first.csv",
          REDEMPTION
              + request("E1", "C1", "draw:nov", "2026-03-01 12:00:00")
              + request("E2", "C2", "draw:nov", "2026-03-01 13:00:00")
              + request("M1", "C2", "mug", "2026-03-01 14:00:00")
              + request("M2", "C2", "mug", "2026-03-01 15:00:00"));
      home.night("2026-03-01");
      // of three mugs two are reserved from the first night on
      assertThat(redeemed(home))
          .containsExactly(
              "E1 GRANTED took 10 back 0 left 90",
              "E2 GRANTED took 10 back 0 left 90",
              "M1 GRANTED took 5 back 0 left 85",
              "M2 REFUSED STOCK took 0 back 0 left 85");
      assertThat(said(home, "2026-03-01")).isEqualTo("COMMITMENT=" + COMMITMENT);
      assertThat(home.file("outbox/mall/2026-03-01/manifest.json")).contains(COMMITMENT);
      assertThat(home.file("outbox/mall/2026-03-01/catalogue.csv"))
          .contains("draw:nov,virtual,10,,,yes\n", "mug,goods,5,,0,no\n");

      home.drop(
          "program/more.csv",
          REDEMPTION
              + request("E5", "C1", "draw:nov", "2026-03-03 23:59:59")
              + request("E4", "C3", "draw:nov", "2026-03-03 12:00:00")
              + request("E3", "C1", "draw:nov", "2026-03-02 12:00:00")
              + request("E6", "C3", "draw:nov", "2026-03-03 12:30:00")
              + request("E7", "C3", "draw:nov", "2026-03-03 12:30:00").replace("nov,,", "nov,2,")
              + execute("X1", "C3", "draw:nov", "10", "2026-03-03 12:40:00"));
      home.drop("program/event.csv", EVENT + "E6,cancelled,2026-03-03 13:00:00,,,\n");
      // known before the list is closed: it counts for nothing
      home.drop("program/early.csv", "draw,value\nnov,1111111\n");
      home.night("2026-03-03");
      assertThat(redeemed(home)).contains("E7 REFUSED LIMIT took 0 back 0 left 80");
      assertThat(said(home, "2026-03-03")).isEqualTo("LIST=" + LIST);

      home.drop(
          "program/late.csv", REDEMPTION + request("E8", "C3", "draw:nov", "2026-03-03 20:00:00"));
      home.night("2026-03-04");
      assertThat(redeemed(home)).contains("E8 REFUSED WINDOW took 0 back 0 left 80");
      assertThat(said(home, "2026-03-04")).isEmpty();

      home.drop("program/value.csv", "draw,value\nnov,8812345\n");
      // killed when all is attached and nothing committed, it draws the same
      try (DyingNight night = new DyingNight(home, "2026-03-05", "close:attached")) {
        night.diesAt("close:attached");
      }
      assertThat(home.rows("select draw from draw_win")).isEmpty();
      home.night("2026-03-05");
      assertThat(said(home, "2026-03-05")).startsWith("PUBLIC=8812345 RESULT=");
      // by score: E3 E5 E1 E4 E2, and one prize a member
      assertThat(home.file("outbox/mall/2026-03-05/draw_nov.csv"))
          .startsWith("place,request_no,member_id,item,score\n1,E3,")
          .contains(
              ",mug,57bfc424fbf39158ec389d674bddb67c85313dae0a48abc884e1deb9e864c3d5\n2,E4,",
              ",ten,d73bd44d69afbc58aee61079f82c546025b0ea62dc6c02013772f315663d0188\n3,E2,",
              ",mug,f0aae641c8726c58a97b4243cfd507b320117bc76eca520fe32d7612d6f4cfb8\n");
      assertThat(home.file("outbox/mall/2026-03-05/voucher_issued.csv"))
          .matches("(?s)request_no,code,item,valid_to,shops\nE4,[0-9A-Z]{16},ten,2026-04-04,\n");
      DrawProof proof =
          DrawFiles.JSON.readValue(
              home.file("outbox/mall/2026-03-05/draw_nov.proof.json"), DrawProof.class);
      assertThat(proof.faults()).isEmpty();
      assertThat(proof.commitment()).isEqualTo(COMMITMENT);
      assertThat(proof.listSha256()).isEqualTo(LIST);
      assertThat(proof.entries())
          .containsExactly(
              new DrawProof.Entry("E1", 1),
              new DrawProof.Entry("E2", 2),
              new DrawProof.Entry("E3", 1),
              new DrawProof.Entry("E4", 3),
              new DrawProof.Entry("E5", 1));
      // what a close says of draws is hashed with it
      home.execute("update draw_statement set value = 'x' where what = 'LIST'");
      assertThat(
              Verification.run(
                      home.home(),
                      home.database.database(),
                      Night.NEVER,
                      java.time.LocalDate.parse("2026-03-05"),
                      null)
                  .findings())
          .isNotEmpty();
    }
  }

  @Test
  void d19_prizes_that_nobody_won_are_to_be_had_again() {
    try (TestHome home = new TestHome(dir).program("0", "1y").rules(OFFERS)) {
      home.drop(
          "pos/s1/sales.csv", Pos.file(Pos.row("C1", "2026-03-03 10:00:00", "A", 100, "1", "1")));
      home.drop(
          "program/first.csv", REDEMPTION + request("E1", "C1", "draw:nov", "2026-03-03 12:00:00"));
      home.night("2026-03-03");
      assertThat(home.file("outbox/mall/2026-03-03/catalogue.csv"))
          .contains("mug,goods,5,,1,yes\n");
      home.drop("program/value.csv", "draw,value\nnov,8812345\n");
      home.night("2026-03-04");
      assertThat(home.rows("select place || ' ' || request_no || ' ' || item from draw_win"))
          .containsExactly("1 E1 mug");
      assertThat(home.file("outbox/mall/2026-03-04/catalogue.csv"))
          .contains("mug,goods,5,,2,yes\n");
    }
  }
}
