package omnipoints.jobs;

import static omnipoints.jobs.RedeemingNightsTest.EVENT;
import static omnipoints.jobs.RedeemingNightsTest.REDEMPTION;
import static omnipoints.jobs.RedeemingNightsTest.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import omnipoints.books.Books;
import omnipoints.books.MemberFacts;
import omnipoints.facts.Sha256;
import omnipoints.points.tiers.Tiers;
import omnipoints.sql.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** D20: passes that points buy, or people give, while they are valid and uses remain. */
class PassNightsTest {
  private static final String USES =
      "use_no,member_kind,member_value,pass,order_channel,order_no,at,event\n";
  private static final String STANDING =
      "member_kind,member_value,what,name,from,to,uses,reason,requested_by,approved_by\n";
  private static final String RULES =
      """
      rules: [{id: more, when: {pass: vip}, times: 2}]
      redeem: {restore: {grace_days: 30}}
      catalogue:
      - {item: card, kind: pass, points: 50, pass: vip, valid: 3d, uses: 2}
      """;

  @TempDir Path dir;

  private static String use(String no, String card, String at, String event) {
    return no + ",card," + card + ",vip,pos,," + at + "," + event + "\n";
  }

  private static void buy(TestHome home, String card, String date, int yuan) {
    home.drop(
        "pos/s1/" + card + date + ".csv",
        Pos.file(Pos.row(card, date + " 12:00:00", "A", yuan, "1", card.substring(1))));
  }

  /** What a quote knows. */
  private static Set<String> held(TestHome home, String card, String at) {
    String member =
        home.rows("select member_id from token where kind = 'card' and shown = '" + card + "'")
            .get(0);
    try (Books books =
        Books.open(Database.open(home.database.url()), TestHome.ZONE).orElseThrow()) {
      return MemberFacts.of(
              books,
              member,
              Instant.parse(at),
              List.of("ann", "bob"),
              LocalDate.parse("2026-03-02"),
              Tiers.NONE)
          .orElseThrow()
          .passes();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void d20_a_use_too_many_is_none_once_another_is_taken_back() {
    try (TestHome home = new TestHome(dir).program("0", "1y").rules(RULES)) {
      buy(home, "C1", "2026-03-01", 100);
      home.drop(
          "program/r.csv",
          RedeemingNightsTest.REDEMPTION
              + RedeemingNightsTest.request("P1", "C1", "card", "2026-03-01 12:00:00"));
      home.night("2026-03-01");
      String wrong = USES + use("U1", "C1", "2026-03-02 09:00:00", "use");
      home.drop("program/wrong.csv", wrong);
      home.drop(
          "program/uses.csv",
          USES
              + use("U2", "C1", "2026-03-02 10:00:00", "use")
              + use("U3", "C1", "2026-03-02 11:00:00", "use"));
      home.night("2026-03-02");
      assertThat(oversold(home)).containsExactly("OVERSOLD pass U3");
      Withdrawal.plan(
              home.home(),
              home.database.database(),
              Sha256.hex(wrong.getBytes(StandardCharsets.UTF_8)))
          .register(home.database.database(), Clock.systemUTC(), "ann", "of another till");
      home.night("2026-03-03");
      assertThat(oversold(home)).isEmpty();
    }
  }

  private static List<String> oversold(TestHome home) {
    return home.breaks().stream().filter(key -> key.startsWith("OVERSOLD")).toList();
  }

  private static String earned(TestHome home, String night) {
    return home.ledger(night).stream()
        .filter(line -> line.startsWith("EARN"))
        .map(line -> line.split(" ")[1])
        .sorted()
        .reduce((a, b) -> a + " " + b)
        .orElse("");
  }

  @Test
  void d20_a_pass_holds_from_the_next_night_on_until_its_uses_or_its_days_are_over() {
    try (TestHome home = new TestHome(dir).program("0", "1y").rules(RULES)) {
      buy(home, "C1", "2026-03-01", 100);
      buy(home, "C2", "2026-03-01", 100);
      home.drop(
          "program/r.csv",
          REDEMPTION
              + request("P1", "C1", "card", "2026-03-01 13:00:00")
              + request("P2", "C2", "card", "2026-03-01 13:00:00"));
      home.night("2026-03-01");
      assertThat(
              home.rows(
                  "select request_no || ' ' || pass || ' ' || uses || ' ' || (to_at at time zone 'Asia/Shanghai')"
                      + " from pass_given order by 1"))
          .containsExactly("P1 vip 2 2026-03-04 00:00:00", "P2 vip 2 2026-03-04 00:00:00");

      buy(home, "C1", "2026-03-02", 10);
      buy(home, "C2", "2026-03-02", 7);
      home.drop(
          "program/u.csv",
          USES
              + use("U1", "C1", "2026-03-02 12:00:00", "use")
              + use("U2", "C1", "2026-03-02 12:30:00", "use")
              + use("U3", "C1", "2026-03-02 13:00:00", "use")
              + use("U4", "C2", "2026-03-02 12:00:00", "use")
              + use("U5", "C2", "2026-03-02 12:30:00", "use"));
      home.night("2026-03-02");
      assertThat(earned(home, "2026-03-02")).isEqualTo("14 20");
      assertThat(held(home, "C1", "2026-03-02T04:00:00Z")).containsExactly("vip");
      assertThat(held(home, "C1", "2026-03-02T05:00:00Z")).isEmpty();
      assertThat(oversold(home)).containsExactly("OVERSOLD pass U3");

      // one of C2's uses was none after all: his pass goes on, that of C1 is used up
      buy(home, "C1", "2026-03-03", 10);
      buy(home, "C2", "2026-03-03", 7);
      home.drop(
          "program/undo.csv",
          USES
              + use("U5", "C2", "2026-03-03 09:00:00", "undo")
              + use("U3", "C1", "2026-03-03 09:00:00", "undo"));
      home.night("2026-03-03");
      assertThat(earned(home, "2026-03-03")).isEqualTo("10 14");
      assertThat(oversold(home)).isEmpty();

      buy(home, "C2", "2026-03-04", 7);
      home.night("2026-03-04");
      assertThat(earned(home, "2026-03-04")).isEqualTo("7");
    }
  }

  @Test
  void d20_a_pass_given_by_two_is_counted_like_one_that_was_bought_and_ends_with_its_redemption() {
    try (TestHome home =
        new TestHome(dir, "staff: {hq: [ann, bob]}\n").program("0", "1y").rules(RULES)) {
      buy(home, "C1", "2026-03-01", 100);
      buy(home, "C2", "2026-03-01", 100);
      home.drop("program/s.csv", STANDING + "card,C1,pass,vip,2026-03-01,,1,gift,ann,bob\n");
      home.drop("program/r.csv", REDEMPTION + request("P2", "C2", "card", "2026-03-01 13:00:00"));
      home.night("2026-03-01");
      home.drop("program/u.csv", USES + use("U1", "C1", "2026-03-02 12:00:00", "use"));
      home.drop("program/event.csv", EVENT + "P2,cancelled,2026-03-02 09:00:00,,,\n");
      buy(home, "C1", "2026-03-02", 10);
      home.night("2026-03-02");
      assertThat(earned(home, "2026-03-02")).isEqualTo("20");
      buy(home, "C1", "2026-03-03", 10);
      buy(home, "C2", "2026-03-03", 7);
      home.night("2026-03-03");
      assertThat(earned(home, "2026-03-03")).isEqualTo("10 7");
    }
  }
}
