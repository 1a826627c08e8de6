package omnipoints.sql;

import java.sql.Connection;
import java.sql.Date;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The leaves of a table that is cut by nights, and how several become one: a copy is built beside
 * them, then takes their place. Who calls this holds everybody else off the rows meanwhile.
 */
public final class Leaves {

  private static final Script SQL = Statements.job("fold").step("leaves");

  private Leaves() {}

  /**
   * A leaf.
   *
   * @param nights whose rows lie in it, ascending
   * @param rows as the server last counted them
   */
  public record Leaf(String name, List<LocalDate> nights, long rows) {
    /** The oldest night in it. */
    public LocalDate first() {
      return nights.get(0);
    }

    /** The newest night in it. */
    public LocalDate last() {
      return nights.get(nights.size() - 1);
    }
  }

  /** The leaves of a table, the oldest first. */
  public static List<Leaf> of(Connection connection, String table) {
    return SQL.statement("leaves")
        .list(
            connection,
            Map.of("parent", table),
            row ->
                new Leaf(
                    row.getString("name"),
                    Stream.of((Date[]) row.getArray("nights").getArray())
                        .map(Date::toLocalDate)
                        .toList(),
                    row.getLong("rows")));
  }

  /** What the leaf is called that takes the place of these, which follow one another. */
  public static String folded(String table, List<Leaf> leaves) {
    return table + "_f" + name(leaves.get(0).first()) + "_" + name(last(leaves).last());
  }

  private static String name(LocalDate night) {
    return night.format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  private static Leaf last(List<Leaf> leaves) {
    return leaves.get(leaves.size() - 1);
  }

  /**
   * Builds the leaf that will take the place of others; what an unfinished attempt left is thrown
   * away. In one transaction the server writes no log of the rows where its settings allow that.
   *
   * @param order columns by which neighbours lie together
   * @return how many rows it has
   */
  public static long build(Connection connection, String table, List<Leaf> leaves, String order) {
    String name = folded(table, leaves);
    String columns = text(connection, "columns", table);
    Database.execute(connection, "drop " + name, "drop table if exists " + name);
    Database.execute(
        connection,
        "create " + name,
        "create table " + name + " (like " + table + " including all)");
    long rows =
        Database.execute(
            connection,
            "fill " + name,
            leaves.stream()
                .map(leaf -> "select " + columns + " from " + leaf.name())
                .collect(
                    Collectors.joining(
                        " union all ",
                        "insert into " + name + " (" + columns + ") ",
                        " order by " + order)));
    // With it the server needs not look through the rows when the leaf takes its place.
    Database.execute(
        connection,
        "bound " + name,
        "alter table "
            + name
            + " add constraint leaf_nights check ("
            + text(connection, "night_column", table)
            + " in ("
            + nights(leaves)
            + "))");
    Database.execute(connection, "analyze " + name, "analyze " + name);
    return rows;
  }

  /** Puts the built leaf into the place of the others, which are gone. */
  public static void swap(Connection connection, String table, List<Leaf> leaves) {
    String name = folded(table, leaves);
    for (Leaf leaf : leaves)
      Database.execute(
          connection,
          "detach " + leaf.name(),
          "alter table " + table + " detach partition " + leaf.name());
    Database.execute(
        connection,
        "attach " + name,
        "alter table "
            + table
            + " attach partition "
            + name
            + " for values in ("
            + nights(leaves)
            + ")");
    Database.execute(
        connection, "bound " + name, "alter table " + name + " drop constraint leaf_nights");
    Database.execute(
        connection,
        "drop leaves of " + table,
        leaves.stream().map(Leaf::name).collect(Collectors.joining(", ", "drop table ", "")));
  }

  private static String nights(List<Leaf> leaves) {
    return leaves.stream()
        .flatMap(leaf -> leaf.nights().stream())
        .map(night -> "'" + night + "'")
        .collect(Collectors.joining(", "));
  }

  private static String text(Connection connection, String statement, String table) {
    return SQL.statement(statement)
        .one(connection, Map.of("parent", table), row -> row.getString(1))
        .orElseThrow();
  }
}
