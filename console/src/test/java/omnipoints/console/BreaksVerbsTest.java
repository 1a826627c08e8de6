package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What people see of a break, and how they end it. */
class BreaksVerbsTest {

  @TempDir Path directory;
  private SampleBooks books;

  @BeforeEach
  void open() throws Exception {
    books = new SampleBooks(directory);
  }

  @AfterEach
  void close() {
    books.close();
  }

  private String on80Columns(String... line) {
    return Ran.in(directory, "", Map.of(), new Screen(80, false, false), line).out();
  }

  @Test
  void a_break_of_a_class_shows_its_orders_and_what_decides_them() {
    assertThat(on80Columns("breaks", "show", "b1"))
        .isEqualTo(
            """
            b1  UNATTRIBUTED  tmall 旗舰店  since 2026-01-01 (nights: 1)
              1 order without a known buyer; would earn 7 points
              Nobody knows whose orders these are: their buyer is masked or missing.

            Orders that wait
            order  paid        points  why
            -----  ----------  ------  -------------
            T3     2026-01-01       7  buyer unknown

            History
              2026-01-01  opened: 2 orders without a known buyer; would earn 9 points
              2026-01-02  changed: 1 order without a known buyer; would earn 7 points

            What decides it
              A binding in inbox/program/ that names the order number, or the buyer's id,
              and a card or phone; a later export that shows the buyer. It closes by itself
              when none of its orders waits.

            What to type next:
              ./omnipoints breaks resolve b1 --because TEXT
            """);
    JsonNode json = books.run("breaks", "show", "b1", "--json").json();
    assertThat(json.get("schema").asString()).isEqualTo("omnipoints.breaks/1");
    assertThat(json.get("orders").asLong()).isEqualTo(1);
    assertThat(json.get("orders_listed").toString())
        .isEqualTo(
            "[{\"order\":\"T3\",\"paid_at\":\"2026-01-01T11:00:00+08:00\",\"points\":7,"
                + "\"reason\":\"BUYER_UNKNOWN\",\"file\":\"orders.csv\",\"row\":6}]");
  }

  @Test
  void a_break_of_an_order_names_the_rows_it_rests_on() {
    JsonNode json = books.run("breaks", "show", "b3", "--json").json();
    assertThat(json.get("evidence").toString())
        .isEqualTo("[{\"file\":\"orders.csv\",\"sha256\":\"f3\",\"row\":5}]");
    assertThat(books.run("breaks", "show", "b3").out()).contains("\n  orders.csv, row 5\n");
    assertThat(json.get("next").toString())
        .isEqualTo("[\"./omnipoints breaks resolve b3 --because TEXT\"]");
  }

  @Test
  void what_a_person_resolved_is_listed_no_more_and_keeps_who_and_why() {
    Ran refused = books.run("breaks", "resolve", "b3", "--json");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.json().get("message").asString()).contains("--because");

    Ran resolved =
        books.run("breaks", "resolve", "b3", "--because", "finance agreed", "--by", "li", "--json");
    assertThat(resolved.exit()).isZero();
    assertThat(resolved.json().get("state").asString()).isEqualTo("RESOLVED");
    assertThat(books.run("breaks", "list", "--json").json().get("items").size()).isEqualTo(1);
    JsonNode shown = books.run("breaks", "show", "b3", "--json").json();
    assertThat(shown.get("state").asString()).isEqualTo("RESOLVED");
    assertThat(shown.get("history").get(1).toString())
        .isEqualTo(
            "{\"night\":null,\"at\":\"2026-01-02T03:00:00+08:00\",\"event\":\"RESOLVE\",\"by\":\"li\","
                + "\"because\":\"finance agreed\",\"detail\":\"lines say 900, the order says 800 fen refunded\"}");
    assertThat(books.run("breaks", "show", "b3").out())
        .contains("since 2026-01-02 (nights: 0), resolved\n")
        .contains("  2026-01-02T03:00:00+08:00  resolved by li: finance agreed\n");

