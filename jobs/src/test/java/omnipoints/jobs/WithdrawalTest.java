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
import java.util.function.Consumer;
import omnipoints.facts.Sha256;
import omnipoints.sql.Leaves;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A delivery that was taken back leaves books as if it had never come. */
@ManyNights
class WithdrawalTest {

  @TempDir Path dir;

  /** Balances, lots that hold something, orders and what people spent, whoever is numbered how. */
  private static final String STANDS =
      """
      select 'balance ' || t.shown || ' ' || b.pending || ' ' || b.available || ' ' || b.owed || ' ' || b.earned || ' '
        || b.clawed_back
      from balance b join (select member_id, min(kind || ' ' || channel || ' ' || encode(hash, 'hex')) as shown
        from token group by member_id) t using (member_id)
      where b.pending <> 0 or b.available <> 0 or b.owed <> 0 or b.earned <> 0
      union all
      select 'lot ' || order_no || ' ' || line_key || ' ' || remaining || ' ' || coalesce(available_on::text, '') || ' '
        || coalesce(expires_on::text, '') from lot where remaining > 0
      union all
      select 'order ' || o.order_no || ' ' || v.class || ' ' || v.base_fen || ' ' || v.goods_refund_fen
      from sales_order o join verdict v using (order_key) where o.content <> '\\x00'
      union all
      select 'line ' || o.order_no || ' ' || l.line_key || ' ' || l.state || ' ' || coalesce(l.refunded_fen, 0)
      from order_line l join sales_order o using (order_key)
      union all
      select 'return ' || order_no || ' ' || line_key || ' ' || orphan_fen from till_return
      union all
      select 'profile ' || t.shown || ' ' || p.orders_365d || ' ' || p.spend_365d_fen || ' ' || p.refund_365d_fen
      from profile p join (select member_id, min(kind || ' ' || channel || ' ' || encode(hash, 'hex')) as shown
        from token group by member_id) t using (member_id)
      where p.orders_365d <> 0 or p.spend_365d_fen <> 0
      order by 1
      """;

  private record File(String night, String path, String content) {}

  /**
   * Runs the same nights with a file that is taken back and without it, and compares what stands.
   */
  private TestHome compare(File wrong, String withdrawnAfter, String last, File... others)
      throws IOException {
    TestHome with = new TestHome(Files.createDirectory(dir.resolve("with")));
    try (TestHome without = new TestHome(Files.createDirectory(dir.resolve("without")))) {
      var all = new ArrayList<>(List.of(others));
      all.add(wrong);
      run(with, all, withdrawnAfter, last, home -> takeBack(home, wrong));
      run(without, List.of(others), withdrawnAfter, last, home -> {});
      List<String> expected = without.rows(STANDS);
      assertThat(expected).isNotEmpty();
      assertThat(with.rows(STANDS)).isEqualTo(expected);
    }
    return with;
  }

  private static void run(
      TestHome home, List<File> files, String after, String last, Consumer<TestHome> then) {
    List<String> nights = files.stream().map(File::night).distinct().sorted().toList();
    var dates = new ArrayList<>(nights);
    for (String date : List.of(after, last)) if (!dates.contains(date)) dates.add(date);
    dates.sort(String::compareTo);
    for (String date : dates) {
      for (File file : files) if (file.night().equals(date)) home.drop(file.path(), file.content());
      home.night(date);
      if (date.equals(after)) then.accept(home);
    }
  }

  private static String hash(File file) {
    return Sha256.hex(file.content().getBytes(StandardCharsets.UTF_8));
  }

  private static Withdrawal takeBack(TestHome home, File file) {
    Withdrawal plan =
        Withdrawal.plan(home.home(), home.database.database(), hash(file).substring(0, 12));
    plan.register(home.database.database(), Clock.systemUTC(), "zhang", "of another shop");
    return plan;
  }

