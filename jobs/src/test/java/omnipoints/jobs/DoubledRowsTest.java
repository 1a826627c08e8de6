package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import omnipoints.jobs.BreakDecision.Ending;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A till file that was appended to itself waits for somebody's word before it earns twice. */
class DoubledRowsTest {

  private static final String ONCE =
      Pos.row("C1", "2026-05-01 10:00:00", "A1", 100, "01", "0001")
          + "\n"
          + Pos.row("C2", "2026-05-01 11:00:00", "A2", 50, "01", "0002");

  @TempDir Path dir;

  private static List<String> outcomes(TestHome home, String night) {
    return home.rows(
        "select concat_ws(' ', shop, file, outcome, rows_in, merged, duplicate, rejected, waiting)"
            + " from night_input where night = '"
            + night
            + "' order by n");
  }

  @Test
  void a_file_in_which_every_row_stands_twice_waits_until_it_is_accepted() {
    try (TestHome home = new TestHome(dir)) {
      String doubled = Pos.file(ONCE, "kh,dtime,spbm,sl,sj,je,spmc,jf,syjh,djh,gzbh,gzmc", ONCE);
      home.drop("pos/S1/sales.csv", doubled);
      home.drop(
          "pos/S2/sales.csv", Pos.file(Pos.row("C3", "2026-05-01 09:00:00", "A1", 10, "01", "1")));
      assertThat(home.night("2026-05-01").exit()).isEqualTo(3);
      assertThat(outcomes(home, "2026-05-01"))
          .containsExactly("S1 sales.csv ACCEPTED 4 0 0 0 4", "S2 sales.csv ACCEPTED 1 1 0 0 0");
      assertThat(home.balances()).containsExactly("10 0 0");
      assertThat(home.rows("select detail from break where type = 'DOUBLED_ROWS'").get(0))
          .startsWith("sales.csv: each of its rows stands there an even number of times")
          .contains("its 4 rows wait");
      // The same bytes again change nothing, nor does a night without input.
      home.drop("pos/S1/again.csv", doubled);
      home.night("2026-05-02");
      assertThat(outcomes(home, "2026-05-02")).containsExactly("S1 again.csv DUPLICATE 4 0 4 0 0");
      assertThat(home.balances()).containsExactly("10 0 0");
      String id = home.rows("select id from break where type = 'DOUBLED_ROWS'").get(0);
      BreakDecision.end(
          home.database.database(),
          Clock.systemUTC(),
          id,
          Ending.ACCEPT,
          "li",
          "two of each were sold");
      assertThat(home.night("2026-05-03").exit()).isZero();
      assertThat(outcomes(home, "2026-05-03")).containsExactly("S1 sales.csv ACCEPTED 4 4 0 0 0");
      assertThat(home.ledger("2026-05-03")).allMatch(entry -> entry.contains("2026-05-01 1"));
      assertThat(home.balances()).containsExactly("10 0 0", "200 0 0", "100 0 0");
      home.night("2026-05-04");
      assertThat(outcomes(home, "2026-05-04")).isEmpty();
    }
  }

  @Test
  void a_row_that_stands_once_makes_the_file_sound_and_rejects_are_kept() {
    try (TestHome home = new TestHome(dir)) {
      String bad = Pos.row("C9", "2026-05-01 10:00:00", "A1", 7, "01", "0009").replace("7.00", "x");
      String single = Pos.row("C3", "2026-05-01 12:00:00", "A1", 10, "01", "0003");
      home.drop("pos/S1/sound.csv", Pos.file(ONCE, single, ONCE));
      home.drop("pos/S2/doubled.csv", Pos.file(ONCE, bad, ONCE, bad));
      home.night("2026-05-01");
      assertThat(outcomes(home, "2026-05-01"))
          .containsExactly("S1 sound.csv ACCEPTED 5 5 0 0 0", "S2 doubled.csv ACCEPTED 6 0 0 2 4");
      assertThat(home.breaks()).hasSize(1);
    }
  }
}
