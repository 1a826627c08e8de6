package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import omnipoints.sql.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class StatusVerbTest {
  @TempDir Path directory;

  @Test
  void a_night_whose_process_is_gone_is_not_running() throws Exception {
    try (SampleBooks books = new SampleBooks(directory)) {
      books.execute("update night set state = 'RUNNING', message = '' where night = '2026-01-03'");
      JsonNode status = books.run("status", "--json").json();
      assertThat(status.get("state").asString()).isEqualTo("FAILED");
      assertThat(status.get("message").asString()).startsWith("interrupted");
      assertThat(status.get("next").get(0).asString()).isEqualTo("./omnipoints restart 2026-01-03");

      try (var running = books.database().connection()) {
        Database.execute(running, "run lock", "select pg_advisory_lock(7310, 1)");
        assertThat(books.run("status", "--json").json().get("state").asString())
            .isEqualTo("RUNNING");
        Database.execute(running, "run lock", "select pg_advisory_unlock(7310, 1)");
      }
    }
  }

  @Test
  void what_a_failure_said_is_to_be_done_is_said_again() throws Exception {
    try (SampleBooks books = new SampleBooks(directory)) {
      books.execute(
          "update night set state = 'FAILED', message = 'its key is not known',"
              + " advice = E'add this line: x\\n./omnipoints restart 2026-01-03' where night = '2026-01-03'");
      JsonNode next = books.run("status", "--json").json().get("next");
      assertThat(next)
          .extracting(JsonNode::asString)
          .containsExactly("add this line: x", "./omnipoints restart 2026-01-03");
    }
  }

  @Test
  void a_header_that_changed_is_a_warning_of_its_delivery() throws Exception {
    try (SampleBooks books = new SampleBooks(directory)) {
      String news = "header changed: new 淘鲜达渠道; 买家实付额 may be 买家实付金额";
      books.execute(
          "update night_input set message = '"
              + news
              + "', file = 'changed.csv' where night = '2026-01-02' and outcome = 'ACCEPTED'");
      JsonNode status = books.run("status", "2026-01-02", "--json").json();
      assertThat(status.get("deliveries").get(0).get("message").asString()).isEqualTo(news);
      assertThat(books.run("status", "2026-01-02").out())
          .contains("\nWarnings about deliveries\n  changed.csv: " + news + "\n");
      assertThat(Ran.chinese(directory, "status", "2026-01-02").out())
          .contains("对交付文件的提醒\n  changed.csv：" + news);
      assertThat(books.run("status", "2026-01-01").out()).doesNotContain("Warnings");
    }
  }

  @Test
  void a_next_step_that_names_a_hash_names_its_file_too() throws Exception {
    try (SampleBooks books = new SampleBooks(directory)) {
      books.execute(
          "update night_input set outcome = 'NO_MAPPING', file = '三月 报表.csv', message = 'no mapping'");
      assertThat(books.run("status", "2026-01-02", "--json").json().get("next").get(0).asString())
          .startsWith("./omnipoints channel check ")
          .endsWith("/archive/aa/aa --channel pos   # 三月 报表.csv");
      assertThat(books.run("quarantine", "list", "--files", "--json").json().get("next").get(0))
          .hasToString("\"./omnipoints quarantine replay --file aa --dry-run   # 三月 报表.csv\"");
    }
  }

  @Test
  void help_promises_a_default_only_where_there_is_one() {
    assertThat(Ran.in(directory, "status", "--help").out()).contains("(default: the last night)");
    assertThat(Ran.in(directory, "restart", "--help").out())
        .contains("Run id or date of a night.")
        .doesNotContain("default: the last night");
    assertThat(Ran.chinese(directory, "restart", "--help").out()).doesNotContain("最近一夜");
  }

  @Test
  void a_database_without_any_night_says_what_to_type() throws Exception {
    try (SampleBooks books = new SampleBooks(directory)) {
      books.execute(
          "drop schema public cascade; drop schema batch cascade; drop schema quartz cascade; create schema public");
      Ran ran = books.run("status", "--json");
      assertThat(ran.exit()).isEqualTo(8);
      assertThat(ran.json().get("code").asString()).isEqualTo("NO_NIGHT");
      assertThat(ran.json().get("next").get(0).asString()).isEqualTo("./omnipoints nightly");
      assertThat(books.run("status", "2026-01-01").exit()).isEqualTo(8);
      for (String verb :
          new String[] {
            "quarantine list", "quarantine list --files", "quarantine list --group", "breaks list"
          }) {
        Ran read = books.run((verb + " --json").split(" "));
        assertThat(read.exit()).as(verb).isEqualTo(8);
        assertThat(read.json().get("code").asString()).as(verb).isEqualTo("NO_NIGHT");
        assertThat(books.run(verb.split(" ")).err()).as(verb).doesNotContain("\tat ");
      }
      for (String verb : new String[] {"status", "restart"}) {
        JsonNode refused = books.run(verb, "nosuchrun", "--json").json();
        assertThat(refused.get("exit").asInt()).isEqualTo(2);
        assertThat(refused.get("message").asString())
            .startsWith("there is no run \"nosuchrun\", nothing was run yet");
        assertThat(refused.get("next").get(0).asString()).isEqualTo("./omnipoints nightly");
      }
    }
  }

  @Test
  void a_date_that_was_never_begun_is_begun_by_restart_as_by_nightly() throws Exception {
    try (SampleBooks books = new SampleBooks(directory)) {
      books.execute(
          "drop schema public cascade; drop schema batch cascade; drop schema quartz cascade; create schema public");
      Ran ran = books.run("restart", "2026-01-01", "--json");
      assertThat(ran.exit()).as(ran.out()).isZero();
      assertThat(ran.json().get("state").asString()).isEqualTo("CLOSED");
      assertThat(ran.json().get("run").asString()).isEqualTo("nightly-2026-01-01");
      Ran again = books.run("restart", "nightly-2026-01-01", "--json");
      assertThat(again.exit()).isZero();
      assertThat(again.json().get("close_hash")).isEqualTo(ran.json().get("close_hash"));
      assertThat(books.run("status", "2026-01-02", "--json").json().get("code").asString())
          .isEqualTo("NO_SUCH_RUN");
    }
  }

  @Test
  void a_database_that_does_not_answer_ends_with_9() throws Exception {
    try (SampleBooks books = new SampleBooks(directory)) {
      Path settings = directory.resolve("home/omnipoints.yaml");
      String nowhere = "  url: jdbc:postgresql://127.0.0.1:1/x";
      Files.writeString(
          settings, Files.readString(settings).replaceFirst("(?m)^  url: jdbc.*", nowhere));
      Ran ran = books.run("status", "--json");
      assertThat(ran.exit()).isEqualTo(9);
      assertThat(ran.json().get("code").asString()).isEqualTo("DB_UNREACHABLE");
      assertThat(ran.json().get("next").size()).isPositive();
    }
  }
}
