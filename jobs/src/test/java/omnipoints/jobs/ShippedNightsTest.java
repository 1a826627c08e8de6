package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row X: the ready programmes, from files of a till to the extract. */
class ShippedNightsTest {

  @TempDir Path dir;

  /** A number of the one member in the extract of a night. */
  private static String told(TestHome home, String night, String column) {
    List<String> rows =
        home.file("outbox/crm/" + night + "/member_profile_full_" + night + ".csv")
            .lines()
            .toList();
    int at = Arrays.asList(rows.get(0).split(",")).indexOf(column);
    return rows.get(1).split(",", -1)[at];
  }

  /**
   * Two things of one receipt, bought on a Wednesday, of which the second comes back after the
   * hold: what could be used, what can be in the end, and the last day of it.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      yuan               | 200 | 100 | 300  | 200 | 2027-05-26
      ten_yuan           | 99  | 100 | 19   | 9   | 2026-12-31
      hundred_yuan       | 250 | 100 | 3    | 2   | 2027-12-31
      hundred_ten        | 250 | 100 | 30   | 20  | 2026-11-26
      hundred_ten_linear | 250 | 100 | 35   | 25  | ''
      member_day         | 200 | 300 | 2000 | 800 | 2027-05-26
      """)
  void X_a_ready_programme_from_files_to_the_extract(
      String programme, int first, int second, String earned, String kept, String lastDay)
      throws IOException {
    try (TestHome home = new TestHome(dir)) {
      home.write(
          "programs/base.yaml",
          Files.readString(Path.of("../points/programs/" + programme + ".yaml"))
              .replace("program: " + programme, "program: base"));
      home.drop(
          "pos/S1/1.csv",
          Pos.file(
              Pos.row("C1", "2026-05-20 10:00:00", "A", first, "9", "1"),
              Pos.row("C1", "2026-05-20 10:00:00", "B", second, "9", "1")));
      home.night("2026-06-04");
      assertThat(told(home, "2026-06-04", "points_available")).isEqualTo(earned);
      home.drop(
          "pos/S1/2.csv", Pos.file(Pos.row("C1", "2026-06-05 10:00:00", "B", -second, "9", "2")));
      home.night("2026-06-05");
      assertThat(told(home, "2026-06-05", "points_available")).isEqualTo(kept);
      assertThat(
              home.rows("select coalesce(max(expires_on)::text, '') from lot where remaining > 0"))
          .containsExactly(lastDay);
    }
  }
}
