package omnipoints.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDatabaseTest {

  @TempDir Path home;

  @Test
  void it_starts_durable_and_stops() throws Exception {
    var local = LocalDatabase.in(home);
    long t0 = System.nanoTime();
    local.start();
    System.err.println("first start " + (System.nanoTime() - t0) / 1_000_000);
    t0 = System.nanoTime();
    String url = local.url();
    System.err.println("second " + (System.nanoTime() - t0) / 1_000_000);
    try (var database = Database.open(url);
        Connection connection = database.connection();
        ResultSet row = connection.createStatement().executeQuery("select current_setting('fsync') || current_setting('synchronous_commit')")) {
      row.next();
      assertThat(row.getString(1)).isEqualTo("onon");
    }
    assertThat(local.stop()).isTrue();
    assertThat(local.running()).isEmpty();
    t0 = System.nanoTime();
    local.start();
    System.err.println("restart " + (System.nanoTime() - t0) / 1_000_000);
    local.stop();
  }
}
