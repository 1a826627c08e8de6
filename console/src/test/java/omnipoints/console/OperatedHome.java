package omnipoints.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import omnipoints.sql.Database;
import omnipoints.sql.TestDatabase;

/** A home on a database of its own that is steered by command lines. Its clock says 2026-01-02. */
final class OperatedHome implements AutoCloseable {

  private final Path directory;
  private final TestDatabase database;

  OperatedHome(Path directory) throws IOException {
    this.directory = directory;
    this.database = TestDatabase.fresh();
    Ran.in(directory, "init");
    Path settings = dir().resolve("omnipoints.yaml");
    Files.writeString(
        settings,
        Files.readString(settings).replace("polls: 2", "polls: 1")
            + "database:\n  url: "
            + database.url()
            + "\n");
  }

  Path dir() {
    return directory.resolve("home");
  }

  /** JDBC URL of its database. */
  String url() {
    return database.url();
  }

  Database database() {
    return database.database();
  }

  /** Gives up the test's own connections, as a home has none between two commands. */
  void release() {
    database.database().close();
  }

  Ran run(String... line) {
    return Ran.in(directory, line);
  }

  /** A till file with one sale of a card, complete. */
  void sale(String shop, String card, String at, int yuan) throws IOException {
    drop("pos/" + shop + "/" + card + ".csv", till(card, at, yuan));
  }

  /** One sale of a card as a till writes it. */
  static String till(String card, String at, int yuan) {
    return "kh,dtime,spbm,sl,sj,je,spmc,jf,syjh,djh,gzbh,gzmc\n"
        + String.format(
            "%s,%s,A,1,%d,%d,skirt,%d,03,%s,G1,women\n", card, at, yuan, yuan, yuan, card);
  }

  /** A file of the inbox, complete. */
  void drop(String path, String content) throws IOException {
    Path file = dir().resolve("inbox").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.createFile(file.resolveSibling(file.getFileName() + ".done"));
  }

  @Override
  public void close() {
    database.close();
  }
}
