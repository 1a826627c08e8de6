package omnipoints.sql;

import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The PostgreSQL of Docker; apart from {@link TestDatabase} so that modules without Testcontainers
 * can load that.
 */
final class TestContainer {

  /** Names the image where that of the registry is not to be had; see {@code .ci/containers}. */
  static final String IMAGE = "OMNIPOINTS_TEST_IMAGE";

  private TestContainer() {}

  /** Starts it; Testcontainers removes it when this JVM ends. */
  @SuppressWarnings("resource") // lives as long as the JVM
  static String url() {
    String image = System.getenv().getOrDefault(IMAGE, "postgres:18");
    var container =
        new PostgreSQLContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("postgres"))
            .withDatabaseName("omnipoints");
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
