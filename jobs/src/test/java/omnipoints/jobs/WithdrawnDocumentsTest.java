package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import omnipoints.facts.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Documents of our own that are taken back, also weeks later and after redemptions: the same files
 * are run with the wrong one, which is taken back, and without it, and what stands is compared.
 */
class WithdrawnDocumentsTest {

  private static final String MEMBERS = "card,phone,birthday,join_date,home_shop\n";
  private static final String BINDINGS =
      "channel,order_no,platform_id,phone,card,unionid,bound_at\n";
  private static final String ACTIVITIES =
      "event_id,type,platform,member_kind,member_value,at,shop,channel,order_no,friend_kind,friend_value,makeup\n";
  private static final String TOPUPS =
      "topup_no,refund_no,shop,member_kind,member_value,principal_fen,event,at\n";
  private static final String ADJUSTMENTS =
      "adjustment_no,member_kind,member_value,points,reason,requested_by,approved_by,source_shop,expires,at\n";
  private static final String RULES =
      """
      rules:
      - {id: sign, on: activity, when: {type: check_in}, points: 5, limit: {per: member_day, count: 1}}
      - {id: welcome, on: member, window: {from: 2026-05-01}, points: 50}
      - {id: stored, on: topup, rate: {per_fen: 100000, points: 100, mode: step}}
      limits: {transfer: {per_month: 9, points: 9999, min_age_days: 0}, adjust: {points: 1000}}
      """;

  /** By what people are known by, whoever is numbered how. */
  private static final String STANDS =
      """
      with who as (
        select coalesce(m.merged_into, m.member_id) as member_id, string_agg(distinct t.kind || ' ' || t.shown, ', ' order by t.kind || ' ' || t.shown) as shown
        from token t join member m using (member_id) where t.valid_to = 'infinity' group by 1
      )
      select 'balance ' || w.shown || ': ' || b.pending || ' ' || b.available || ' ' || b.owed
      from balance b join who w using (member_id) where b.pending <> 0 or b.available <> 0 or b.owed <> 0
      union all
      select 'lot ' || w.shown || ': ' || case when l.line_key like 'MEMBER%' then l.line_key else l.order_no || ' ' || l.line_key end || ' '
        || sum(l.remaining) || ' ' || coalesce(l.expires_on::text, '')
      from lot l join member m on m.member_id = l.member_id join who w on w.member_id = coalesce(m.merged_into, m.member_id)
      where l.remaining > 0
      group by w.shown, l.order_no, l.line_key, l.expires_on
      union all
      select 'order ' || o.order_no || ' ' || v.class || ' ' || coalesce(w.shown, '') || ' ' || v.base_fen
      from sales_order o join verdict v using (order_key, first_night)
      left join member m on m.member_id = v.owner left join who w on w.member_id = coalesce(m.merged_into, m.member_id)
      union all
      select 'profile ' || w.shown || ': ' || p.orders_365d || ' ' || p.spend_365d_fen
      from profile p join who w using (member_id) where p.spend_365d_fen <> 0
      union all
      select 'taken ' || item || ' ' || taken from item_taken where taken <> 0
      union all
      select 'break ' || type || ' ' || key from break where state = 'OPEN' and type not in ('UNATTRIBUTED', 'OVERDRAWN')
      order by 1
      """;

  /** Weeks later, where all nights are asked for, else some days. */
  private static final String TAKEN_BACK =
      "all".equals(System.getProperty("nights")) ? "2026-05-20" : "2026-05-04";

  private static final String LAST = LocalDate.parse(TAKEN_BACK).plusDays(1).toString();

  @TempDir Path dir;

