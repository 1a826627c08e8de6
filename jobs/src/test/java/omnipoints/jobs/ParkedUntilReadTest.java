package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A receipt with a rejected row waits until a file shows no fewer rows of it, without a reject. */
class ParkedUntilReadTest {

  @TempDir Path dir;

  private static final String GOOD = Pos.row("C1", "2026-05-04 10:00:00", "A", 10, "1", "40");
  private static final String BAD =
      Pos.row("C1", "2026-05-04 10:00:00", "B", 20, "1", "40").replace(",20.00,", ",x,");
  private static final String MENDED = Pos.row("C1", "2026-05-04 10:00:00", "B", 20, "1", "40");

  @Test
  void a_file_that_shows_only_part_of_the_receipt_settles_nothing() {
    try (TestHome home = new TestHome(dir)) {
      home.drop("pos/S1/a.csv", Pos.file(GOOD, BAD));
      home.night("2026-05-04");
      home.drop("pos/S1/b.csv", Pos.file(GOOD));
      home.night("2026-05-05");
      assertThat(home.rows("select distinct state from quarantine")).containsExactly("OPEN");
      assertThat(home.rows("select class from verdict")).containsExactly("REJECTED_SIBLING");
      assertThat(home.rows("select count(*) from entry")).containsExactly("0");
      home.drop("pos/S1/c.csv", Pos.file(GOOD, MENDED));
      home.night("2026-05-06");
      assertThat(home.rows("select distinct state from quarantine")).containsExactly("REPLAYED");
      assertThat(home.rows("select sum(points) from entry")).containsExactly("30");
    }
  }
}
