package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.stream.Stream;
import omnipoints.sql.DatabaseCopy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What tonight would book is what tonight books, and asking changes nothing. */
class DryRunTest {

  @TempDir Path directory;

  private static List<String> files(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return files.map(file -> home.relativize(file).toString()).sorted().toList();
    }
  }

  @Test
  void a_night_is_told_by_channel_and_kind_and_then_booked_just_so() throws IOException {
    try (OperatedHome home = new OperatedHome(directory)) {
      home.sale("S1", "C1", "2025-12-31 10:00:00", 100);
      assertThat(home.run("nightly", "--date", "2025-12-31").exit()).isZero();
      home.sale("S1", "C2", "2026-01-01 10:00:00", 70);
      home.drop("pos/S2/strange.csv", "a,b\n1,2\n");
      home.release();
      List<String> before = files(home.dir());

      Ran dry = home.run("nightly", "--date", "2026-01-01", "--dry-run", "--json");
      assertThat(dry.exit()).as(dry.err()).isEqualTo(3);
      JsonNode would = dry.json();
      assertThat(would.get("nights").toString()).isEqualTo("[\"2026-01-01\"]");
      assertThat(would.get("points").toString())
          .isEqualTo(
              "[{\"channel\":\"pos\",\"shop\":\"S1\",\"kind\":\"EARN\",\"entries\":1,"
                  + "\"points\":70,\"moved\":0}]");
      assertThat(would.get("deliveries")).hasSize(2);
      assertThat(files(home.dir())).isEqualTo(before);
      assertThat(home.run("status", "--json").json().get("date").asString())
          .isEqualTo("2025-12-31");
      home.release();
      Ran text = home.run("nightly", "--date", "2026-01-01", "--dry-run");
      assertThat(text.out())
          .startsWith("Would be closed: 1 night(s), 2026-01-01 to 2026-01-01\n")
          .contains(
              "pos      S1    EARN        1      70      0\nall            EARN        1      70      0\n");

      Ran night = home.run("nightly", "--date", "2026-01-01", "--json");
      assertThat(night.exit()).isEqualTo(3);
      assertThat(night.json().get("points").get("earned").asLong()).isEqualTo(70);
      home.release();
      Ran again = home.run("nightly", "--date", "2026-01-01", "--dry-run");
      assertThat(again.out()).startsWith("Night 2026-01-01 is closed: nothing would be booked");
    }
  }

  @Test
  void a_copy_that_a_killed_dry_run_left_is_replaced_and_one_that_is_at_work_is_left_alone()
      throws Exception {
    try (OperatedHome home = new OperatedHome(directory)) {
      assertThat(home.run("nightly", "--date", "2026-01-01").exit()).isZero();
      String url = home.url();
      home.release();
      DatabaseCopy killed = DatabaseCopy.of(url);
      Files.createDirectories(home.dir().resolve("scratch/dry-run/inbox/pos"));
      try (var atWork = DriverManager.getConnection(killed.url())) {
        Ran refused = home.run("nightly", "--date", "2026-01-02", "--dry-run", "--json");
        assertThat(refused.exit()).isEqualTo(9);
        assertThat(refused.json().get("message").asString()).contains("another dry run is at work");
        assertThat(atWork.isValid(5)).isTrue();
      }
      Ran dry = home.run("nightly", "--date", "2026-01-02", "--dry-run", "--future");
      assertThat(dry.exit()).as(dry.out() + dry.err()).isZero();
      assertThat(home.dir().resolve("scratch/dry-run")).doesNotExist();
    }
  }

  @Test
  void while_others_are_connected_it_is_refused_with_what_to_do() throws IOException {
    try (OperatedHome home = new OperatedHome(directory)) {
      assertThat(home.run("nightly", "--date", "2026-01-01").exit()).isZero();
      home.database().transact(connection -> {});
      Ran refused = home.run("nightly", "--date", "2026-01-02", "--dry-run", "--json");
      assertThat(refused.exit()).isEqualTo(9);
      assertThat(refused.json().get("message").asString())
          .contains("cannot be copied while others are connected");
    }
  }
}
