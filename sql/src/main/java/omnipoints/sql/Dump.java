package omnipoints.sql;

import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A copy of all rows of a database, table by table, as the server's own COPY text. It goes back
 * into an empty database with the same schema; which one that is says its fingerprint.
 */
public final class Dump {

  private static final Script SQL = Statements.job("backup").step("dump");

  /**
   * A table that holds rows.
   *
   * @param parent the table it is a partition of, null if it is none
   * @param bound of the partition, as in {@code FOR VALUES IN (…)}
   * @param options storage parameters, empty if it has none
   * @param columns quoted, separated by commas
   */
  public record Table(
      String schema, String name, String parent, String bound, String options, String columns) {

    /** With its schema. */
    public String qualified() {
      return schema + "." + name;
    }
  }

  /**
   * A sequence.
   *
   * @param called whether {@code value} has been given already
   */
  public record Sequence(String schema, String name, long value, boolean called) {}

  private Dump() {}

  /** All tables, in an order in which they can be filled. */
  public static List<Table> tables(Connection connection) {
    List<Table> tables =
        SQL.statement("tables")
            .list(
                connection,
                Map.of(),
                row ->
                    new Table(
                        row.getString("schema"),
                        row.getString("name"),
                        row.getString("parent"),
                        row.getString("bound"),
                        row.getString("options"),
                        row.getString("columns")));
    record Reference(String child, String parent) {}
    List<Reference> references =
        SQL.statement("references")
            .list(
                connection,
                Map.of(),
                row -> new Reference(row.getString("child"), row.getString("parent")));
    Set<String> open = tables.stream().map(Table::qualified).collect(Collectors.toSet());
    var ordered = new ArrayList<Table>();
    var left = new ArrayList<>(tables);
    while (!left.isEmpty()) {
      List<Table> free =
          left.stream()
              .filter(
                  table ->
                      references.stream()
                          .noneMatch(
                              one ->
                                  one.child().equals(table.qualified())
                                      && open.contains(one.parent())))
              .toList();
      if (free.isEmpty()) throw new IllegalStateException("tables refer to each other: " + left);
      ordered.addAll(free);
      left.removeAll(free);
      free.forEach(table -> open.remove(table.qualified()));
    }
    return ordered;
  }

  /** All sequences. */
  public static List<Sequence> sequences(Connection connection) {
    return SQL.statement("sequences")
        .list(
            connection,
            Map.of(),
            row ->
                new Sequence(
                    row.getString("schema"),
                    row.getString("name"),
                    row.getLong("value"),
                    row.getBoolean("called")));
  }

  /** Which schema the database has. */
  public static String fingerprint(Connection connection) {
    return SQL.statement("fingerprint")
        .one(connection, Map.of(), row -> row.getString(1))
        .orElse("");
  }

  /** Whether the database has ever run a night or taken a file. */
  public static boolean used(Connection connection) {
    return SQL.statement("used").one(connection, Map.of(), row -> row.getBoolean(1)).orElse(false);
  }

  /** Writes the rows of a table; returns how many. */
  public static long write(Connection connection, Table table, OutputStream out) {
    return Database.copyOut(
        connection, "copy " + table.qualified() + " (" + table.columns() + ") to stdout", out);
  }

  /**
   * Empties all tables of a fresh schema, which has a few rows of its own, and makes the partitions
   * that it has not.
   */
  public static void prepare(Connection connection, List<Table> tables) {
    Set<String> there = new HashSet<>(tables(connection).stream().map(Table::qualified).toList());
    Database.execute(connection, "empty the schema", "truncate " + String.join(", ", there));
    for (Table table : tables) {
      if (there.contains(table.qualified()) || table.parent() == null) continue;
      Database.execute(
          connection,
          "create " + table.qualified(),
          "create table "
              + table.qualified()
              + " partition of "
              + table.schema()
              + "."
              + table.parent()
              + " "
              + table.bound()
              + (table.options().isEmpty() ? "" : " with (" + table.options() + ")"));
    }
  }

  /** Fills a table; returns how many rows. */
  public static long read(Connection connection, Table table, InputStream in) {
    return Database.copyFrom(
        connection, "copy " + table.qualified() + " (" + table.columns() + ") from stdin", in);
  }

  /** Lets sequences go on where they were. */
  public static void set(Connection connection, List<Sequence> sequences) {
    for (Sequence one : sequences)
      Database.execute(
          connection,
          "sequence",
          "select setval('"
              + one.schema()
              + "."
              + one.name()
              + "', "
              + one.value()
              + ", "
              + one.called()
              + ")");
  }

  /** Lets the planner know what was copied. */
  public static void analyze(Database database) {
    try (Connection connection = database.connection()) {
      Database.execute(connection, "analyze", "analyze");
    } catch (java.sql.SQLException e) {
      throw Failures.of("analyze", e);
    }
  }
}
