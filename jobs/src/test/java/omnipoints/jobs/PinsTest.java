package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import omnipoints.points.PinnedRule;
import omnipoints.points.Programme;
import omnipoints.points.Programs;
import omnipoints.sql.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinsTest {

  @TempDir Path dir;

  @Test
  void a_transaction_that_is_repeated_keeps_what_the_first_attempt_would_have_kept()
      throws SQLException {
    Programme programme = Programs.load("base", dir);
    try (TestDatabase database = TestDatabase.fresh();
        var connection = database.database().connection()) {
      Pins pins = Pins.of(connection, programme);
      PinnedRule base = programme.versions().get(0).rule();
      var made =
          new PinnedRule(
              base.programVersion(),
              "other",
              base.perFen(),
              base.points(),
              base.mode(),
              base.rounding(),
              base.holdDays(),
              base.expiry());
      Integer number = pins.number(made);
      connection.setAutoCommit(false);
      pins.keep(connection);
      connection.rollback();
      pins.keep(connection);
      connection.commit();
      assertThat(Pins.of(connection, programme).number(made)).isEqualTo(number);
      assertThat(kept(connection)).isOne();
    }
  }

  private static long kept(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("select count(*) from pin where rule = 'other'")) {
      row.next();
      return row.getLong(1);
    }
  }
}
