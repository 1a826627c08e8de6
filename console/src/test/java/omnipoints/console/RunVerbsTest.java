package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import omnipoints.sql.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** How people steer nights: each verb says first what it would do. */
class RunVerbsTest {

  @TempDir Path directory;
  private OperatedHome home;

  @BeforeEach
  void open() throws IOException {
    home = new OperatedHome(directory);
    home.sale("S1", "C1", "2025-12-30 10:00:00", 100);
    home.sale("S1", "C2", "2025-12-31 10:00:00", 50);
  }

  @AfterEach
  void close() {
    home.close();
  }

  private void execute(String sql) {
    home.database().transact(connection -> Database.execute(connection, "arrange", sql));
  }

  @Test
  void catch_up_shows_every_date_and_runs_the_missing_ones_in_order() {
    Ran plan =
        home.run("catch-up", "--from", "2025-12-30", "--to", "2026-01-01", "--dry-run", "--json");
    assertThat(plan.exit()).as(plan.err()).isZero();
    JsonNode days = plan.json().get("plan").get("days");
    assertThat(days).hasSize(3);
    assertThat(days.get(0).toString())
        .isEqualTo("{\"date\":\"2025-12-30\",\"state\":\"\",\"action\":\"NEW\",\"frozen\":0}");
    assertThat(home.run("status").exit()).isEqualTo(8);
    assertThat(home.run("status", "--calendar", "--json").json().get("code").asString())
        .isEqualTo("NO_NIGHT");

    Ran ran = home.run("catch-up", "--from", "2025-12-30", "--to", "2026-01-01", "--json");
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.json().get("date").asString()).isEqualTo("2026-01-01");
    assertThat(
            home.run("status", "2025-12-30", "--json").json().get("points").get("earned").asLong())
        .isEqualTo(100);
    assertThat(
            home.run("status", "2025-12-31", "--json").json().get("points").get("earned").asLong())
        .isEqualTo(50);

