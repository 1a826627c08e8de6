package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever received a close returns its hash, which is kept and compared for ever. */
class AckTest {

  @TempDir Path dir;
  private TestHome home;

  @BeforeEach
  void open() {
    home = new TestHome(dir);
    home.night("2026-05-01");
    home.night("2026-05-02");
  }

  @AfterEach
  void close() {
    home.close();
  }

  private String hash(String night) {
    return home.rows("select close_hash from close where night = '" + night + "'").get(0);
  }

  private Verification verified(Path against) {
    return Verification.run(
        home.home(),
        home.database.database(),
        LocalDate.parse("2026-05-01"),
        LocalDate.parse("2026-05-04"),
        against);
  }

  @Test
  void an_acknowledgement_is_kept_and_finds_a_history_that_was_rewritten() {
    String ack = "date,close_hash\n2026-05-01," + hash("2026-05-01") + "\n2026-05-01,";
    home.drop("program/ack.csv", ack + hash("2026-05-01") + "\n");
    assertThat(home.night("2026-05-03").exit()).isZero();
    assertThat(
            home.rows(
                "select document || ' ' || rows_in || ' ' || merged || ' ' || duplicate"
                    + " from night_input where night = '2026-05-03'"))
        .containsExactly("ack 2 1 1");
    assertThat(dir.resolve("acks"))
        .isDirectoryContaining(file -> file.toString().contains("2026-05-01-"));
    assertThat(verified(dir.resolve("acks")).findings()).isEmpty();
    assertThat(verified(null).acks()).isEqualTo(1);

    home.execute(
        "update close_ack set close_hash = 'what was closed then' where closed = '2026-05-01'");
    assertThat(verified(null).findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.kind()).isEqualTo(Verification.Kind.ACK_DIFFERS);
              assertThat(finding.detail())
                  .startsWith("ack.csv confirms the close what was closed then; here it is ");
            });
  }

  @Test
  void one_that_differs_is_a_break_of_the_night_that_reads_it() {
    home.drop("program/ack.csv", "date,close_hash\n2026-05-01,0123456789abcdef\n2026-06-01,ff\n");
    assertThat(home.night("2026-05-03").exit()).isEqualTo(3);
    assertThat(home.breaks())
        .containsExactly("CONTROL_TOTAL close 2026-05-01", "CONTROL_TOTAL close 2026-06-01");
    assertThat(home.rows("select detail from break order by key"))
        .containsExactly(
            "others confirm the close 0123456789ab of 2026-05-01, which here is "
                + hash("2026-05-01").substring(0, 12),
            "others confirm the close ff of 2026-06-01, which here is not closed");
  }
}
