package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import omnipoints.facts.Sha256;
import omnipoints.jobs.Tmall.Line;
import omnipoints.jobs.Tmall.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debts that people let go by document (H3, F5). */
class WriteOffNightTest {
  private static final String ADJUSTMENTS =
      "adjustment_no,member_kind,member_value,points,reason,requested_by,approved_by,source_shop,expires,at\n";
  private static final String BINDING =
      "channel,order_no,platform_id,phone,card,unionid,bound_at\n";
  private static final Order ORDER =
      Order.unpaid("O1", "nick", 0, Line.of("a", "SHOE", 20000, 1))
          .paid("2026-03-01 10:00:00")
          .completed("2026-03-01 11:00:00");

  @TempDir Path dir;

  private static void show(TestHome home, String file, Order order) {
    home.drop("tmall/shop/" + file + "-o.csv", Tmall.orders(order.row()), Tmall.GBK);
    home.drop(
        "tmall/shop/" + file + "-l.csv",
        Tmall.lines(order.lineRows().toArray(String[]::new)),
        Tmall.GBK);
  }

  private TestHome owing() {
    TestHome home =
        new TestHome(dir, "staff: {hq: [ann, bob]}\n")
            .program("0", "1y")
            .rules("catalogue: [{item: mug, kind: goods, points: 150}]\n");
    home.drop("program/binding.csv", BINDING + "tmall,,nick,,C1,,2026-03-01 08:00:00\n");
    show(home, "1", ORDER);
    home.night("2026-03-01");
    home.drop(
        "program/x.csv",
        RedeemingNightsTest.REDEMPTION
            + RedeemingNightsTest.execute("X1", "C1", "mug", "150", "2026-03-02 10:00:00"));
    show(home, "2", ORDER.after(0, "退款成功", 20000).refunded(20000));
    home.night("2026-03-02");
    assertThat(home.balances()).containsExactly("0 0 150");
    return home;
  }

  @Test
  void h3_what_is_owed_is_written_off_and_what_is_above_it_is_refused() {
    try (TestHome home = owing()) {
      assertThat(home.file("reports/2026-03-02/debtors.csv"))
          .isEqualTo(
              "member_id,debts,owed,since,days,command\n"
                  + "M00000000001,1,150,2026-03-02,0,./omnipoints adjust M00000000001 --points 150 --reason write_off"
                  + " --requested-by NAME --approved-by NAME\n");
      home.drop(
          "program/a.csv",
          ADJUSTMENTS
              + "W1,card,C1,100, Write_Off ,ann,bob,,,2026-03-03 10:00:00\n"
              + "W2,card,C1,80,核销,ann,bob,,,2026-03-03 11:00:00\n"
              + "W3,card,C1,5,write_off,ann,ann,,,2026-03-03 12:00:00\n");
      home.night("2026-03-03");
      assertThat(home.ledger("2026-03-03"))
          .containsExactly(
              "WRITE_OFF 100 2026-03-03 10:00:00 W1", "WRITE_OFF 50 2026-03-03 11:00:00 W2");
      assertThat(home.balances()).containsExactly("0 0 0");
      assertThat(home.rows("select count(*) from lot")).containsExactly("1");
      assertThat(
              home.rows("select key || ': ' || detail from break where state = 'OPEN' order by 1"))
          .containsExactly(
              "W2: of 80 points to be written off for M00000000001 only 50 were owed: 30 are not booked",
              "W3: 5 points for M00000000001 are not booked: SAME_PERSON");
      assertThat(home.file("reports/2026-03-03/liability.csv"))
          .contains("owed,-150,0,0,0,0,0,0,150,0,0\n");
    }
  }

  @Test
  void f5_a_return_that_is_undone_takes_back_what_was_written_off_of_it() {
    try (TestHome home = owing()) {
      home.drop(
          "program/a.csv",
          ADJUSTMENTS + "W1,card,C1,150,write_off,ann,bob,,,2026-03-03 10:00:00\n");
      home.night("2026-03-03");
      assertThat(home.balances()).containsExactly("0 0 0");
      // the return had been of another month: its deliveries are taken back
      for (String text :
          new String[] {
            Tmall.orders(ORDER.after(0, "退款成功", 20000).refunded(20000).row()),
            Tmall.lines(
                ORDER.after(0, "退款成功", 20000).refunded(20000).lineRows().toArray(String[]::new))
          })
        Withdrawal.plan(home.home(), home.database.database(), Sha256.hex(text.getBytes(Tmall.GBK)))
            .register(home.database.database(), Clock.systemUTC(), "ann", "of another month");
      home.night("2026-03-04");
      assertThat(home.balances()).containsExactly("0 50 0");
      assertThat(home.ledger("2026-03-04")).contains("WRITE_OFF -150 2026-03-04 23:59:59 O1/a");
    }
  }

  @Test
  void h3_a_write_off_that_is_taken_back_is_owed_again() {
    try (TestHome home = owing()) {
      String file = ADJUSTMENTS + "W1,card,C1,150,write_off,ann,bob,,,2026-03-03 10:00:00\n";
      home.drop("program/a.csv", file);
      home.night("2026-03-03");
      Withdrawal.plan(
              home.home(),
              home.database.database(),
              Sha256.hex(file.getBytes(StandardCharsets.UTF_8)))
          .register(home.database.database(), Clock.systemUTC(), "ann", "of somebody else");
      home.night("2026-03-04");
      assertThat(home.ledger("2026-03-04"))
          .containsExactly("WRITE_OFF -150 2026-03-03 10:00:00 W1");
      assertThat(home.balances()).containsExactly("0 0 150");
    }
  }
}
