package omnipoints.sql;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.postgresql.Driver;

/**
 * A real PostgreSQL for tests: a container when Docker answers, else a {@link LocalDatabase} below
 * the {@code target} of the whole build, shared by all modules and stopped by the last that uses
 * it. Each {@link #fresh} database is empty but migrated, copied from a template, and dropped on
 * close.
 */
public final class TestDatabase implements AutoCloseable {

  private final String url;
  private final String name;
  private final Database database;

  private TestDatabase(String url, String name) {
    this.url = url;
    this.name = name;
    this.database = Database.open(url);
  }

  /** An empty database with our schema and those of the given libraries. */
  public static TestDatabase fresh(ForeignSchema... foreign) {
    return of("template_" + Migrations.fingerprint(List.of(foreign)).substring(0, 16), foreign);
  }

  /** A database without any schema. */
  public static TestDatabase bare() {
    return of("template1");
  }

  /**
   * A copy with all that is in it. A database can only be copied while idle: gives up the
   * original's connections.
   */
  public TestDatabase copy() {
    database.close();
    return of(name);
  }

  private static TestDatabase of(String template, ForeignSchema... foreign) {
    String name = "t_" + UUID.randomUUID().toString().replace("-", "");
    try (Connection admin = connect(Server.URL)) {
      if (template.startsWith("template_")) ensureTemplate(admin, template, foreign);
      Database.execute(
          admin, "create test database", "create database " + name + " template " + template);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new TestDatabase(named(name), name);
  }

  private static void ensureTemplate(Connection admin, String template, ForeignSchema... foreign)
      throws SQLException {
    Database.execute(admin, "lock", "select pg_advisory_lock(7)");
    try {
      if (exists(admin, template)) return;
      String half = template + "_half";
      Database.execute(admin, "template", "drop database if exists " + half + " with (force)");
      Database.execute(admin, "template", "create database " + half);
      try (Database database = Database.open(named(half))) {
        Migrations.apply(database, foreign);
      }
      Database.execute(admin, "template", "alter database " + half + " rename to " + template);
    } finally {
      Database.execute(admin, "unlock", "select pg_advisory_unlock(7)");
    }
  }

  private static boolean exists(Connection admin, String name) throws SQLException {
    try (var query = admin.prepareStatement("select 1 from pg_database where datname = ?")) {
      query.setString(1, name);
      try (ResultSet row = query.executeQuery()) {
        return row.next();
      }
    }
  }

  /** JDBC URL with user and password, e.g. for {@code database.url} of a home under test. */
  public String url() {
    return url;
  }

  /** Connected to it. */
  public Database database() {
    return database;
  }

  @Override
  public void close() {
    database.close();
    try (Connection admin = connect(Server.URL)) {
      Database.execute(
          admin, "drop test database", "drop database if exists " + name + " with (force)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Connection connect(String url) throws SQLException {
    return new Driver().connect(url, new java.util.Properties());
  }

  private static String named(String name) {
    return Server.URL.replaceFirst("(//[^/]+/)[^?]+", "$1" + name);
  }

  /** Started with the first use, once per JVM. */
  private static final class Server {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long MEMORY_BYTES = 4L << 30;

    static final String URL = dockerAnswers() ? containerOr(Server::local) : local();

    private static boolean dockerAnswers() {
      if (System.getenv("DOCKER_HOST") != null) return true;
      Path socket = Path.of("/var/run/docker.sock");
      if (!Files.exists(socket)) return false;
      try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        return channel.connect(UnixDomainSocketAddress.of(socket));
      } catch (IOException e) {
        return false;
      }
    }

    // Modules that do not have Testcontainers on their class path, and machines that cannot pull,
    // use the local one.
    private static String containerOr(Supplier<String> local) {
      try {
        return TestContainer.url();
      } catch (RuntimeException | LinkageError e) {
        // Whoever names an image wants that and no other.
        if (System.getenv(TestContainer.IMAGE) != null) throw e;
        System.out.println("tests use the local database, the container does not start: " + e);
        return local.get();
      }
    }

    // Held while this JVM lives: tests of several JVMs share the server, and the last one stops it.
    private static String local() {
      LocalDatabase local = LocalDatabase.volatileIn(place());
      String url = local.url();
      try {
        Connection held = connect(url);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopIfLast(local, held)));
      } catch (SQLException e) {
        throw new IllegalStateException("the test database does not answer", e);
      }
      return url;
    }

    // A night makes and drops hundreds of files: in memory that costs a fraction.
    private static Path place() {
      Path root = root();
      if (Files.isWritable(MEMORY) && MEMORY.toFile().getUsableSpace() >= MEMORY_BYTES)
        return MEMORY.resolve("omnipoints-test-" + Integer.toHexString(root.hashCode()));
      return root.resolve("target/test-database");
    }

    private static Path root() {
      Path directory = Path.of("").toAbsolutePath();
      while (directory.getParent() != null
          && Files.exists(directory.getParent().resolve("pom.xml"))) {
        directory = directory.getParent();
      }
      return directory;
    }

    private static void stopIfLast(LocalDatabase local, Connection held) {
      try (held;
          ResultSet others =
              held.createStatement()
                  .executeQuery(
                      "select count(*) from pg_stat_activity"
                          + " where backend_type = 'client backend' and pid <> pg_backend_pid()")) {
        others.next();
        if (others.getInt(1) > 0) return;
      } catch (SQLException e) {
        return;
      }
      local.stop();
    }
  }
}
