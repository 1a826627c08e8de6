package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import omnipoints.sql.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A night that expects something. It is 03:00 of 2026-01-02 here. */
class WaitingNightTest {

  @TempDir Path directory;
  private TestDatabase database;
  private String settings;

  @BeforeEach
  void open() throws IOException {
    database = TestDatabase.fresh();
    Ran.in(directory, "init");
    settings =
        Files.readString(directory.resolve("home/omnipoints.yaml"))
            + "database:\n  url: "
            + database.url()
            + "\n";
    expecting("{document: store_sales, shop: S1, days: [thu, fri], deadline: '09:00'}");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private String metrics() throws IOException {
    return Files.readString(directory.resolve("home/metrics/omnipoints.prom"));
  }

  private void expecting(String item) throws IOException {
    Files.writeString(
        directory.resolve("home/omnipoints.yaml"),
        settings.replace(
            "  pos:\n    transport: folder\n",
            "  pos:\n    transport: folder\n    expected: [" + item + "]\n"));
  }

  private void sales(String shop, String card) throws IOException {
    Path file =
        Files.createDirectories(directory.resolve("home/inbox/pos/" + shop)).resolve(card + ".csv");
    Files.writeString(
        file,
        "kh,dtime,spbm,sl,sj,je,spmc,jf,syjh,djh,gzbh,gzmc\n"
            + card
            + ",2026-01-01 10:00:00,A,1,100,100,skirt,100,03,"
            + card
            + ",G1,women\n");
    Files.createFile(file.resolveSibling(card + ".csv.done"));
  }

  @Test
  void before_the_deadline_the_night_waits_and_keeps_what_has_come() throws IOException {
    sales("S2", "C2");
    Ran waits = Ran.in(directory, "nightly", "--date", "2026-01-01", "--json");
    assertThat(waits.exit()).as(waits.err()).isEqualTo(10);
    JsonNode night = waits.json();
    assertThat(night.get("state").asString()).isEqualTo("WAITING");
    assertThat(night.get("message").asString())
        .isEqualTo("night 2026-01-01 waits until 2026-01-02 09:00 for pos store_sales of S1");
    assertThat(night.get("expected").toString())
        .isEqualTo(
            "[{\"channel\":\"pos\",\"shop\":\"S1\",\"document\":\"store_sales\","
                + "\"deadline\":\"2026-01-02T09:00:00+08:00\",\"state\":\"WAITING\"}]");
    assertThat(night.get("next").toString())
        .isEqualTo(
            "[\"./omnipoints nightly --date 2026-01-01\","
                + "\"./omnipoints nightly --date 2026-01-01 --without pos --reason TEXT\"]");
    assertThat(night.get("close_hash").isNull()).isTrue();
    assertThat(metrics())
        .contains("omnipoints_night_state{state=\"WAITING\"} 1\n")
        .contains("omnipoints_expected_missing{channel=\"pos\"} 1\n")
        .doesNotContain("omnipoints_last_closed_night_seconds");
    Ran status = Ran.in(directory, "status");
    assertThat(status.exit()).isZero();
    assertThat(status.out())
        .contains("Night 2026-01-01: WAITING")
        .contains("pos      S1    store_sales  WAITING  2026-01-02T09:00:00+08:00");
    assertThat(Ran.chinese(directory, "status").out()).contains("应到文件").contains("等待");

    sales("S1", "C1");
    Ran closed = Ran.in(directory, "nightly", "--date", "2026-01-01", "--json");
    assertThat(closed.exit()).as(closed.err()).isZero();
    assertThat(closed.json().get("expected").get(0).get("state").asString()).isEqualTo("ARRIVED");
    assertThat(closed.json().get("points").get("earned").asLong()).isEqualTo(200);
    assertThat(metrics())
        .contains("# TYPE omnipoints_last_closed_night_seconds gauge\n")
        .contains("omnipoints_last_closed_night_seconds 1767196800\n")
        .contains("omnipoints_night_state{state=\"CLOSED\"} 1\n")
        .contains("omnipoints_night_points{kind=\"EARN\"} 200\n")
        .contains("omnipoints_night_rows{channel=\"pos\",fate=\"merged\"} 2\n")
        .doesNotContain("omnipoints_expected_missing");
  }

  @Test
  void after_the_deadline_it_closes_with_exit_10_and_a_break_until_the_file_comes()
      throws IOException {
    expecting("{document: store_sales, shop: S1, deadline: '02:30'}");
    Ran closed = Ran.in(directory, "nightly", "--date", "2026-01-01", "--json");
    assertThat(closed.exit()).as(closed.err()).isEqualTo(10);
    assertThat(closed.json().get("state").asString()).isEqualTo("CLOSED");
    assertThat(closed.json().get("expected").get(0).get("state").asString()).isEqualTo("MISSING");
    JsonNode open = Ran.in(directory, "breaks", "list", "--json").json().get("items");
    assertThat(open).hasSize(1);
    assertThat(open.get(0).get("type").asString()).isEqualTo("MISSING_DELIVERY");
    sales("S1", "C1");
    Ran next = Ran.in(directory, "nightly", "--date", "2026-01-02", "--json");
    assertThat(next.exit()).as(next.err()).isZero();
    assertThat(Ran.in(directory, "breaks", "list", "--json").json().get("items")).isEmpty();
  }

  @Test
  void a_night_closed_without_a_channel_says_so_in_its_close_and_takes_late_rows_later()
      throws IOException {
    assertThat(Ran.in(directory, "nightly", "--date", "2026-01-01").exit()).isEqualTo(10);
    for (String[] wrong :
        new String[][] {
          {"--without", "pos"}, {"--reason", "x"}, {"--without", "jd", "--reason", "x"}
        }) {
      String[] line = new String[wrong.length + 3];
      line[0] = "nightly";
      line[1] = "--date";
      line[2] = "2026-01-01";
      System.arraycopy(wrong, 0, line, 3, wrong.length);
      assertThat(Ran.in(directory, line).exit()).as(String.join(" ", line)).isEqualTo(2);
    }
    Ran closed =
        Ran.in(
            directory,
            "nightly",
            "--date",
            "2026-01-01",
            "--without",
            "pos",
            "--reason",
            "the till is broken",
            "--json");
    assertThat(closed.exit()).as(closed.err()).isZero();
    assertThat(closed.json().get("state").asString()).isEqualTo("CLOSED");
    assertThat(closed.json().get("accepted").asString())
        .isEqualTo("without pos: the till is broken");
    assertThat(closed.json().get("expected").get(0).get("state").asString()).isEqualTo("WITHOUT");
    assertThat(Ran.in(directory, "nightly", "--date", "2026-01-01").exit()).isZero();
    // who reads the breaks still sees that something is to come
    assertThat(
            Ran.in(directory, "breaks", "list", "--json")
                .json()
                .get("items")
                .get(0)
                .get("detail")
                .asString())
        .isEqualTo(
            "expected on Thu, Fri, did not arrive for 2026-01-01; closed without it: the till is broken");
    sales("S1", "C1");
    Ran next = Ran.in(directory, "nightly", "--date", "2026-01-02", "--json");
    assertThat(next.exit()).as(next.err()).isZero();
    assertThat(next.json().get("points").get("earned").asLong()).isEqualTo(100);
  }

  @Test
  void on_other_days_nothing_is_expected_and_a_wrong_deadline_is_told_with_its_line()
      throws IOException {
    expecting("{document: store_sales, days: [sat, sun], deadline: '09:00'}");
    assertThat(Ran.in(directory, "nightly", "--date", "2026-01-01").exit()).isZero();
    expecting("{document: store_sales, days: [someday], deadline: 9}");
    Ran refused = Ran.in(directory, "nightly", "--date", "2026-01-02", "--json");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.json().get("message").asString())
        .contains("channels.pos.expected.days: a list of different days is needed")
        .contains(
            "channels.pos.expected.deadline: 9 is no time of the day after the business date");
  }

