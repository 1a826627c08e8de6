package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import omnipoints.sql.Database;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that is stopped in the middle of a night, and does not come back at once. */
class DatabaseGoesAwayTest {

  private static final String NIGHT = "2026-05-01";

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"collect:end", "post:member", "close:attached"})
  void a_database_that_goes_away_in_the_middle_is_9_in_plain_words(String point) {
    try (TestHome home = new TestHome(dir);
        Database database = Database.open(home.database.url(), Duration.ofSeconds(1))) {
      home.drop("pos/S1/1.csv", Pos.file(Pos.row("C1", NIGHT + " 10:00:00", "A", 100, "1", "1")));
      NightRequest request =
          NightRequest.of(LocalDate.parse(NIGHT), Progress.SILENT)
              .crashingAt(
                  reached -> {
                    if (reached.equals(point)) goAway(home);
                  });
      NightRefused refused =
          catchThrowableOfType(
              NightRefused.class, () -> Nightly.run(home.home(), database, request));
      assertThat(refused.exit()).as(refused.getMessage()).isEqualTo(9);
      assertThat(refused.code()).isEqualTo("DB_UNREACHABLE");
      assertThat(refused)
          .hasMessageStartingWith("the database went away during night " + NIGHT)
          .hasMessageNotContaining("Exception")
          .hasMessageNotContaining("statements/");
      assertThat(refused.next()).contains("./omnipoints restart " + NIGHT);
    }
  }

  /** Nobody may connect any more, and everybody who was connected is cut off. */
  private static void goAway(TestHome home) {
    String name = home.rows("select current_database()").get(0);
    try (Database other =
            Database.open(home.database.url().replaceFirst("(//[^/]+/)[^?]+", "$1template1"));
        Connection connection = other.connection();
        var statement = connection.createStatement()) {
      statement.execute("alter database " + name + " allow_connections false");
      statement.execute(
          "select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '"
              + name
              + "'");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