  @Test
  void a_till_file_of_another_shop_weeks_later() throws IOException {
    try (TestHome home =
        compare(
            new File(
                "2026-05-01",
                "pos/S1/wrong.csv",
                Pos.file(
                    Pos.row("C1", "2026-05-01 10:00:00", "A", 70, "03", "0001"),
                    Pos.row("C2", "2026-05-01 11:00:00", "A", 50, "03", "0002"),
                    Pos.row("C2", "2026-05-01 11:00:00", "B", 30, "03", "0002"))),
            "2026-05-20",
            "2026-05-25",
            new File(
                "2026-05-01",
                "pos/S2/right.csv",
                Pos.file(Pos.row("C1", "2026-05-01 12:00:00", "A", 40, "04", "0001"))),
            new File(
                "2026-05-25",
                "pos/S1/again.csv",
                Pos.file(Pos.row("C1", "2026-05-01 10:00:00", "A", 60, "03", "0001"))))) {
      assertThat(
              home.rows(
                  "select kind || ' ' || points from entry where night = '2026-05-25' order by 1"))
          .containsExactly("EARN -30", "EARN -50", "EARN -70", "EARN 60", "RELEASE 0");
    }
  }

  @Test
  void a_till_file_whose_orders_and_lots_lie_in_leaves_of_many_nights() throws IOException {
    File wrong =
        new File(
            "2026-05-01",
            "pos/S1/wrong.csv",
            Pos.file(
                Pos.row("C1", "2026-05-01 10:00:00", "A", 70, "03", "0001"),
                Pos.row("C2", "2026-05-01 11:00:00", "A", 50, "03", "0002")));
    var others = new ArrayList<File>();
    for (int day = 1; day <= 3; day++)
      others.add(
          new File(
              "2026-05-0" + day,
              "pos/S2/" + day + ".csv",
              Pos.file(
                  Pos.row("C1", "2026-05-0" + day + " 12:00:00", "A", 40 + day, "04", "0001"),
                  Pos.row("C2", "2026-05-0" + day + " 12:30:00", "B", -40, "04", "0002"))));
    TestHome with = new TestHome(Files.createDirectory(dir.resolve("with"))).program("1", "90d");
    try (with;
        TestHome without =
            new TestHome(Files.createDirectory(dir.resolve("without"))).program("1", "90d")) {
      var all = new ArrayList<>(others);
      all.add(wrong);
      run(
          with,
          all,
          "2026-05-04",
          "2026-05-06",
          home -> {
            fold(home);
            takeBack(home, wrong);
          });
      run(without, others, "2026-05-04", "2026-05-06", home -> {});
      assertThat(
              with.rows(
                  "select distinct parent from leaf where name like '%f20260501%' order by 1"))
          .contains("due", "entry", "lot", "posting", "verdict");
      assertThat(with.rows(STANDS)).isNotEmpty().isEqualTo(without.rows(STANDS));
      assertThat(
              with.rows(
                  "select kind || ' ' || points from entry where night > '2026-05-04' and kind = 'EARN' order by 1"))
          .containsExactly("EARN -50", "EARN -70");
    }
  }

  @Test
  void a_till_file_whose_points_were_spent_since_leaves_what_is_owed_for_them() throws IOException {
    File wrong =
        new File(
            "2026-05-01",
            "pos/S1/wrong.csv",
            Pos.file(
                Pos.row("C1", "2026-05-01 10:00:00", "A", 70, "03", "0001"),
                Pos.row("C2", "2026-05-01 11:00:00", "A", 50, "03", "0002")));
    List<File> others =
        List.of(
            new File(
                "2026-05-01",
                "pos/S2/right.csv",
                Pos.file(
                    Pos.row("C1", "2026-05-01 12:00:00", "A", 20, "04", "0001"),
                    Pos.row("C2", "2026-05-01 12:00:00", "A", 90, "04", "0002"))),
            new File(
                "2026-05-03",
                "program/spent.csv",
                RedeemingNightsTest.REDEMPTION
                    + RedeemingNightsTest.execute("X1", "C1", "cup", "60", "2026-05-03 10:00:00")
                    + RedeemingNightsTest.execute("X2", "C2", "cup", "60", "2026-05-03 10:00:00")));
    try (TestHome with = RedeemingNightsTest.offering(Files.createDirectory(dir.resolve("with")));
        TestHome without =
            RedeemingNightsTest.offering(Files.createDirectory(dir.resolve("without")))) {
      var all = new ArrayList<>(others);
      all.add(wrong);
      run(with, all, "2026-05-04", "2026-05-06", home -> takeBack(home, wrong));
      run(without, others, "2026-05-04", "2026-05-06", home -> {});
      assertThat(with.balances()).containsExactlyInAnyOrder("0 0 40", "0 30 0");
      assertThat(with.rows(STANDS)).isNotEmpty().isEqualTo(without.rows(STANDS));
    }
  }

