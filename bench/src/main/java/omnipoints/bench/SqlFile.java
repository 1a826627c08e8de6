package omnipoints.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import omnipoints.sql.Database;
import org.postgresql.PGConnection;

/**
 * A file of SQL the way psql would run it: what stands before the first {@code -- session} first,
 * then the sessions side by side, each in one transaction. {@code -- copy TABLE} loads a CSV file,
 * {@code -- out FILE} writes what the query below it answers.
 */
final class SqlFile {

  private static final int BUFFER = 1 << 20;

  private record Part(String directive, String argument, String sql) {}

  private final String name;
  private final String settings;
  private final List<List<Part>> sessions = new ArrayList<>();

  private SqlFile(String name, String settings) {
    this.name = name;
    this.settings = settings;
  }

  static SqlFile read(Path file, String settings, Map<String, String> words) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (var word : words.entrySet())
      text = text.replace("{" + word.getKey() + "}", word.getValue());
    SqlFile sql = new SqlFile(file.getFileName().toString(), settings);
    List<Part> session = new ArrayList<>();
    sql.sessions.add(session);
    String directive = "";
    String argument = "";
    var body = new StringBuilder();
    for (String line : (text + "\n-- end\n").split("\n")) {
      if (!line.matches("-- (session|copy \\S+|out \\S+|end)")) {
        body.append(line).append('\n');
        continue;
      }
      session.add(new Part(directive, argument, body.toString()));
      body.setLength(0);
      String[] words2 = line.split(" ");
      directive = words2[1];
      argument = words2.length > 2 ? words2[2] : "";
      if (directive.equals("session")) sql.sessions.add(session = new ArrayList<>());
    }
    return sql;
  }

  /**
   * @param in where a table's CSV file lies
   * @param out where written files go
   */
  void run(Database database, Map<String, Path> in, Path out) {
    runSession(database, sessions.get(0), in, out);
    List<CompletableFuture<Void>> running = new ArrayList<>();
    for (List<Part> session : sessions.subList(1, sessions.size()))
      running.add(CompletableFuture.runAsync(() -> runSession(database, session, in, out)));
    try {
      for (CompletableFuture<Void> one : running) one.join();
    } catch (CompletionException e) {
      throw new IllegalStateException(name + ": " + e.getCause().getMessage(), e.getCause());
    }
  }

  private void runSession(Database database, List<Part> parts, Map<String, Path> in, Path out) {
    database.transact(
        connection -> {
          if (!settings.isEmpty()) Database.execute(connection, name, settings);
          for (Part part : parts) run(connection, part, in, out);
        });
  }

  private void run(Connection connection, Part part, Map<String, Path> in, Path out)
      throws SQLException {
    if (part.directive().equals("copy")) load(connection, part.argument(), in.get(part.argument()));
    boolean says = !part.sql().replaceAll("(?m)^\\s*--.*$", "").isBlank();
    if (part.directive().equals("out")) write(connection, part.sql(), out.resolve(part.argument()));
    else if (says) Database.execute(connection, name, part.sql());
  }

  private static void load(Connection connection, String table, Path file) throws SQLException {
    try (InputStream csv = Files.newInputStream(file)) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("copy " + table + " from stdin (format csv, header)", csv, BUFFER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Connection connection, String query, Path file) {
    try {
      Files.createDirectories(file.getParent());
      try (OutputStream csv = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
        String bare = query.strip().replaceFirst(";\\s*$", "");
        Database.copyOut(connection, "copy (" + bare + ") to stdout (format csv, header)", csv);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
