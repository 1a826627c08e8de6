package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicInteger;
import omnipoints.sql.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another session uses the ledger while a night closes. */
class LedgerHeldByOthersTest {

  @TempDir Path dir;

  private TestHome home(int patienceSeconds) {
    return new TestHome(dir, "database:\n  patience_seconds: " + patienceSeconds + "\n")
        .drop("pos/p1/a.csv", Pos.file(Pos.row("C1", "2026-01-05 10:00:00", "A", 30, "1", "1")));
  }

  /** A session of somebody else, with an open transaction that holds the ledger. */
  private static Connection holding(TestHome home) throws SQLException {
    Connection other = home.database.database().connection();
    Database.execute(other, "name", "set application_name = 'monthly report'");
    other.setAutoCommit(false);
    Database.execute(other, "hold", "lock table entry in share mode");
    return other;
  }

  @Test
  void a_night_waits_for_the_session_that_holds_the_ledger_and_then_closes() throws SQLException {
    try (TestHome home = home(60);
        Connection other = holding(home)) {
      var waited = new AtomicInteger();
      NightRequest request =
          NightRequest.of(LocalDate.parse("2026-01-05"), Progress.SILENT)
              .crashingAt(
                  point -> {
                    if (point.equals("close:waiting") && waited.incrementAndGet() == 2)
                      commit(other);
                  });
      assertThat(Nightly.run(home.home(), home.database.database(), request).exit()).isZero();
      assertThat(waited).hasValueGreaterThanOrEqualTo(2);
      assertThat(home.ledger("2026-01-05")).hasSize(1);
      home.proveEverything();
    }
  }

  @Test
  void a_night_that_has_waited_long_enough_names_who_holds_the_ledger_and_can_be_restarted()
      throws SQLException {
    try (TestHome home = home(1);
        Connection other = holding(home)) {
      int pid = pid(other);
      NightRefused refused =
          catchThrowableOfType(NightRefused.class, () -> home.night("2026-01-05"));
      assertThat(refused.exit()).isEqualTo(9);
      assertThat(refused.code()).isEqualTo("LOCK_HELD");
      assertThat(refused)
          .hasMessageStartingWith(
              "step close of night 2026-01-05 needs a table for itself and did not get it within 1 s"
                  + " (statements/nightly/close.sql#attach_entry); it is held by session "
                  + pid
                  + " of user ")
          .hasMessageContaining(", application monthly report, ")
          .hasMessageContaining(", since 20");
      assertThat(refused.next())
          .containsExactly(
              "end that session, or in psql: select pg_terminate_backend(" + pid + ");",
              "./omnipoints restart 2026-01-05");
      assertThat(home.rows("select state from night")).containsExactly("FAILED");
      assertThat(home.rows("select count(*)::text from close")).containsExactly("0");
      commit(other);
      assertThat(home.night("2026-01-05").exit()).isZero();
      assertThat(home.ledger("2026-01-05")).hasSize(1);
    }
  }

  private static void commit(Connection other) {
    try {
      other.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int pid(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    }
  }
}
