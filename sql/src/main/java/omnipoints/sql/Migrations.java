package omnipoints.sql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings a database to the schema of this program: our migrations ({@code migrations/V…__….sql}, by
 * Flyway) and the tables of libraries. When nothing is to do it costs one query: a fingerprint of
 * all scripts is kept in the database.
 */
public final class Migrations {

  // Any fixed number; all programs that migrate must use the same one.
  private static final long LOCK = 0x6f6d_6e69_7074_7301L;

  private static final String FINGERPRINT_TABLE = "omnipoints_schema";

  private Migrations() {}

  /**
   * @param foreign schemas of libraries, applied once each, in order
   * @return true if something was applied
   * @throws MigrationFailed a script failed, an applied one was changed, or the database is newer
   *     than this program
   */
  public static boolean apply(Database database, ForeignSchema... foreign) {
    List<ForeignSchema> schemas = List.of(foreign);
    String fingerprint = fingerprint(schemas);
    try (Connection connection = database.connection()) {
      if (fingerprint.equals(applied(connection))) return false;
      lock(connection, "pg_advisory_lock");
      try {
        if (fingerprint.equals(applied(connection))) return false;
        migrate(database);
        for (ForeignSchema schema : schemas) apply(connection, schema);
        remember(connection, fingerprint);
        return true;
      } finally {
        lock(connection, "pg_advisory_unlock");
      }
    } catch (SQLException e) {
      throw failed(Failures.of("migrations", e));
    } catch (StatementFailed e) {
      throw failed(e);
    }
  }

  /** Whether nothing is to be applied. */
  public static boolean isCurrent(Database database, ForeignSchema... foreign) {
    try (Connection connection = database.connection()) {
      return fingerprint(List.of(foreign)).equals(applied(connection));
    } catch (SQLException e) {
      throw failed(Failures.of("migrations", e));
    }
  }

  /** SHA-256 over names and contents of all scripts: equal fingerprints, equal schemas. */
  static String fingerprint(List<ForeignSchema> foreign) {
    var digest = sha256();
    for (String name : ClasspathFolder.list("migrations", ".sql")) {
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      digest.update(text("migrations/" + name).getBytes(StandardCharsets.UTF_8));
    }
    for (ForeignSchema schema : foreign) {
      digest.update(schema.toString().getBytes(StandardCharsets.UTF_8));
      digest.update(text(schema.classpathScript()).getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String applied(Connection connection) throws SQLException {
    if (!exists(connection, FINGERPRINT_TABLE)) return "";
    try (var statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select version from " + FINGERPRINT_TABLE + " where part = 'all'")) {
      return row.next() ? row.getString(1) : "";
    }
  }

  private static boolean exists(Connection connection, String table) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select to_regclass('" + table + "') is not null")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private static void migrate(Database database) {
    try {
      Flyway.configure()
          .dataSource(database.dataSource())
          .locations("classpath:migrations")
          .loggers("slf4j")
          .validateMigrationNaming(true)
          .ignoreMigrationPatterns(
              new String[0]) // a database newer than this program is refused, not used
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw flywayFailed(e);
    }
  }

  private static MigrationFailed flywayFailed(FlywayException e) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    if (reason.contains("not resolved locally")) {
      return new MigrationFailed(
          "the database was migrated by a newer OmniPoints than this one",
          List.of("run the newer version, or restore the database from before the upgrade"),
          e);
    }
    if (reason.toLowerCase(Locale.ROOT).contains("checksum mismatch")) {
      return new MigrationFailed(
          "an applied migration was changed afterwards: "
              + reason.lines().skip(1).findFirst().orElse(reason).strip(),
          List.of("restore the file below sql/migrations and write the change as a new one"),
          e);
    }
    return new MigrationFailed("the schema could not be migrated: " + reason.strip(), NEXT, e);
  }

  private static final List<String> NEXT =
      List.of("correct what the message names; nothing was applied, the next command tries again");

  private static MigrationFailed failed(StatementFailed e) {
    List<String> next = e.environment() ? e.next() : NEXT;
    return new MigrationFailed("the schema could not be migrated: " + e.getMessage(), next, e);
  }

  private static void apply(Connection connection, ForeignSchema schema) throws SQLException {
    String version = appliedVersion(connection, schema);
    if (schema.version().equals(version)) return;
    if (!version.isEmpty()) {
      throw new MigrationFailed(
          "schema "
              + schema.schema()
              + " is of version "
              + version
              + ", this program brings "
              + schema.version(),
          List.of(
              "write a migration that changes schema "
                  + schema.schema()
                  + " and states the new version"),
          null);
    }
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("create schema if not exists " + schema.schema());
      statement.execute("set local search_path to " + schema.schema());
      for (String sql : SqlText.statements(text(schema.classpathScript()))) {
        if (!sql.matches("(?is)(drop|commit|begin|rollback|set)\\b.*")) statement.execute(sql);
      }
      statement.execute("set local search_path to default");
      put(connection, schema.schema(), schema.version());
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static String appliedVersion(Connection connection, ForeignSchema schema)
      throws SQLException {
    try (var create = connection.createStatement()) {
      create.execute(
          "create table if not exists "
              + FINGERPRINT_TABLE
              + " (part text primary key, version text not null)");
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            "select version from " + FINGERPRINT_TABLE + " where part = ?")) {
      query.setString(1, schema.schema());
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? row.getString(1) : "";
      }
    }
  }

  private static void remember(Connection connection, String fingerprint) throws SQLException {
    try (var create = connection.createStatement()) {
      create.execute(
          "create table if not exists "
              + FINGERPRINT_TABLE
              + " (part text primary key, version text not null)");
    }
    put(connection, "all", fingerprint);
  }

  private static void put(Connection connection, String part, String version) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into "
                + FINGERPRINT_TABLE
                + " (part, version) values (?, ?)"
                + " on conflict (part) do update set version = excluded.version")) {
      insert.setString(1, part);
      insert.setString(2, version);
      insert.executeUpdate();
    }
  }

  private static void lock(Connection connection, String function) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("select " + function + "(" + LOCK + ")");
    }
  }

  private static String text(String file) {
    return ClasspathFolder.text(file)
        .orElseThrow(() -> new IllegalStateException(file + " is not on the classpath"));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