  @Test
  void an_order_of_a_marketplace_whose_points_were_spent_since() throws IOException {
    File wrong =
        new File(
            "2026-05-01",
            "tmall/T1/wrong.csv",
            Tmall.orders(
                Tmall.completed(NO, "nick1", "70.00", "0.00", 1, "2026-05-01 10:00:00", DONE)));
    String right = "9000000000000000002";
    List<File> others =
        List.of(
            new File(
                "2026-05-01",
                "tmall/T1/right.csv",
                Tmall.orders(
                    Tmall.completed(
                        right, "nick1", "20.00", "0.00", 1, "2026-05-01 10:00:00", DONE))),
            new File(
                "2026-05-01",
                "tmall/T1/lines.csv",
                Tmall.lines(
                    Tmall.line("9000000000000000011", NO, "SKU1", "70.00", 1, "70.00", "0"),
                    Tmall.line("9000000000000000012", right, "SKU1", "20.00", 1, "20.00", "0"))),
            new File(
                "2026-05-01",
                "program/bound.csv",
                "channel,order_no,platform_id,phone,card,unionid,bound_at\n"
                    + "tmall,,nick1,,C1,,2026-05-01 09:00:00\n"),
            new File(
                "2026-05-03",
                "program/spent.csv",
                RedeemingNightsTest.REDEMPTION
                    + RedeemingNightsTest.execute("X1", "C1", "cup", "60", "2026-05-03 10:00:00")));
    try (TestHome with = RedeemingNightsTest.offering(Files.createDirectory(dir.resolve("with")));
        TestHome without =
            RedeemingNightsTest.offering(Files.createDirectory(dir.resolve("without")))) {
      var all = new ArrayList<>(others);
      all.add(wrong);
      run(with, all, "2026-05-24", "2026-05-26", home -> takeBack(home, wrong));
      run(without, others, "2026-05-24", "2026-05-26", home -> {});
      assertThat(with.balances()).containsExactly("0 0 40");
      assertThat(with.rows(STANDS)).isNotEmpty().isEqualTo(without.rows(STANDS));
    }
  }

  /** All nights so far lie together, as after months. */
  private static void fold(TestHome home) {
    for (String table :
        home.rows("select parent from leaf group by parent having count(distinct name) > 1"))
      home.database
          .database()
          .transact(
              connection -> {
                List<Leaves.Leaf> leaves = Leaves.of(connection, table);
                Leaves.build(connection, table, leaves, "1");
                Leaves.swap(connection, table, leaves);
              });
  }

  @Test
  void a_return_of_a_till_and_a_sale_whose_return_stays() throws IOException {
    File sale =
        new File(
            "2026-05-01",
            "pos/S1/sale.csv",
            Pos.file(Pos.row("C1", "2026-05-01 10:00:00", "A", 70, "03", "0001")));
    File back =
        new File(
            "2026-05-02",
            "pos/S1/back.csv",
            Pos.file(Pos.row("C1", "2026-05-02 10:00:00", "A", -70, "03", "0002")));
    File other =
        new File(
            "2026-05-02",
            "pos/S1/other.csv",
            Pos.file(Pos.row("C1", "2026-05-02 12:00:00", "B", 500, "03", "0009")));
    compare(back, "2026-05-12", "2026-05-13", sale, other).close();
  }

  @Test
  void a_sale_whose_return_stays() throws IOException {
    compare(
            new File(
                "2026-05-01",
                "pos/S1/sale.csv",
                Pos.file(Pos.row("C1", "2026-05-01 10:00:00", "A", 70, "03", "0001"))),
            "2026-05-12",
            "2026-05-13",
            new File(
                "2026-05-02",
                "pos/S1/back.csv",
                Pos.file(Pos.row("C1", "2026-05-02 10:00:00", "A", -70, "03", "0002"))),
            new File(
                "2026-05-02",
                "pos/S1/other.csv",
                Pos.file(Pos.row("C1", "2026-05-02 12:00:00", "B", 500, "03", "0009"))))
        .close();
  }

  private static final String NO = "9000000000000000001";
  private static final String DONE = "2026-05-01 18:00:00";

  private static File orders(String night, String name, String refunded) {
    return new File(
        night,
        "tmall/T1/" + name,
        Tmall.orders(
            Tmall.completed(NO, "nick1", "100.00", refunded, 1, "2026-05-01 10:00:00", DONE)));
  }

