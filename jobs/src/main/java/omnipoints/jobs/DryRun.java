package omnipoints.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import omnipoints.routes.Archive;
import omnipoints.routes.OwnerOnly;
import omnipoints.sql.Database;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What nights would book: the very nights, run on copies of the database and of the inbox up to
 * their closes, and thrown away. Servers and APIs are not asked, nothing is handed out.
 *
 * @param nights that would be closed, in order
 * @param points by channel, shop and kind, over these nights
 * @param exit what the requested date would end with
 */
public record DryRun(
    LocalDate date,
    List<LocalDate> nights,
    List<Points> points,
    List<Delivery> deliveries,
    List<Break> breaks,
    int exit) {

  private static final Logger LOG = LoggerFactory.getLogger(DryRun.class);
  private static final Script SQL = Statements.job("run").step("dry_run");

  /** Points of a kind; {@code points} signed as entries are, {@code moved} by releases. */
  public record Points(
      String channel, String shop, String kind, long entries, long points, long moved) {}

  /** A file that would be read, or would not. */
  public record Delivery(
      String channel,
      String shop,
      String document,
      String file,
      String outcome,
      long rows,
      long rejected) {}

  /** Breaks of a type that would be opened. */
  public record Break(String type, long opened) {}

  /**
   * Runs the nights.
   *
   * @param copy of the home's database, migrated
   * @throws NightRefused as {@link Nightly#run}: what would end the night
   */
  public static DryRun of(Home home, Database copy, NightRequest request) throws SQLException {
    Path folder = home.scratch().resolve("dry-run");
    try {
      delete(folder);
      OwnerOnly.folder(folder);
      LocalDate after = lastClosed(copy);
      furnish(home, folder, copy, after);
      var closed = new UntilClosed(request.date(), request.progress());
      try {
        Nightly.run(
            new Home(folder, home.config().offline()),
            copy,
            request.until(closed, closed::reached));
      } catch (NightRefused e) {
        if (!closed.reached()) throw e;
      }
      return answer(copy, request.date(), after);
    } catch (IOException e) {
      throw NightRefused.cannotWrite(folder, e, request.date());
    } finally {
      clear(folder);
    }
  }

  private static LocalDate lastClosed(Database copy) throws SQLException {
    try (Connection connection = copy.connection()) {
      return SQL.statement("last_closed")
          .one(connection, Map.of(), row -> Columns.date(row, "night"))
          .orElse(Night.NEVER);
    }
  }

  private static void furnish(Home home, Path folder, Database copy, LocalDate after)
      throws IOException, SQLException {
    for (String own : List.of("mappings", "programs", "secrets"))
      if (Files.isDirectory(home.dir().resolve(own)))
        Files.createSymbolicLink(folder.resolve(own), home.dir().resolve(own));
    OwnerOnly.folder(folder.resolve("inbox"));
    if (Files.isDirectory(home.inbox())) inbox(home.inbox(), folder.resolve("inbox"));
    var from = new Archive(home.archive());
    var to = new Archive(folder.resolve("archive"));
    try (Connection connection = copy.connection()) {
      for (String hash :
          SQL.statement("files")
              .list(connection, Map.of("after", after), row -> row.getString(1))) {
        if (!Files.isRegularFile(from.path(hash))) continue;
        OwnerOnly.folder(to.path(hash).getParent());
        link(from.path(hash), to.path(hash));
      }
      SQL.statement("nothing_to_mend").run(connection, Map.of());
    }
  }

  /** Folders anew, files as further names of the same bytes. */
  private static void inbox(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isSymbolicLink(path)) continue;
        if (Files.isDirectory(path)) OwnerOnly.folder(target);
        else if (Files.isRegularFile(path)) link(path, target);
      }
    }
  }

  private static void link(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (IOException | UnsupportedOperationException e) {
      Files.copy(from, to, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  private static DryRun answer(Database copy, LocalDate date, LocalDate after) throws SQLException {
    Map<String, Object> since = Map.of("after", after);
    try (Connection connection = copy.connection()) {
      return new DryRun(
          date,
          SQL.statement("nights").list(connection, since, row -> Columns.date(row, "night")),
          SQL.statement("points")
              .list(
                  connection,
                  since,
                  row ->
                      new Points(
                          row.getString("channel"),
                          row.getString("shop"),
                          row.getString("kind"),
                          row.getLong("entries"),
                          row.getLong("points"),
                          row.getLong("moved"))),
          SQL.statement("deliveries")
              .list(
                  connection,
                  since,
                  row ->
                      new Delivery(
                          row.getString("channel"),
                          row.getString("shop"),
                          row.getString("document"),
                          row.getString("file"),
                          row.getString("outcome"),
                          row.getLong("rows_in"),
                          row.getLong("rejected"))),
          SQL.statement("breaks")
              .list(
                  connection,
                  since,
                  row -> new Break(row.getString("type"), row.getLong("opened"))),
          NightOutcome.of(connection, date, true).exit());
    }
  }

  /** What cannot be removed must not hide what the night would have ended with. */
  private static void clear(Path folder) {
    try {
      delete(folder);
    } catch (IOException e) {
      LOG.warn("{} was not removed, the next dry run does: {}", folder, e.getMessage());
    }
  }

  /** Links are removed, never what they lead to. */
  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) return;
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList())
        Files.delete(path);
    }
  }
}