    Ran again = books.run("breaks", "resolve", "b3", "--because", "x", "--json");
    assertThat(again.exit()).isEqualTo(8);
    assertThat(again.json().get("code").asString()).isEqualTo("BREAK_NOT_OPEN");
  }

  @Test
  void only_what_exists_is_open_and_holds_something_back_can_be_resolved_and_accepted() {
    assertThat(books.run("breaks", "show", "nope").err()).contains("there is no break nope");
    assertThat(books.run("breaks", "resolve", "nope", "--because", "x").exit()).isEqualTo(8);
    assertThat(books.run("breaks", "resolve", "b2", "--because", "x").err())
        .contains("break b2 was closed by night 2026-01-02");
    assertThat(books.run("breaks", "resolve", "b3", "--accept", "--because", "x").err())
        .contains("break b3 is REFUND_MISMATCH; only DOUBLED_ROWS holds something back");
    books.execute(
        "insert into break (id, type, channel, shop, key, first_night, state, detail) values"
            + " ('b4', 'DOUBLED_ROWS', 'pos', '一号店', 'aa', '2026-01-02', 'OPEN', 'twice')");
    assertThat(books.run("breaks", "show", "b4", "--json").json().get("next").get(0).asString())
        .isEqualTo("./omnipoints breaks resolve b4 --accept --because TEXT");
    // Who resolved it first may still find that it was right.
    assertThat(books.run("breaks", "resolve", "b4", "--because", "wait").exit()).isZero();
    JsonNode accepted =
        books
            .run("breaks", "resolve", "b4", "--accept", "--because", "sold twice", "--json")
            .json();
    assertThat(accepted.get("accepted").asBoolean()).isTrue();
    assertThat(accepted.get("next").get(0).asString()).isEqualTo("./omnipoints nightly");
    assertThat(books.run("breaks", "resolve", "b4", "--accept", "--because", "x").exit())
        .isEqualTo(8);
  }

  @Test
  void no_line_of_the_list_is_wider_than_the_screen() {
    books.execute(
        "insert into break (id, type, channel, shop, key, first_night, state, detail) values"
            + " ('0123456789ab', 'SETTLED_REFUND_UNSEEN', 'wechat_store', '一家名字很长的旗舰店', 'k', '2026-01-02',"
            + " 'OPEN', repeat('a long sentence about what disagrees, ', 9))");
    assertThat(on80Columns("breaks", "list").lines())
        .allSatisfy(line -> assertThat(CharWidth.of(line)).isLessThanOrEqualTo(80))
        .contains(
            "0123456789ab  SETTLED_REFUND_UNSEEN  wechat_store 一家名字很长的旗舰店  since",
            "    2026-01-02 (nights: 0)");
  }

  @Test
  void a_break_is_assigned_explained_and_waived_and_its_history_keeps_who_did_what() {
    assertThat(books.run("breaks", "assign", "b3").exit()).isEqualTo(2);
    Ran assigned =
        books.run(
            "breaks",
            "assign",
            "b3",
            "--to",
            "wang",
            "--due",
            "2026-01-09",
            "--by",
            "li",
            "--json");
    assertThat(assigned.exit()).as(assigned.err()).isZero();
    assertThat(assigned.json().get("due_on").asString()).isEqualTo("2026-01-09");
    assertThat(books.run("breaks", "explain", "b3", "--cause", "why", "--because", "x").exit())
        .isEqualTo(2);
    assertThat(
            books
                .run(
                    "breaks",
                    "explain",
                    "b3",
                    "--cause",
                    "timing",
                    "--because",
                    "paid twice",
                    "--by",
                    "wang")
                .exit())
        .isZero();
    JsonNode mine = books.run("breaks", "list", "--owner", "wang", "--json").json().get("items");
    assertThat(mine).hasSize(1);
    assertThat(mine.get(0).get("cause").asString()).isEqualTo("TIMING");
    assertThat(mine.get(0).get("age_band").asString()).isEqualTo("0-1");
    assertThat(books.run("breaks", "show", "b3").out())
        .contains("  looked after by wang until 2026-01-09\n  explained: TIMING\n");
    Ran waived =
        books.run(
            "breaks", "resolve", "b3", "--waive", "--because", "one fen", "--by", "wang", "--json");
    assertThat(waived.exit()).as(waived.err()).isZero();
    assertThat(waived.json().get("state").asString()).isEqualTo("WAIVED");
    assertThat(books.run("breaks", "show", "b3").out())
        .contains("assigned by li", "explained by wang: paid twice", "waived by wang: one fen");
    assertThat(
            books
                .run("breaks", "assign", "b3", "--to", "li", "--json")
                .json()
                .get("code")
                .asString())
        .isEqualTo("BREAK_NOT_OPEN");
    assertThat(books.run("breaks", "resolve", "b1", "--waive", "--accept", "--because", "x").exit())
        .isEqualTo(2);
  }
}