  private static File lines(String night) {
    return new File(
        night,
        "tmall/T1/lines.csv",
        Tmall.lines(Tmall.line("9000000000000000011", NO, "SKU1", "100.00", 1, "100.00", "0")));
  }

  @Test
  void a_refund_that_a_wrong_export_told() throws IOException {
    compare(
            orders("2026-05-03", "wrong.csv", "40.00"),
            "2026-05-20",
            "2026-05-21",
            orders("2026-05-01", "orders.csv", "0.00"),
            lines("2026-05-01"))
        .close();
  }

  @Test
  void the_lines_of_an_order_that_stays() throws IOException {
    compare(lines("2026-05-02"), "2026-05-02", "2026-05-04", orders("2026-05-01", "o.csv", "0.00"))
        .close();
  }

  @Test
  void the_order_whose_lines_stay() throws IOException {
    compare(orders("2026-05-02", "o.csv", "0.00"), "2026-05-09", "2026-05-12", lines("2026-05-01"))
        .close();
  }

  @Test
  void the_same_bytes_are_not_taken_again_and_under_another_shop_they_are() throws IOException {
    File wrong =
        new File(
            "2026-05-01",
            "pos/S1/wrong.csv",
            Pos.file(Pos.row("C1", "2026-05-01 10:00:00", "A", 70, "03", "0001")));
    try (TestHome home =
        compare(
            wrong,
            "2026-05-02",
            "2026-05-04",
            new File("2026-05-03", "pos/S2/wrong.csv", wrong.content()))) {
      home.drop("pos/S1/again.csv", wrong.content());
      home.night("2026-05-05");
      assertThat(
              home.rows(
                  "select outcome || ' ' || message from night_input where night = '2026-05-05'"))
          .containsExactly(
              "WITHDRAWN again.csv: these bytes were taken back by zhang: of another shop");
      assertThat(home.rows("select points from entry where night = '2026-05-05'")).isEmpty();
    }
  }

  @Test
  void what_cannot_be_taken_back_is_said() throws IOException {
    try (TestHome home = new TestHome(Files.createDirectory(dir.resolve("home")))) {
      String acks = "date,close_hash\n2026-04-30," + "0".repeat(64) + "\n";
      File file = new File("2026-05-01", "program/acks.csv", acks);
      home.drop(file.path(), acks);
      home.night("2026-05-01");
      assertThat(catchThrowableOfType(NightRefused.class, () -> takeBack(home, file)).code())
          .isEqualTo("NOT_OF_ORDERS");
      assertThat(
              catchThrowableOfType(
                      NightRefused.class,
                      () -> Withdrawal.plan(home.home(), home.database.database(), "0123456789"))
                  .code())
          .isEqualTo("NO_SUCH_DELIVERY");
      File orphan =
          new File(
              "2026-05-02",
              "pos/S1/back.csv",
              Pos.file(Pos.row("C1", "2026-05-02 10:00:00", "A", -70, "03", "0002")));
      home.drop(orphan.path(), orphan.content());
      home.night("2026-05-02");
      assertThat(catchThrowableOfType(NightRefused.class, () -> takeBack(home, orphan)).code())
          .isEqualTo("RETURN_WITHOUT_SALE");
    }
  }

  @Test
  void a_night_that_dies_while_it_takes_back_ends_alike() throws IOException {
    try (TestHome home = new TestHome(Files.createDirectory(dir.resolve("home")))) {
      File wrong = orders("2026-05-01", "o.csv", "0.00");
      home.drop(wrong.path(), wrong.content());
      home.drop(lines("2026-05-01").path(), lines("2026-05-01").content());
      home.night("2026-05-01");
      Withdrawal plan = takeBack(home, wrong);
      assertThat(List.of(plan.orders(), plan.gone(), plan.points())).containsExactly(1L, 0L, 100L);
      for (String point : List.of("join:prepared", "join:end", "post:prepared")) {
        assertThat(
                catchThrowableOfType(
                    Throwable.class,
                    () ->
                        Nightly.run(
                            home.home(),
                            home.database.database(),
                            NightRequest.of(LocalDate.parse("2026-05-02"), Progress.SILENT)
                                .crashingAt(
                                    reached -> {
                                      if (reached.equals(point))
                                        throw new IllegalStateException("dies");
                                    }))))
            .isNotNull();
      }
      home.night("2026-05-02");
      assertThat(home.balances()).containsExactly("0 0 0");
      assertThat(home.orderClass(NO)).isEqualTo("INCOMPLETE");
    }
  }
}