    Ran again = home.run("catch-up", "--from", "2025-12-30", "--to", "2026-01-01");
    assertThat(again.exit()).isZero();
    assertThat(again.out())
        .contains("Nights from 2025-12-30 to 2026-01-01")
        .contains("2025-12-31  CLOSED  kept");
    assertThat(
            home.run("catch-up", "--from", "2026-01-03", "--to", "2026-01-04", "--json")
                .json()
                .get("code")
                .asString())
        .isEqualTo("EARLIER_NIGHT_OPEN");
    assertThat(home.run("catch-up", "--to", "2026-01-01").exit()).isEqualTo(2);
    assertThat(home.run("catch-up", "--from", "2026-01-02", "--to", "2026-01-01").exit())
        .isEqualTo(2);
  }

  @Test
  void of_a_date_that_was_never_begun_all_is_to_come() {
    Ran plan = home.run("restart", "2025-12-31", "--dry-run", "--json");
    assertThat(plan.exit()).as(plan.err()).isZero();
    assertThat(plan.json().get("plan").get("state").asString()).isEqualTo("MISSING");
    assertThat(plan.json().get("plan").get("steps").get(0).get("action").asString())
        .isEqualTo("NEW");
    assertThat(home.run("status").exit()).as("nothing was begun").isEqualTo(8);
  }

  @Test
  void what_lies_in_the_inbox_is_taken_by_the_last_of_the_dates_that_are_caught_up()
      throws IOException {
    assertThat(home.run("nightly", "--date", "2025-12-30").exit()).isZero();
    home.sale("S1", "C3", "2025-12-31 11:00:00", 20);
    Ran ran = home.run("catch-up", "--from", "2025-12-31", "--to", "2026-01-01", "--json");
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(home.run("status", "2025-12-31", "--json").json().get("deliveries")).isEmpty();
    JsonNode taken = ran.json().get("deliveries");
    assertThat(taken).hasSize(1);
    assertThat(taken.get(0).get("file").asString()).isEqualTo("C3.csv");
  }

  @Test
  void of_a_closed_night_what_was_handed_out_is_written_again_and_nothing_else()
      throws IOException {
    assertThat(home.run("nightly", "--date", "2026-01-01").exit()).isZero();
    Path manifest = home.dir().resolve("outbox/crm/2026-01-01/manifest.json");
    byte[] bytes = Files.readAllBytes(manifest);
    Files.delete(manifest);
    Ran plan =
        Ran.in(
            directory,
            "",
            Map.of(),
            new Screen(80, false, false),
            "rerun",
            "2026-01-01",
            "--from",
            "extract",
            "--dry-run");
    assertThat(plan.exit()).as(plan.err()).isZero();
    assertThat(plan.out())
        .startsWith("Plan for night 2026-01-01, which is CLOSED\n")
        .contains("close      kept", "extract    redone", "deliver    redone")
        .contains("no entry is added");
    assertThat(plan.out().lines()).allMatch(line -> CharWidth.of(line) <= 80);
    assertThat(manifest).doesNotExist();

    Ran ran = home.run("rerun", "nightly-2026-01-01", "--only", "extract", "--json");
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.json().get("written").toString())
        .isEqualTo("[\"outbox/crm/2026-01-01/manifest.json\"]");
    assertThat(Files.readAllBytes(manifest)).isEqualTo(bytes);

    Ran refused = home.run("rerun", "2026-01-01", "--from", "post", "--json");
    assertThat(refused.exit()).isEqualTo(8);
    assertThat(refused.json().get("code").asString()).isEqualTo("NIGHT_CLOSED");
    assertThat(home.run("rerun", "2026-01-01").exit()).isEqualTo(2);
    assertThat(home.run("rerun", "2026-01-01", "--from", "sweep").exit()).isEqualTo(2);
    assertThat(home.run("rerun", "2025-01-01", "--from", "extract").exit()).isEqualTo(8);
    assertThat(home.run("restart", "2026-01-01", "--dry-run").out()).contains("deliver    kept");
    assertThat(Ran.chinese(directory, "rerun", "2026-01-01", "--only", "extract").out())
        .contains("保留")
        .contains("全部文件与当初写下的一致");
  }

  @Test
  void a_short_history_is_not_folded() throws IOException {
    assertThat(home.run("nightly", "--date", "2026-01-01").exit()).isZero();
    Ran ran = home.run("fold");
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out()).isEqualTo("Nothing to fold: no table has more parts than it may.\n");
    assertThat(home.run("fold", "--dry-run", "--json").json().get("folded")).isEmpty();
    assertThat(Ran.chinese(directory, "fold").out()).startsWith("无需合并");
  }

  @Test
  void only_a_running_night_can_be_stopped_and_only_an_unknown_end_be_resolved() throws Exception {
    assertThat(home.run("nightly", "--date", "2026-01-01").exit()).isZero();
    assertThat(home.run("stop", "2026-01-01", "--json").json().get("code").asString())
        .isEqualTo("NOT_RUNNING");
    assertThat(
            home.run("resolve", "2026-01-01", "--reason", "x", "--json")
                .json()
                .get("code")
                .asString())
        .isEqualTo("END_IS_KNOWN");
    execute(
        "insert into night (night, run, state, code_hash, mappings_hash, program_hash, program, program_version, began_at)"
            + " select '2026-01-02', 'nightly-2026-01-02', 'RUNNING', code_hash, mappings_hash, program_hash, program,"
            + " program_version, began_at from night");
    execute(
        "insert into night_step (night, step, state, began_at) values ('2026-01-02', 'collect', 'RUNNING', now())");
    try (Connection other = home.database().connection()) {
      Database.execute(other, "run", "select pg_advisory_lock(7310, 1)");
      Ran would = home.run("stop", "2026-01-02", "--dry-run");
      assertThat(would.exit()).as(would.err()).isZero();
      assertThat(would.out()).contains("would stop after step collect");
      assertThat(stateInCalendar()).isEqualTo("RUNNING");
      assertThat(home.run("stop", "2026-01-02", "--by", "li", "--json").exit()).isZero();
      assertThat(home.run("resolve", "2026-01-02", "--reason", "x").exit()).isEqualTo(7);
      assertThat(home.run("rerun", "2026-01-02", "--from", "collect").exit()).isEqualTo(7);
      Database.execute(other, "run", "select pg_advisory_unlock(7310, 1)");
    }
    assertThat(stateInCalendar()).isEqualTo("FAILED");
    assertThat(home.run("resolve", "2026-01-02").exit()).isEqualTo(2);
    Ran shown = home.run("resolve", "2026-01-02", "--dry-run");
    assertThat(shown.exit()).as(shown.err()).isZero();
    assertThat(shown.out()).contains("collect", "RUNNING");
    Ran done = home.run("resolve", "2026-01-02", "--reason", "the machine burnt down", "--json");
    assertThat(done.exit()).isZero();
    assertThat(done.json().get("next").get(0).asString())
        .isEqualTo("./omnipoints restart 2026-01-02");
    assertThat(home.run("status", "--json").json().get("state").asString()).isEqualTo("FAILED");
    Ran finished = home.run("restart", "2026-01-02", "--accept-version", "--json");
    assertThat(finished.exit()).as(finished.err()).isZero();
    assertThat(finished.json().get("state").asString()).isEqualTo("CLOSED");
  }

  private String stateInCalendar() {
    JsonNode calendar = home.run("status", "--calendar", "--json").json();
    assertThat(calendar.get("schema").asString()).isEqualTo("omnipoints.calendar/1");
    JsonNode days = calendar.get("days");
    return days.get(days.size() - 1).get("state").asString();
  }

  @Test
  void a_delivery_is_found_by_the_beginning_of_its_hash_and_tells_what_stands_by_it()
      throws IOException {
    assertThat(home.run("nightly", "--date", "2026-01-01").exit()).isZero();
    JsonNode items = home.run("delivery", "list", "--json").json().get("items");
    assertThat(items).hasSize(2);
    String hash = items.get(0).get("sha256").asString();
    assertThat(items.get(0).get("file").asString()).isEqualTo("C1.csv");
    home.drop("pos/S1/again.csv", OperatedHome.till("C1", "2025-12-30 10:00:00", 100));
    assertThat(home.run("nightly", "--date", "2026-01-02").exit()).isZero();

    Ran shown = home.run("delivery", "show", hash.substring(0, 12), "--json");
    assertThat(shown.exit()).as(shown.err()).isZero();
    assertThat(shown.json().get("arrivals")).hasSize(2);
    assertThat(shown.json().get("arrivals").get(1).get("outcome").asString())
        .isEqualTo("DUPLICATE");
    assertThat(shown.json().get("holds").get("lines").asLong()).isEqualTo(1);
    assertThat(
            Ran.in(directory, "", Map.of(), new Screen(80, false, false), "delivery", "show", hash)
                .out())
        .startsWith("C1.csv (pos, S1): store_sales, 1 rows\n")
        .contains("2026-01-02  DUPLICATE     1  duplicate 1  again.csv");
    assertThat(home.run("delivery", "list", "--file", "C2.csv", "--json").json().get("items"))
        .hasSize(1);
    assertThat(home.run("delivery", "show", "zzzz", "--json").json().get("code").asString())
        .isEqualTo("NO_SUCH_DELIVERY");
    assertThat(home.run("delivery", "show", "../x").exit()).isEqualTo(2);
  }
}
