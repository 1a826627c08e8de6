package omnipoints.schedules;

import java.sql.Connection;
import java.sql.SQLException;
import omnipoints.sql.Database;
import org.quartz.utils.ConnectionProvider;

/** Lends Quartz the connections everything else uses. */
record SharedPool(Database database) implements ConnectionProvider {

  @Override
  public Connection getConnection() throws SQLException {
    return database.dataSource().getConnection();
  }

  @Override
  public void initialize() {}

  /** The pool is not Quartz's to close. */
  @Override
  public void shutdown() {}
}
