package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The figures of the demo, computed by hand from {@code console/demo}; one point a yuan, rounded
 * down.
 *
 * <pre>
 * 03-01  lamp 200.00 + cup 100.00 (freight does not count), coat 499.90, scarves 119.90, hat 80.00
 *        earned 200 + 100 + 499 + 119 + 80 = 998
 *        incomplete: shirt; unattributed: 88.00 of a masked buyer, 35.00 without card; the till says 120 for scarves
 * 03-02  shirt 199.99: earned 199; the cup is refunded: 100 back; one scarf returned: 119 - floor(59.95) = 60 back
 *        everything of 03-01 becomes available: 998; the nick turns out to be the owner of the card: 300 move to it
 * 03-03  gloves 25.50: earned 25; the shirt becomes available: 199
 *        what became available on 03-02 dies: 200 + 499 + 59 = 758 of one member, 80 of the other: 838
 * card   499 + 119 + 300 + 199 - 60 - 100 + 25 - 758 = 224 = 199 available + 25 pending
 * </pre>
 */
class DemoVerbTest {
  @TempDir static Path directory;
  private static Ran demo;

  @BeforeAll
  static void run() {
    demo = Ran.in(directory, "demo", "--json");
  }

  @AfterAll
  static void stop() {
    Ran.in(directory, "db", "stop");
  }

  @Test
  void three_nights_are_closed_and_their_points_are_the_hand_computed_ones() {
    assertThat(demo.exit()).as(demo.out() + demo.err()).isZero();
    List<String> figures = new ArrayList<>();
    for (JsonNode night : demo.json().get("nights")) {
      JsonNode points = night.get("points");
      figures.add(
          String.join(
              " ",
              night.get("date").asString(),
              night.get("state").asString(),
              points.get("earned").asString(),
              points.get("released").asString(),
              points.get("clawed_back").asString(),
              points.get("expired").asString(),
              night.get("breaks_opened").asString()));
    }
    assertThat(figures)
        .containsExactly(
            "2026-03-01 CLOSED 998 0 0 0 3",
            "2026-03-02 CLOSED 199 998 160 0 0",
            "2026-03-03 CLOSED 25 199 0 838 0");
  }

  @Test
  void the_account_is_the_hand_computed_one() {
    JsonNode member = demo.json().get("member");
    assertThat(member.get("available").asLong()).isEqualTo(199);
    assertThat(member.get("pending").asLong()).isEqualTo(25);
    assertThat(member.get("owed").asLong()).isZero();
    assertThat(member.get("merged").size()).isEqualTo(1);
    List<String> statement = new ArrayList<>();
    for (JsonNode entry : member.get("statement")) {
      statement.add(
          String.join(
              " ",
              entry.get("night").asString().substring(8),
              entry.get("kind").asString(),
              entry.get("points").asString(),
              entry.get("moved").asString(),
              entry.get("balance_after").asString()));
    }
    assertThat(statement)
        .containsExactly(
            "01 EARN 499 0 499",
            "01 EARN 119 0 618",
            "02 MERGE 300 0 918",
            "02 EARN 199 0 1117",
            "02 RELEASE 0 499 1117",
            "02 RELEASE 0 119 1117",
            "02 RELEASE 0 200 1117",
            "02 RELEASE 0 100 1117",
            "02 CLAWBACK -60 0 1057",
            "02 CLAWBACK -100 0 957",
            "03 RELEASE 0 199 957",
            "03 EARN 25 0 982",
            "03 EXPIRE -758 0 224");
  }

  @Test
  void the_return_is_explained_by_its_rows_and_its_arithmetic() {
    JsonNode explain = demo.json().get("explain");
    assertThat(explain.get("arithmetic").asString())
        .isEqualTo("floor(11990/100)*1 - floor(5995/100)*1");
    assertThat(explain.get("source").get("file").asString()).isEqualTo("sales_20260302.csv");
    assertThat(explain.get("source").get("row").asInt()).isEqualTo(2);
    assertThat(explain.get("line_source").get("file").asString()).isEqualTo("sales_20260301.csv");
    assertThat(explain.get("line_source").get("row").asInt()).isEqualTo(3);
    assertThat(explain.get("returns").get(0).get("file").asString())
        .isEqualTo("sales_20260302.csv");
    assertThat(explain.get("returns").get(0).get("amount_fen").asLong()).isEqualTo(5995);
  }

  @Test
  void the_merge_of_the_killed_night_is_explained_by_its_binding() {
    String entry = "";
    for (JsonNode row : demo.json().get("member").get("statement")) {
      if (row.get("kind").asString().equals("MERGE")) entry = row.get("entry").asString();
    }
    JsonNode explain = Ran.in(directory, "explain", entry, "--json").json();
    assertThat(explain.get("source").get("file").asString()).isEqualTo("bindings_20260302.csv");
    assertThat(explain.get("source").get("row").asInt()).isEqualTo(2);
    assertThat(explain.get("identity").findValuesAsString("masked"))
        .containsExactly("138****0001", "林小满");
    JsonNode evidence = explain.get("evidence");
    assertThat(evidence.get("type").asString()).isEqualTo("BINDING");
    assertThat(evidence.get("platform_id").asString()).isEqualTo("林小满");
    assertThat(evidence.get("bound_at").asString()).isEqualTo("2026-03-02T11:00:00+08:00");
    assertThat(evidence.get("merged").asString())
        .isEqualTo(explain.get("cause").get("key").asString());
    assertThat(evidence.get("joined").asString()).isEqualTo(explain.get("member_id").asString());
  }

  @Test
  void every_delivery_of_the_killed_night_is_accounted_for_and_the_repeated_one_changes_nothing() {
    List<String> deliveries = new ArrayList<>();
    for (JsonNode delivery : demo.json().get("nights").get(1).get("deliveries")) {
      deliveries.add(delivery.get("file").asString() + " " + delivery.get("outcome").asString());
    }
    assertThat(deliveries)
        .containsExactlyInAnyOrder(
            "ExportOrderList20260302.csv ACCEPTED",
            "ExportItemList20260302.csv ACCEPTED",
            "sales_20260302.csv ACCEPTED",
            "sales_20260301 (1).csv DUPLICATE",
            "bindings_20260302.csv ACCEPTED");
  }

  @Test
  void the_home_lives_on_without_the_server() throws Exception {
    assertThat(Files.readString(directory.resolve("home/omnipoints.yaml"))).doesNotContain("sftp");
    assertThat(Ran.in(directory, "status", "--json").json().get("date").asString())
        .isEqualTo("2026-03-03");
    assertThat(
            Ran.in(directory, "breaks", "list", "--json")
                .json()
                .get("items")
                .findValuesAsString("type"))
        .containsExactlyInAnyOrder("POINTS_DIFF", "UNATTRIBUTED");
    Ran again = Ran.in(directory, "demo", "--json");
    assertThat(again.exit()).isEqualTo(8);
    assertThat(again.json().get("code").asString()).isEqualTo("ALREADY_A_HOME");
  }
}