  @Test
  void the_calendar_shows_every_date_by_channel_and_names_what_to_see_to() throws IOException {
    expecting("{document: store_sales, shop: S1, deadline: '02:30'}");
    Ran.in(directory, "nightly", "--date", "2025-12-31");
    sales("S1", "C1");
    Files.writeString(directory.resolve("home/inbox/pos/S1/strange.csv"), "a,b\n1,2\n");
    Files.createFile(directory.resolve("home/inbox/pos/S1/strange.csv.done"));
    Ran.in(directory, "nightly", "--date", "2026-01-01");
    expecting("{document: store_sales, shop: S1, deadline: '09:00'}");
    Ran.in(directory, "nightly", "--date", "2026-01-02");
    Ran calendar =
        Ran.in(directory, "", Map.of(), new Screen(80, false, false), "status", "--calendar");
    assertThat(calendar.exit()).as(calendar.err()).isZero();
    assertThat(calendar.out())
        .isEqualTo(
            """

            date        state    exit  step     pos  breaks  entries
            ----------  -------  ----  -------  ---  ------  -------
            2025-12-31  CLOSED     10           0?        1        0
            2026-01-01  CLOSED      3           2!        0        1
            2026-01-02  WAITING        collect  0?        0

            Files by channel; ! some row or file was not trusted, ? an expected one is
                missing.

            What to type next:
              ./omnipoints status 2026-01-02
            """);
    JsonNode days = Ran.in(directory, "status", "--calendar", "--json").json().get("days");
    assertThat(days).hasSize(3);
    assertThat(days.get(1).get("channels").toString())
        .isEqualTo(
            "[{\"channel\":\"pos\",\"files\":2,\"rows\":1,\"rejected\":0,\"refused\":1,\"missing\":0}]");
    assertThat(Ran.in(directory, "status", "2026-01-01", "--calendar").exit()).isEqualTo(2);
  }
}
