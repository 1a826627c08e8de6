package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import omnipoints.sql.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nightly and restart answer about dates that are closed, or still to come. */
class NightVerbsTest {

  @TempDir Path directory;

  @Test
  void a_closed_night_answers_as_it_ended_and_a_date_to_come_is_refused() throws Exception {
    try (TestDatabase database = TestDatabase.fresh()) {
      Ran.in(directory, "init");
      Path settings = directory.resolve("home/omnipoints.yaml");
      Files.writeString(
          settings, Files.readString(settings) + "database:\n  url: " + database.url() + "\n");
      Path strange =
          Files.createDirectories(directory.resolve("home/inbox/pos/S1")).resolve("a.csv");
      Files.writeString(strange, "a,b\n1,2\n");
      Files.createFile(strange.resolveSibling("a.csv.done"));
      // it is 2026-01-02 here
      for (String verb : new String[] {"nightly --date 2026-01-03", "restart 2062-05-02"}) {
        Ran refused = Ran.in(directory, (verb + " --json").split(" "));
        assertThat(refused.exit()).isEqualTo(8);
        assertThat(refused.json().get("code").asString()).isEqualTo("FUTURE_DATE");
        assertThat(refused.json().get("message").asString())
            .endsWith("2026-01-02 in Asia/Shanghai");
      }
      assertThat(Ran.in(directory, "nightly", "--date", "2026-01-01").exit()).isEqualTo(3);
      assertThat(Ran.in(directory, "nightly", "--date", "2026-01-01").exit()).isEqualTo(3);
      assertThat(Ran.in(directory, "restart", "2026-01-01", "--json").exit()).isEqualTo(3);
      Ran ahead = Ran.in(directory, "nightly", "--date", "2026-01-03", "--future", "--json");
      assertThat(ahead.exit()).as(ahead.err()).isZero();
    }
  }
}