  private record File(String night, String path, String content) {
    String hash() {
      return Sha256.hex(content.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static TestHome offering(Path dir) {
    return new TestHome(dir, "staff: {hq: [ann, bob]}\n")
        .write("programs/sets/gifts.csv", "value\nGIFT\n")
        .program("0", "1y")
        .rules(RULES + RedeemingNightsTest.OFFERS);
  }

  /** Returns the home of which a file was taken back, after its last night. */
  private TestHome same(File wrong, String after, String last, File... others) throws IOException {
    TestHome with = offering(Files.createDirectory(dir.resolve("with")));
    try (TestHome without = offering(Files.createDirectory(dir.resolve("without")))) {
      var all = new ArrayList<>(List.of(others));
      run(without, all, after, last, null);
      all.add(wrong);
      run(with, all, after, last, wrong);
      List<String> expected = without.rows(STANDS);
      assertThat(expected).isNotEmpty();
      assertThat(with.rows(STANDS)).isEqualTo(expected);
    }
    return with;
  }

  private static void run(
      TestHome home, List<File> files, String after, String last, File takenBack) {
    var dates = new TreeSet<>(List.of(after, last));
    for (File file : files) dates.add(file.night());
    for (String date : dates) {
      for (File file : files) if (file.night().equals(date)) home.drop(file.path(), file.content());
      home.night(date);
      if (date.equals(after) && takenBack != null) takeBack(home, takenBack);
    }
  }

  private static Withdrawal takeBack(TestHome home, File file) {
    Withdrawal plan = Withdrawal.plan(home.home(), home.database.database(), file.hash());
    plan.register(home.database.database(), Clock.systemUTC(), "ann", "of another month");
    return plan;
  }

  private static NightRefused refused(TestHome home, File file) {
    return catchThrowableOfType(
        NightRefused.class,
        () -> Withdrawal.plan(home.home(), home.database.database(), file.hash()));
  }

  private static final File PEOPLE =
      new File(
          "2026-05-01", "program/people.csv", MEMBERS + "C1,,,2026-05-01,S1\nC2,,,2026-05-01,S1\n");
  private static final File SALES =
      new File(
          "2026-05-01",
          "pos/S1/sales.csv",
          Pos.file(
              Pos.row("C1", "2026-05-01 10:00:00", "A", 400, "03", "0001"),
              Pos.row("C2", "2026-05-01 11:00:00", "A", 900, "03", "0002")));

  @Test
  void activities_and_top_ups_weeks_later_after_what_they_gave_was_spent() throws IOException {
    File activities =
        new File(
            "2026-05-02",
            "program/activities.csv",
            ACTIVITIES
                + "E1,check_in,wechat,card,C1,2026-05-02 09:00:00,,,,,,\n"
                + "E2,check_in,wechat,card,C2,2026-05-02 09:00:00,,,,,,\n");
    File topups =
        new File(
            "2026-05-02",
            "program/topups.csv",
            TOPUPS
                + "T1,,S1,card,C1,200000,topup,2026-05-02 10:00:00\n"
                + "T2,,S1,card,C2,300000,topup,2026-05-02 10:00:00\n");
    File part =
        new File(
            "2026-05-03",
            "program/more.csv",
            ACTIVITIES + "E1,check_in,wechat,card,C1,2026-05-02 09:00:00,,,,,,\n");
    File spent =
        new File(
            "2026-05-04",
            "program/spent.csv",
            RedeemingNightsTest.REDEMPTION
                + RedeemingNightsTest.execute("X1", "C1", "cup", "620", "2026-05-04 10:00:00"));
    TestHome home = same(topups, TAKEN_BACK, LAST, PEOPLE, SALES, activities, part, spent);
    try (home) {
      assertThat(home.ledger(LAST))
          .containsExactlyInAnyOrder(
              "EARN -200 2026-05-02 10:00:00 T1#stored", "EARN -300 2026-05-02 10:00:00 T2#stored");
      // of one activity another file tells, too
      assertThat(takeBack(home, activities).rows()).isEqualTo(1);
      home.night(after(1));
      assertThat(home.ledger(after(1)))
          .containsExactly("EARN -5 2026-05-02 09:00:00 check_in/wechat/E2#sign");
      // what comes again in another file counts again
      home.drop(
          "program/right.csv",
          activities.content() + "E3,check_in,wechat,card,C2,2026-05-01 09:00:00,,,,,,\n");
      home.night(after(2));
      assertThat(home.ledger(after(2)))
          .contains(
              "EARN 5 2026-05-02 09:00:00 check_in/wechat/E2#sign",
              "EARN 5 2026-05-01 09:00:00 check_in/wechat/E3#sign");
    }
  }

  private static String after(int nights) {
    return LocalDate.parse(LAST).plusDays(nights).toString();
  }

  @Test
  void redemptions_give_back_to_their_lots_and_adjustments_are_turned_round() throws IOException {
    File asked =
        new File(
            "2026-05-02",
            "program/asked.csv",
            RedeemingNightsTest.REDEMPTION
                + RedeemingNightsTest.execute("X1", "C1", "cup", "600", "2026-05-02 10:00:00")
                + RedeemingNightsTest.request("R1", "C2", "mug", "2026-05-02 10:00:00")
                + RedeemingNightsTest.request("R2", "C2", "cup", "2026-05-02 11:00:00"));
    File adjusted =
        new File(
            "2026-05-02",
            "program/adjusted.csv",
            ADJUSTMENTS
                + "A1,card,C1,100,gift,ann,bob,,,2026-05-02 12:00:00\n"
                + "A2,card,C2,-700,fraud,ann,bob,,,2026-05-02 12:00:00\n"
                + "A3,card,C2,90,short,ann,bob,,"
                + after(2)
                + ",2026-05-02 12:00:00\n");
    File later =
        new File(
            "2026-05-03",
            "program/later.csv",
            RedeemingNightsTest.REDEMPTION
                + RedeemingNightsTest.execute("X9", "C1", "cup", "30", "2026-05-03 10:00:00"));
    try (TestHome home = same(asked, TAKEN_BACK, LAST, PEOPLE, SALES, later)) {
      home.drop(adjusted.path(), adjusted.content());
      home.night(after(1));
      assertThat(home.breaks()).noneMatch(row -> row.contains("ADJUSTMENT_REFUSED"));
      home.drop(
          "program/more.csv",
          RedeemingNightsTest.REDEMPTION
              + RedeemingNightsTest.execute("X8", "C2", "cup", "20", after(2) + " 10:00:00"));
      home.night(after(2));
      assertThat(takeBack(home, adjusted).points()).isEqualTo(-510);
      home.night(after(3));
      assertThat(home.ledger(after(3)))
          .contains("ADJUST -100 2026-05-02 12:00:00 A1", "ADJUST 700 2026-05-02 12:00:00 A2");
      assertThat(home.balances()).containsExactlyInAnyOrder("0 420 0", "0 930 0");
      // a number that was used is used
      home.drop("program/asked2.csv", asked.content() + "\n");
      home.night(after(4));
      assertThat(
              home.rows("select distinct reason || ' ' || value_masked from quarantine order by 1"))
          .containsExactly("CONFLICTING_ROWS R1", "CONFLICTING_ROWS R2", "CONFLICTING_ROWS X1");
    }
  }

  @Test
  void a_wrong_binding_leaves_buyer_and_member_as_they_were() throws IOException {
    File orders =
        new File(
            "2026-05-01",
            "tmall/T1/orders.csv",
            Tmall.orders(
                Tmall.completed(
                    "9000000000000000001",
                    "nick1",
                    "70.00",
                    "0.00",
                    1,
                    "2026-05-01 10:00:00",
                    "2026-05-01 12:00:00"),
                Tmall.completed(
                    "9000000000000000002",
                    "nick2",
                    "20.00",
                    "0.00",
                    1,
                    "2026-05-01 10:00:00",
                    "2026-05-01 12:00:00")));
    File lines =
        new File(
            "2026-05-01",
            "tmall/T1/lines.csv",
            Tmall.lines(
                Tmall.line(
                    "9000000000000000011", "9000000000000000001", "SKU1", "70.00", 1, "70.00", "0"),
                Tmall.line(
                    "9000000000000000012",
                    "9000000000000000002",
                    "SKU1",
                    "20.00",
                    1,
                    "20.00",
                    "0")));
    File right =
        new File(
            "2026-05-02",
            "program/right.csv",
            BINDINGS + "tmall,,nick2,,C2,,2026-05-02 09:00:00\n");
    File wrong =
        new File(
            "2026-05-02",
            "program/wrong.csv",
            BINDINGS
                + "tmall,,nick1,,C1,,2026-05-02 09:00:00\ntmall,,nick2,,C2,,2026-05-02 09:00:00\n");
    File spent =
        new File(
            "2026-05-03",
            "program/spent.csv",
            RedeemingNightsTest.REDEMPTION
                + RedeemingNightsTest.execute("X1", "C1", "cup", "480", "2026-05-03 10:00:00"));
    try (TestHome home =
        same(wrong, TAKEN_BACK, LAST, PEOPLE, SALES, orders, lines, right, spent)) {
      assertThat(home.balances()).contains("0 70 0", "0 970 0", "0 0 30");
      // and the right card gets it, by a row that says so
      home.drop("program/right2.csv", BINDINGS + "tmall,,nick1,,C2,,2026-05-02 09:00:00\n");
      home.night(after(1));
      assertThat(home.balances()).contains("0 1040 0", "0 0 30");
    }
  }

  @Test
  void a_wrong_member_file_takes_its_phone_and_what_registering_gave_with_it() throws IOException {
    File youzan =
        new File("2026-05-01", "program/phone.csv", MEMBERS + ",13800000001,,2026-05-01,S2\n");
    File wrong =
        new File(
            "2026-05-02",
            "program/wrong.csv",
            MEMBERS + "C1,13800000001,1990-01-01,,S9\nC3,,,2026-05-02,S3\nC2,13800000002,,,\n");
    File again = new File("2026-05-03", "program/again.csv", MEMBERS + "C2,13800000002,,,\n");
    File spent =
        new File(
            "2026-05-03",
            "program/spent.csv",
            RedeemingNightsTest.REDEMPTION
                + RedeemingNightsTest.execute("X1", "C1", "cup", "480", "2026-05-03 10:00:00"));
    try (TestHome home = same(wrong, TAKEN_BACK, LAST, PEOPLE, SALES, youzan, again, spent)) {
      assertThat(home.balances()).contains("0 50 0", "0 950 0");
    }
  }

  @Test
  void what_cannot_be_taken_back_says_why_and_what_does_it_instead() {
    File relation =
        new File(
            "2026-05-01",
            "program/relation.csv",
            "member_kind,member_value,friend_kind,friend_value,from,to\ncard,C1,card,C2,,\n");
    File transfer =
        new File(
            "2026-05-02",
            "program/transfer.csv",
            "transfer_no,from_kind,from_value,to_kind,to_value,points,at\n"
                + "G1,card,C1,card,C2,40,2026-05-02 10:00:00\n");
    File state =
        new File(
            "2026-05-03",
            "program/state.csv",
            "member_kind,member_value,state,reason,requested_by,approved_by,at\n"
                + "card,C1,frozen,theft,ann,bob,2026-05-03 10:00:00\n");
    File events =
        new File(
            "2026-05-03",
            "program/events.csv",
            RedeemingNightsTest.EVENT + "R1,cancelled,2026-05-03 10:00:00,,,\n");
    File asked =
        new File(
            "2026-05-02",
            "program/asked.csv",
            RedeemingNightsTest.REDEMPTION
                + RedeemingNightsTest.request("R1", "C2", "mug", "2026-05-02 10:00:00"));
    try (TestHome home = offering(dir)) {
      run(
          home,
          List.of(PEOPLE, SALES, relation, transfer, asked, state, events),
          "2026-05-03",
          "2026-05-03",
          null);
      for (File file : List.of(transfer, state, events)) {
        NightRefused refused = refused(home, file);
        assertThat(refused.exit()).isEqualTo(8);
        assertThat(refused.getMessage()).contains("document");
      }
      assertThat(refused(home, transfer).code()).isEqualTo("TRANSFER_BOOKED");
      assertThat(refused(home, state).code()).isEqualTo("STATE_IN_FORCE");
      assertThat(refused(home, events).code()).isEqualTo("CANCELLATION_BOOKED");
      assertThat(takeBack(home, relation).rows()).isEqualTo(1);
    }
  }
}
