package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is left lying in the inbox is said by every night until it is gone, with its first night.
 */
class LeftInTheInboxTest {

  @TempDir Path dir;

  @Test
  void every_night_says_what_lies_there_and_since_when() throws IOException {
    try (TestHome home = new TestHome(dir)) {
      home.drop("pos/S1/~$sales.xlsx", "lock").drop("pos/S1/cut.csv", "kh");
      Files.writeString(dir.resolve("inbox/pos/S1/cut.csv.done"), "0".repeat(64));
      home.night("2026-05-01");
      assertThat(left(home, "2026-05-01"))
          .containsExactly(
              "pos/S1/cut.csv HASH_DIFFERS 2026-05-01", "pos/S1/~$sales.xlsx JUNK 2026-05-01");
      home.drop("wrong/a.csv", "1");
      // The night of the 2nd runs with what is frozen, that of the 3rd looks again.
      home.night("2026-05-03");
      assertThat(left(home, "2026-05-02")).isEqualTo(left(home, "2026-05-01"));
      assertThat(left(home, "2026-05-03"))
          .containsExactly(
              "pos/S1/cut.csv HASH_DIFFERS 2026-05-01",
              "pos/S1/~$sales.xlsx JUNK 2026-05-01",
              "wrong/a.csv UNKNOWN_CHANNEL 2026-05-03",
              "wrong/a.csv.done UNKNOWN_CHANNEL 2026-05-03");
      assertThat(home.file("reports/2026-05-03/left.csv"))
          .startsWith("file,since,kind,reason\npos/S1/cut.csv,2026-05-01,HASH_DIFFERS,")
          .contains("its .done expects SHA-256 " + "0".repeat(64));
      Files.delete(dir.resolve("inbox/pos/S1/~$sales.xlsx"));
      Files.delete(dir.resolve("inbox/pos/S1/cut.csv.done"));
      home.night("2026-05-04");
      assertThat(left(home, "2026-05-04"))
          .containsExactly(
              "wrong/a.csv UNKNOWN_CHANNEL 2026-05-03",
              "wrong/a.csv.done UNKNOWN_CHANNEL 2026-05-03");
    }
  }

  private static List<String> left(TestHome home, String night) {
    return home.rows(
        "select file || ' ' || kind || ' ' || since from inbox_left where night = '"
            + night
            + "' order by n");
  }
}
