package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import omnipoints.jobs.quarantine.FileReplay;
import omnipoints.jobs.quarantine.Reject;
import omnipoints.jobs.quarantine.Replay;
import omnipoints.jobs.quarantine.ReplayRequest;
import omnipoints.jobs.quarantine.Waive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rejected rows are read again or given up, and end where they would have been from the start. */
class QuarantineTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-06T02:00:00Z"), ZoneOffset.UTC);
  private static final String FIRST = "2026-01-05";
  private static final String SECOND = "2026-01-06";
  private static final String THIRD = "2026-01-07";

  @TempDir Path dir;
  @TempDir Path other;
  private TestHome home;

  @BeforeEach
  void open() {
    home = new TestHome(dir, "  youzan: {}\n  douyin: {}\n");
  }

  @AfterEach
  void close() {
    home.close();
  }

  private static String sale(String sku, String price, String amount, String receipt) {
    return sale("2026-01-05 10:00:00", sku, price, amount, receipt);
  }

  private static String sale(String at, String sku, String price, String amount, String receipt) {
    int points = amount.matches("-?[0-9.]+") ? (int) Double.parseDouble(amount) : 0;
    String qty = amount.startsWith("-") ? "-1" : "1";
    return String.join(
        ",", "C1", at, sku, qty, price, amount, "商品", "" + points, "1", receipt, "g1", "柜组");
  }

  private void pos(String name, String... rows) {
    home.drop("pos/p1/" + name, Pos.file(rows));
  }

  private List<String> ids() {
    return home.rows("select id from quarantine where replay_of is null order by row, column_name");
  }

  private String states() {
    return String.join(
        " ",
        home.rows(
            "select state from quarantine where replay_of is null order by row, column_name"));
  }

  private Replay plan(ReplayRequest request) {
    return Replay.plan(home.home(), home.database.database(), request);
  }

  private void register(Replay replay) {
    replay.register(home.database.database(), CLOCK.instant(), "ann", "till keyed it wrong");
  }

  private Replay replay(String id, String... columnsAndValues) {
    Map<String, ReplayRequest.Edit> edits = new HashMap<>();
    for (int i = 0; i < columnsAndValues.length; i += 2)
      edits.put(columnsAndValues[i], new ReplayRequest.Edit(columnsAndValues[i + 1], true));
    Map<String, Map<String, ReplayRequest.Edit>> byId =
        edits.isEmpty() ? Map.of() : Map.of(id, edits);
    Replay replay = plan(new ReplayRequest(Reject.Selection.of(Set.of(id)), byId, false));
    register(replay);
    return replay;
  }

  private Waive.Outcome waive(String... ids) {
    return Waive.run(
        home.home(),
        home.database.database(),
        CLOCK,
        Reject.Selection.of(Set.of(ids)),
        "ann",
        "the till was tested");
  }

  private int arrivals() {
    return home.rows("select sha256 from arrival where night = '-infinity'").size();
  }

  /** Balances of a home where the rows were right from the start. */
  private List<String> rightFromTheStart(String... rows) {
    try (var right = new TestHome(other)) {
      right.drop("pos/p1/a.csv", Pos.file(rows));
      right.night(FIRST);
      right.night(SECOND);
      return right.balances();
    }
  }

  @Test
  void an_edited_row_is_booked_tonight_as_of_its_own_time() {
    pos("a.csv", sale("A", "10.00", "1O.00", "1"), sale("B", "20.00", "20.00", "2"));
    assertThat(home.night(FIRST).exit()).isEqualTo(3);
    assertThat(home.ledger(FIRST))
        .containsExactly("EARN 20 2026-01-05 10:00:00 20260105-1-2/B#0000002000#001");
    String id = ids().get(0);
    replay(id, "je", "10.00");
    assertThat(states()).isEqualTo("OPEN");
    assertThat(home.night(SECOND).exit()).isZero();
    assertThat(home.ledger(SECOND))
        .contains("EARN 10 2026-01-05 10:00:00 20260105-1-1/A#0000001000#001");
    assertThat(states()).isEqualTo("REPLAYED");
    assertThat(home.rows("select file from night_input where night = '" + SECOND + "'"))
        .containsExactly("replay-" + id + ".csv");
    assertThat(
            home.rows(
                "select concat_ws('|', action, actor, because, before_masked, after_masked, row)"
                    + " from quarantine_action"))
        .containsExactly(
            "REPLAY|ann|till keyed it wrong|C1,2026-01-05 10:00:00,A,1,10.00,1O.00,***,0,1,1,***,***|"
                + "C1,2026-01-05 10:00:00,A,1,10.00,10.00,***,0,1,1,***,***|2");
    assertThat(home.balances())
        .isEqualTo(
            rightFromTheStart(sale("A", "10.00", "10.00", "1"), sale("B", "20.00", "20.00", "2")));
  }

  @Test
  void a_corrected_mapping_reads_the_same_row_again_even_where_the_bytes_are_the_same()
      throws IOException {
    String badDate = sale("2026.01.05 10:00:00", "A", "10.00", "10.00", "1");
    pos("a.csv", badDate);
    home.night(FIRST);
    assertThat(home.rows("select reason from quarantine")).containsExactly("BAD_DATE");
    String id = ids().get(0);
    assertThatThrownBy(() -> replay(id))
        .isInstanceOfSatisfying(
            NightRefused.class,
            refused -> {
              assertThat(refused.exit()).isEqualTo(8);
              assertThat(refused.code()).isEqualTo("STILL_REJECTED");
              assertThat(refused.getMessage()).contains("BAD_DATE dtime");
            });
    register(plan(new ReplayRequest(Reject.Selection.of(Set.of(id)), Map.of(), true)));
    home.night(SECOND);
    assertThat(states()).isEqualTo("OPEN");
    assertThat(
            home.rows(
                "select concat_ws(' ', reason, (replay_of = '" + id + "')::text) from quarantine"))
        .as("the second reject stays with the first")
        .containsExactlyInAnyOrder("BAD_DATE", "BAD_DATE true");
    correctMapping();
    replay(id);
    assertThat(home.night(THIRD).exit()).isZero();
    assertThat(home.rows("select distinct state from quarantine")).containsExactly("REPLAYED");
    assertThat(home.ledger(THIRD))
        .contains("EARN 10 2026-01-05 10:00:00 20260105-1-1/A#0000001000#001");
  }

  private void correctMapping() throws IOException {
    try (var in = getClass().getClassLoader().getResourceAsStream("channels/pos.yaml")) {
      String shipped = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      Files.writeString(
          dir.resolve("mappings/pos.yaml"),
          shipped.replace("formats: [", "formats: [\"yyyy.MM.dd HH:mm:ss\", "));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Test
  void of_two_equal_rows_on_one_receipt_the_rejected_one_is_a_second_line() {
    pos("a.csv", sale("A", "10.00", "10.00", "1"), sale("A", "10.00", "1O.00", "1"));
    home.night(FIRST);
    assertThat(home.orderClass("20260105-1-1")).isEqualTo("REJECTED_SIBLING");
    Replay replay = replay(ids().get(0), "je", "10.00");
    assertThat(replay.deliveries().get(0).rows())
        .extracting(row -> row.sourceRow() + " " + row.role())
        .containsExactly("2 SIBLING", "3 TARGET");
    home.night(SECOND);
    assertThat(home.ledger(SECOND))
        .containsExactly(
            "EARN 10 2026-01-05 10:00:00 20260105-1-1/A#0000001000#001",
            "EARN 10 2026-01-05 10:00:00 20260105-1-1/A#0000001000#002");
    assertThat(
            home.rows(
                "select concat_ws(' ', merged, rejected, waiting) from night_input where rows_in = 2"
                    + " order by night"))
        .containsExactly("0 1 1", "2 0 0");
  }

  @Test
  void a_replayed_row_that_sorts_before_a_known_one_takes_no_key_of_it() {
    pos("a.csv", sale("A", "10.00", "20.00", "1"), sale("A", "10.00", "1O.00", "1"));
    home.night(FIRST);
    replay(ids().get(0), "je", "10.00");
    home.night(SECOND);
    assertThat(home.balances())
        .isEqualTo(
            rightFromTheStart(sale("A", "10.00", "20.00", "1"), sale("A", "10.00", "10.00", "1")));
    assertThat(home.rows("select due_fen::text from order_line order by due_fen"))
        .containsExactly("1000", "2000");
  }

  @Test
  void return_rows_of_one_receipt_keep_their_keys_too() {
    pos(
        "a.csv",
        sale("2026-01-05 09:00:00", "A", "10.00", "50.00", "1"),
        sale("A", "10.00", "-20.00", "2"),
        sale("A", "10.00", "-1O.00", "2"));
    home.night(FIRST);
    replay(ids().get(0), "je", "-10.00");
    home.night(SECOND);
    assertThat(home.ledger(SECOND))
        .containsExactly("CLAWBACK -30 2026-01-05 10:00:00 20260105-1-1/A#0000001000#001");
    assertThat(home.rows("select amount_fen::text from till_return order by 1"))
        .containsExactly("1000", "2000");
  }

  @Test
  void a_row_whose_order_number_was_damaged_comes_with_the_rows_of_the_right_order() {
    pos("a.csv", sale("A", "10.00", "20.00", "7"), sale("A", "10.00", "10.00", "7E+0"));
    home.night(FIRST);
    assertThat(home.ledger(FIRST)).as("nobody knew that one is missing").hasSize(1);
    assertThat(home.rows("select reason || coalesce(order_no, '') from quarantine"))
        .containsExactly("ID_PRECISION_LOST");
    Replay replay = replay(ids().get(0), "djh", "7");
    assertThat(replay.deliveries().get(0).rows())
        .extracting(row -> row.sourceRow() + " " + row.role())
        .containsExactly("2 SIBLING", "3 TARGET");
    home.night(SECOND);
    assertThat(states()).isEqualTo("REPLAYED");
    assertThat(home.ledger(SECOND))
        .containsExactly("EARN 10 2026-01-05 10:00:00 20260105-1-7/A#0000001000#002");
  }

  @Test
  void two_rejects_of_one_order_settled_one_after_the_other_before_the_night_are_one_replay() {
    pos(
        "a.csv",
        sale("A", "10.00", "30.00", "1"),
        sale("A", "10.00", "2O.00", "1"),
        sale("A", "10.00", "1O.00", "1"));
    home.night(FIRST);
    replay(ids().get(0), "je", "20.00");
    assertThat(arrivals()).isEqualTo(1);
    Replay second = replay(ids().get(1), "je", "10.00");
    assertThat(arrivals()).isEqualTo(1);
    assertThat(second.deliveries().get(0).rows())
        .extracting(row -> row.sourceRow() + " " + row.role())
        .containsExactly("2 SIBLING", "3 CARRIED", "4 TARGET");
    home.night(SECOND);
    assertThat(states()).isEqualTo("REPLAYED REPLAYED");
    assertThat(home.rows("select due_fen::text from order_line order by due_fen"))
        .containsExactly("1000", "2000", "3000");
  }

  @Test
  void two_rejects_of_one_order_settled_in_different_nights_lose_no_line() {
    pos(
        "a.csv",
        sale("A", "10.00", "30.00", "1"),
        sale("A", "10.00", "2O.00", "1"),
        sale("A", "10.00", "1O.00", "1"));
    home.night(FIRST);
    replay(ids().get(0), "je", "20.00");
    home.night(SECOND);
    assertThat(states()).isEqualTo("REPLAYED OPEN");
    assertThat(home.orderClass("20260105-1-1"))
        .as("it waits for its other reject")
        .isEqualTo("REJECTED_SIBLING");
    replay(ids().get(1), "je", "10.00");
    home.night(THIRD);
    assertThat(states()).isEqualTo("REPLAYED REPLAYED");
    assertThat(home.rows("select due_fen::text from order_line order by due_fen"))
        .containsExactly("1000", "2000", "3000");
    assertThat(home.balances()).containsExactly("60 0 0");
  }

  @Test
  void a_replay_rejected_again_stays_open_and_the_next_one_goes_on_from_it() {
    pos("a.csv", sale("A", "x", "1O.00", "1"));
    home.night(FIRST);
    List<String> ids = ids();
    assertThat(ids).as("one row, two faults").hasSize(2);
    Map<String, Map<String, ReplayRequest.Edit>> edit =
        Map.of(ids.get(0), Map.of("je", new ReplayRequest.Edit("10.00", true)));
    register(plan(new ReplayRequest(Reject.Selection.of(Set.of(ids.get(0))), edit, true)));
    home.night(SECOND);
    assertThat(states()).isEqualTo("OPEN OPEN");
    assertThat(home.rows("select column_name from quarantine where replay_of is not null"))
        .containsExactly("sj");
    replay(ids.get(0), "sj", "10.00");
    home.night(THIRD);
    assertThat(home.rows("select distinct state from quarantine")).containsExactly("REPLAYED");
    assertThat(home.balances()).containsExactly("10 0 0");
  }

  @Test
  void all_of_a_reason_are_replayed_at_once_and_those_still_wrong_are_left_and_told() {
    pos(
        "a.csv",
        sale("2026.01.05 10:00:00", "A", "10.00", "10.00", "1"),
        sale("2026.01.05 10:00:00", "A", "10.00", "1O.00", "2"),
        sale("5 Jan 2026", "A", "10.00", "10.00", "3"));
    home.night(FIRST);
    try {
      correctMapping();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Replay replay =
        plan(new ReplayRequest(Reject.Selection.open("BAD_DATE", "", ""), Map.of(), false));
    assertThat(replay.skipped()).hasSize(3);
    assertThat(replay.deliveries().get(0).rows())
        .extracting(row -> row.sourceRow() + " " + row.role())
        .containsExactly("2 TARGET");
    register(replay);
    home.night(SECOND);
    assertThat(home.balances()).containsExactly("10 0 0");
    assertThat(states()).isEqualTo("REPLAYED OPEN OPEN OPEN");
  }

  @Test
  void a_repeated_replay_changes_nothing() {
    pos("a.csv", sale("A", "10.00", "1O.00", "1"));
    home.night(FIRST);
    String id = ids().get(0);
    replay(id, "je", "10.00");
    assertThat(replay(id, "je", "10.00").deliveries().get(0).waits()).isTrue();
    assertThat(replay(id).skipped())
        .extracting(Replay.Skipped::why)
        .containsExactly(Replay.Why.WAITING);
    assertThat(arrivals()).isEqualTo(1);
    assertThat(home.rows("select n::text from quarantine_action")).containsExactly("1");
    home.night(SECOND);
    assertThat(replay(id, "je", "10.00").skipped())
        .extracting(Replay.Skipped::why)
        .containsExactly(Replay.Why.REPLAYED);
    assertThat(arrivals()).isZero();
    home.night(THIRD);
    assertThat(home.balances()).containsExactly("10 0 0");
  }

  @Test
  void a_second_edit_before_the_night_takes_the_place_of_the_first() {
    pos("a.csv", sale("A", "10.00", "1O.00", "1"));
    home.night(FIRST);
    String id = ids().get(0);
    replay(id, "je", "100.00");
    replay(id, "je", "10.00");
    home.night(SECOND);
    assertThat(home.balances()).containsExactly("10 0 0");
  }

  @Test
  void a_waived_reject_unparks_its_order_for_the_next_open_night() {
    pos("a.csv", sale("A", "10.00", "10.00", "1"), sale("B", "20.00", "2O.00", "1"));
    home.night(FIRST);
    assertThat(home.ledger(FIRST)).isEmpty();
    String closed = home.rows("select close_hash from close").get(0);
    Waive.Outcome outcome = waive(ids().get(0));
    assertThat(outcome.unparked()).containsExactly("20260105-1-1");
    assertThat(outcome.withheld()).isEqualTo(1);
    assertThat(outcome.night()).isEqualTo(SECOND);
    assertThat(home.ledger(FIRST)).isEmpty();
    home.night(SECOND);
    assertThat(home.ledger(SECOND))
        .containsExactly("EARN 10 2026-01-05 10:00:00 20260105-1-1/A#0000001000#001");
    assertThat(home.rows("select close_hash from close order by night").get(0)).isEqualTo(closed);
    assertThat(waive(ids().get(0)).settled()).containsExactly(ids().get(0));
    assertThat(home.rows("select action || ' ' || because from quarantine_action"))
        .containsExactly("WAIVE the till was tested");
  }

  @Test
  void an_order_waits_until_its_last_reject_is_settled() {
    pos(
        "a.csv",
        sale("A", "10.00", "10.00", "1"),
        sale("B", "20.00", "2O.00", "1"),
        sale("C", "30.00", "3O.00", "1"));
    home.night(FIRST);
    Waive.Outcome outcome = waive(ids().get(0));
    assertThat(outcome.unparked()).isEmpty();
    assertThat(outcome.parked()).containsExactly("20260105-1-1");
    replay(ids().get(1), "je", "30.00");
    home.night(SECOND);
    assertThat(home.balances()).containsExactly("40 0 0");
    assertThat(states()).isEqualTo("WAIVED REPLAYED");
  }

  @Test
  void a_waived_row_may_still_be_replayed_by_its_id() {
    pos("a.csv", sale("A", "10.00", "30.00", "1"), sale("A", "10.00", "2O.00", "1"));
    home.night(FIRST);
    waive(ids().get(0));
    home.night(SECOND);
    assertThat(home.balances()).containsExactly("30 0 0");
    replay(ids().get(0), "je", "20.00");
    home.night(THIRD);
    assertThat(home.balances()).containsExactly("50 0 0");
    assertThat(states()).isEqualTo("REPLAYED");
  }

  @Test
  void of_conflicting_rows_one_is_waived_and_the_other_replayed() {
    home.drop(
        "tmall/s1/l.csv",
        Tmall.lines(Tmall.line("1-1", "1", "A", "100.00", 1, "100.00", "0")),
        Tmall.GBK);
    String paid = "2026-01-05 09:00:00";
    home.drop(
        "tmall/s1/o.csv",
        Tmall.orders(
            Tmall.completed("1", "n1", "100.00", "0.00", 1, paid, paid),
            Tmall.completed("1", "n1", "90.00", "0.00", 1, paid, paid)),
        Tmall.GBK);
    home.night(FIRST);
    List<String> ids = ids();
    assertThatThrownBy(() -> replay(ids.get(0))).hasMessageContaining("CONFLICTING_ROWS");
    waive(ids.get(1));
    replay(ids.get(0));
    home.night(SECOND);
    assertThat(home.ledger(SECOND)).contains("EARN 100 2026-01-05 09:00:00 1/1-1");
    assertThat(states()).isEqualTo("REPLAYED WAIVED");
  }

  @Test
  void a_file_refused_whole_is_read_once_the_mapping_knows_it() throws IOException {
    home.drop("pos/p1/a.csv", Pos.file(sale("A", "10.00", "10.00", "1")).replace("dtime", "when"));
    assertThat(home.night(FIRST).exit()).isEqualTo(3);
    String sha256 = home.rows("select sha256 from night_input where outcome = 'NO_MAPPING'").get(0);
    FileReplay refused = FileReplay.plan(home.home(), home.database.database(), sha256);
    assertThat(refused.refusal()).isNotNull();
    assertThatThrownBy(
            () -> refused.register(home.database.database(), CLOCK.instant(), "ann", "", false))
        .hasMessageContaining("no mapping recognises");
    try (var in = getClass().getClassLoader().getResourceAsStream("channels/pos.yaml")) {
      String shipped = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      Files.writeString(dir.resolve("mappings/pos.yaml"), shipped.replace("消费产生的时间", "when"));
    }
    FileReplay known = FileReplay.plan(home.home(), home.database.database(), sha256);
    assertThat(known.summary().rows()).isEqualTo(1);
    known.register(home.database.database(), CLOCK.instant(), "ann", "", false);
    assertThat(FileReplay.plan(home.home(), home.database.database(), sha256).waits()).isTrue();
    assertThat(home.night(SECOND).exit()).isZero();
    assertThat(home.balances()).containsExactly("10 0 0");
    assertThat(FileReplay.plan(home.home(), home.database.database(), sha256).used()).isTrue();
  }

  @Test
  void while_a_night_runs_nothing_is_waived_and_a_replay_belongs_to_the_next() throws Exception {
    pos("a.csv", sale("A", "10.00", "10.00", "1"), sale("B", "20.00", "2O.00", "1"));
    home.night(FIRST);
    String id = ids().get(0);
    assertThatThrownBy(
            () ->
                Nightly.run(
                    home.home(),
                    home.database.database(),
                    NightRequest.of(java.time.LocalDate.parse(SECOND), Progress.SILENT)
                        .crashingAt(
                            point -> {
                              if (point.equals("identify:begin"))
                                throw new IllegalStateException("stopped by the test");
                            })))
        .isInstanceOf(NightRefused.class);
    assertThatThrownBy(() -> waive(id))
        .as("that night has looked at the rejects")
        .isInstanceOfSatisfying(
            NightRefused.class, refused -> assertThat(refused.exit()).isEqualTo(8));
    try (RunLock running = RunLock.take(home.database.database(), CLOCK, Duration.ZERO)) {
      assertThat(running.epoch()).isPositive();
      assertThatThrownBy(() -> waive(id))
          .isInstanceOfSatisfying(
              NightRefused.class, refused -> assertThat(refused.exit()).isEqualTo(7));
      replay(id, "je", "20.00");
    }
    home.night(SECOND);
    assertThat(home.rows("select file from night_input where night = '" + SECOND + "'")).isEmpty();
    assertThat(states()).isEqualTo("OPEN");
    home.night(THIRD);
    assertThat(states()).isEqualTo("REPLAYED");
    assertThat(home.balances()).containsExactly("30 0 0");
  }

  private static String youzan(String order, String sku, String price) {
    return order
        + ",S1,交易完成,2026-01-05 09:00:00,2026-01-05 09:01:00,2026-01-05 10:00:00,0.00,"
        + "100.00,13800000001,0.00,"
        + sku
        + ","
        + price
        + ",1,0.00";
  }

  private static String youzanMore(String sku, String price) {
    return ",,,,,,,,,," + sku + "," + price + ",1,0.00";
  }

  @Test
  void a_row_that_belongs_to_the_one_above_comes_with_it() {
    home.drop(
        "youzan/S1/l.csv",
        Platforms.file(
            Platforms.YOUZAN_LINES,
            youzan("E1", "CAKE", "70.00"),
            youzanMore("TEA", "3O.00"),
            youzan("E2", "CAKE", "100.00")));
    home.night(FIRST);
    assertThat(home.orderClass("E1")).isEqualTo("REJECTED_SIBLING");
    Replay replay = replay(ids().get(0), "商品单价", "30.00");
    assertThat(replay.deliveries().get(0).rows())
        .extracting(row -> row.sourceRow() + " " + row.role() + " " + row.after().order())
        .containsExactly("2 SIBLING E1", "3 TARGET E1");
    home.night(SECOND);
    assertThat(states()).isEqualTo("REPLAYED");
    assertThat(
            home.rows(
                "select sku from order_line join sales_order using (order_key) where order_no = 'E1' order by 1"))
        .containsExactly("CAKE", "TEA");
    assertThat(home.balances()).containsExactly("200 0 0");
  }

  @Test
  void a_row_never_comes_to_stand_below_another_order() {
    home.drop(
        "youzan/S1/l.csv",
        Platforms.file(
            Platforms.YOUZAN_LINES,
            youzan("E1", "CAKE", "100.0O"),
            youzan("2E+5", "CAKE", "70.00"),
            youzanMore("TEA", "30.00")));
    home.night(FIRST);
    List<String> first = home.rows("select id from quarantine where row = 2");
    List<String> head = home.rows("select id from quarantine where row = 3");
    List<String> more = home.rows("select min(id) from quarantine where row = 4");
    Map<String, Map<String, ReplayRequest.Edit>> edits = new HashMap<>();
    edits.put(first.get(0), Map.of("商品单价", new ReplayRequest.Edit("100.00", true)));
    assertThatThrownBy(
            () ->
                plan(
                    new ReplayRequest(
                        Reject.Selection.of(Set.of(first.get(0), more.get(0))), edits, false)))
        .hasMessageContaining("row 4 would come to stand below another order, E1");
    edits.put(head.get(0), Map.of("订单号", new ReplayRequest.Edit("200000", true)));
    register(
        plan(
            new ReplayRequest(
                Reject.Selection.of(Set.of(first.get(0), head.get(0), more.get(0))),
                edits,
                false)));
    home.night(SECOND);
    assertThat(home.rows("select distinct state from quarantine")).containsExactly("REPLAYED");
    assertThat(
            home.rows(
                "select order_no || ' ' || sku from order_line join sales_order using (order_key) order by 1"))
        .containsExactly("200000 CAKE", "200000 TEA", "E1 CAKE");
    assertThat(home.balances()).containsExactly("200 0 0");
  }

  @Test
  void conflicting_rows_of_an_order_take_its_other_rows_with_them_and_are_told_so() {
    home.drop(
        "youzan/S1/l.csv",
        Platforms.file(
            Platforms.YOUZAN_LINES,
            youzan("E1", "CAKE", "70.00"),
            youzanMore("NUTS", "10.00"),
            youzan("E1", "TEA", "20.00").replace("100.00", "90.00")));
    home.night(FIRST);
    assertThat(home.rows("select row || reason from quarantine order by 1"))
        .containsExactly("2CONFLICTING_ROWS", "3CONFLICTING_ROWS", "4CONFLICTING_ROWS");
    String id = home.rows("select id from quarantine where row = 3").get(0);
    assertThatThrownBy(() -> replay(id)).hasMessageContaining("CONFLICTING_ROWS");
    Replay replay =
        replay(home.rows("select id from quarantine where row = 4").get(0), "订单实付金额", "100.00");
    assertThat(replay.deliveries().get(0).rows())
        .extracting(row -> row.sourceRow() + " " + row.role())
        .containsExactly("2 ALONG", "3 ALONG", "4 TARGET");
    home.night(SECOND);
    assertThat(states()).isEqualTo("REPLAYED REPLAYED REPLAYED");
    assertThat(home.balances()).containsExactly("100 0 0");
  }

  @Test
  void lines_of_one_id_that_contradict_each_other_do_not_keep_other_rows_of_their_order_back() {
    home.drop(
        "douyin/S1/o.csv",
        Platforms.file(
            Platforms.DOUYIN,
            douyin("D1", "L1", "10.00"),
            douyin("D1", "L1", "20.00"),
            douyin("D1", "L2", "30.00").replace("已完成", "已完了")));
    home.night(FIRST);
    assertThat(home.rows("select row || reason from quarantine order by 1"))
        .containsExactly("2CONFLICTING_ROWS", "3CONFLICTING_ROWS", "4UNKNOWN_STATUS");
    String id = home.rows("select id from quarantine where row = 4").get(0);
    assertThatThrownBy(() -> replay(home.rows("select id from quarantine where row = 2").get(0)))
        .hasMessageContaining("CONFLICTING_ROWS");
    replay(id, "订单状态", "已完成");
    home.night(SECOND);
    assertThat(states()).isEqualTo("OPEN OPEN REPLAYED");
  }

  private static String douyin(String order, String line, String due) {
    return Platforms.douyin(
        order, line, due, "已完成", "-", "2026-01-05 09:01:00", "2026-01-05 10:00:00");
  }

  @Test
  void rows_of_a_sheet_are_replayed_as_rows_of_a_small_text_file() {
    String header = "kh,dtime,spbm,sl,sj,je,syjh,djh,jf";
    String good = "C1,2026-01-05 10:00:00,A,1,10.00,10.00,1,1";
    String bad = "C1,2026-01-05 10:00:00,A,1,10.00,1O.00,1,1";
    home.drop(
        "pos/p1/a.xlsx",
        ContainersTest.workbook(
            Map.of("销售", "报表,,,,,,,,,\n" + header + "\n" + good + "\n" + bad + ",,note\n")));
    home.night(FIRST);
    Replay replay = replay(ids().get(0), "je", "10.00");
    assertThat(replay.deliveries().get(0).rows())
        .extracting(row -> row.sourceRow() + " " + row.role() + " " + row.after().row())
        .containsExactly("3 SIBLING 2", "4 TARGET 3");
    home.night(SECOND);
    assertThat(states()).isEqualTo("REPLAYED");
    assertThat(home.balances()).containsExactly("20 0 0");
  }

  @Test
  void a_row_of_a_balance_snapshot_is_not_read_again_alone() {
    home.drop("youzan/S1/c.csv", "客户手机号,客户积分\n13800000001,1O\n13800000002,20\n");
    home.night(FIRST);
    String id = ids().get(0);
    assertThatThrownBy(() -> replay(id, "客户积分", "10")).hasMessageContaining("all balances");
    assertThat(
            plan(new ReplayRequest(Reject.Selection.open("", "youzan", ""), Map.of(), false))
                .skipped())
        .extracting(Replay.Skipped::why)
        .containsExactly(Replay.Why.SNAPSHOT);
    assertThat(waive(id).waived()).containsExactly(id);
  }
}
