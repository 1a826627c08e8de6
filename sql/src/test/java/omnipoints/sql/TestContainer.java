package omnipoints.sql;

import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The PostgreSQL of Docker; apart from {@link TestDatabase} so that modules without Testcontainers
 * can load that.
 */
final class TestContainer {

  private TestContainer() {}

  /** Starts it; Testcontainers removes it when this JVM ends. */
  @SuppressWarnings("resource") // lives as long as the JVM
  static String url() {
    var container = new PostgreSQLContainer("postgres:18").withDatabaseName("omnipoints");
    container.start();
    return "jdbc:postgresql://"
        + container.getHost()
        + ":"
        + container.getFirstMappedPort()
        + "/omnipoints?user="
        + container.getUsername()
        + "&password="
        + container.getPassword();
  }
}
