package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import omnipoints.jobs.BreakDecision.Ending;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A break that a person ended, and the nights after it. */
class ResolvedBreaksTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-06T00:00:00Z"), ZoneOffset.UTC);

  @TempDir Path dir;

  /** One order whose paid and refunded amounts do not make its total. */
  private static void mismatch(TestHome home, String file, String net, String refunded) {
    String row =
        "=\"11\",n1,0.00,100.00,"
            + net
            + ",交易成功,2026-01-05 10:00:00,2026-01-05 10:00:00,1,旗舰店,"
            + refunded
            + ",2026-01-05 12:00:00";
    home.drop("tmall/s1/o" + file, Tmall.orders(row), Tmall.GBK);
    home.drop(
        "tmall/s1/l" + file,
        Tmall.lines(Tmall.line("11-1", "11", "A", "100.00", 1, "100.00", "0")),
        Tmall.GBK);
  }

  @Test
  void a_resolved_break_stays_ended_while_the_very_same_is_found_and_else_opens_again_loudly() {
    try (TestHome home = new TestHome(dir)) {
      mismatch(home, "1.csv", "95.00", "0.00");
      home.night("2026-01-05");
      assertThat(home.breaks()).containsExactly("REFUND_MISMATCH 11");
      String id = home.rows("select id from break").get(0);
      assertThatThrownBy(
              () ->
                  BreakDecision.end(
                      home.database.database(), CLOCK, id, Ending.ACCEPT, "li", "it is right"))
          .hasMessageContaining("only DOUBLED_ROWS holds something back");
      BreakDecision.end(
          home.database.database(), CLOCK, id, Ending.RESOLVE, "li", "finance agreed");
      assertThat(home.breaks()).isEmpty();

      home.drop(
          "program/b.csv",
          "channel,order_no,platform_id,phone,card,unionid,bound_at\n"
              + "tmall,11,,,C1,,2026-01-06 09:00:00\n");
      home.night("2026-01-06");
      assertThat(home.rows("select state from break"))
          .as("found again")
          .containsExactly("RESOLVED");

      mismatch(home, "2.csv", "90.00", "4.00");
      home.night("2026-01-07");
      assertThat(home.rows("select state || ' ' || first_night || ' ' || detail from break"))
          .containsExactly("OPEN 2026-01-05 paid 9000 + refunded 400 is not total 10000 fen");
      assertThat(home.rows("select night || ' ' || event from break_event order by night"))
          .containsExactly("2026-01-05 OPENED", "2026-01-07 REOPENED");
      assertThat(
              home.rows(
                  "select written from night_step where step = 'reconcile' and night = '2026-01-07'"))
          .as("counted as opened that night")
          .containsExactly("1");
      assertThat(home.rows("select action || ' ' || actor || ' ' || because from break_action"))
          .containsExactly("RESOLVE li finance agreed");
    }
  }
}
