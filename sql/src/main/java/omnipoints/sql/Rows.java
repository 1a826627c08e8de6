package omnipoints.sql;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rows that are records: the components of the record are the columns, for COPY into a table and
 * for reading results. Immutable and thread-safe.
 *
 * @param <T> the record; its components are of {@code int long short boolean String byte[] Instant
 *     LocalDate BigDecimal UUID List<String>} or their boxes, boxed where null is allowed
 */
public final class Rows<T extends Record> {

  private interface Put {
    void put(BinaryCopy copy, Object value);
  }

  private interface Get {
    Object get(ResultSet row, int column) throws SQLException;
  }

  private final Shape<T> shape;
  private final Put[] puts;
  private final Get[] gets;

  private Rows(Shape<T> shape) {
    this.shape = shape;
    this.puts = shape.parts().stream().map(Rows::put).toArray(Put[]::new);
    this.gets = shape.parts().stream().map(Rows::get).toArray(Get[]::new);
  }

  /** The rows of a record type. */
  public static <T extends Record> Rows<T> of(Class<T> type) {
    return new Rows<>(Shape.of(type));
  }

  /** Names of the columns in the order of the components. */
  public List<String> columns() {
    return shape.parts().stream().map(Shape.Part::column).toList();
  }

  /** The same as a list in SQL, each after {@code prefix}. */
  public String columns(String prefix) {
    return columns().stream().map(prefix::concat).collect(Collectors.joining(", "));
  }

  /** Opens a COPY into the columns of a table. */
  public BinaryCopy copyInto(Connection connection, String table) {
    return Database.copyIn(connection, table, columns().toArray(String[]::new));
  }

  /** Appends all rows to a table by one COPY; nothing is sent for none. */
  public void append(Connection connection, String table, List<T> rows) {
    if (rows.isEmpty()) return;
    try (BinaryCopy copy = copyInto(connection, table)) {
      for (T row : rows) put(copy, row);
      copy.finish();
    }
  }

  /**
   * Writes new values over rows that are known by their key: one COPY into a temporary table, one
   * UPDATE of all other columns.
   *
   * @param key names of the columns that make the key of the table
   */
  public void replace(Connection connection, String table, List<T> rows, String... key) {
    if (rows.isEmpty()) return;
    String staged = stage(connection, table, rows);
    Database.execute(
        connection,
        staged,
        "update "
            + table
            + " t set "
            + assigned("c.", key)
            + " from "
            + staged
            + " c where "
            + Stream.of(key).map(k -> "t." + k + " = c." + k).collect(Collectors.joining(" and ")));
  }

  /** Writes rows whatever is known of their keys: the values given here stand afterwards. */
  public void upsert(Connection connection, String table, List<T> rows, String... key) {
    if (rows.isEmpty()) return;
    String staged = stage(connection, table, rows);
    String others = assigned("excluded.", key);
    Database.execute(
        connection,
        staged,
        "insert into "
            + table
            + " ("
            + columns("")
            + ") select distinct "
            + columns("")
            + " from "
            + staged
            + " on conflict ("
            + String.join(", ", key)
            + ") do "
            + (others.isEmpty() ? "nothing" : "update set " + others));
  }

  private String stage(Connection connection, String table, List<T> rows) {
    String staged = "staged_" + table;
    Database.execute(
        connection,
        staged,
        "create temporary table if not exists "
            + staged
            + " on commit drop as select "
            + columns("")
            + " from "
            + table
            + " with no data");
    Database.execute(connection, staged, "truncate " + staged);
    append(connection, staged, rows);
    Database.execute(connection, staged, "analyze " + staged);
    return staged;
  }

  private String assigned(String from, String... key) {
    List<String> keys = List.of(key);
    return columns().stream()
        .filter(column -> !keys.contains(column))
        .map(column -> column + " = " + from + column)
        .collect(Collectors.joining(", "));
  }

  /** Writes one row. */
  public void put(BinaryCopy copy, T row) {
    copy.row();
    List<Shape.Part> parts = shape.parts();
    for (int i = 0; i < puts.length; i++) puts[i].put(copy, parts.get(i).of(row));
  }

  /** All rows of a result that has the columns, wherever they stand in it. */
  public List<T> read(Statement statement, Connection connection, Map<String, ?> params)
      throws SQLException {
    var all = new ArrayList<T>();
    try (Cursor cursor = statement.open(connection, params)) {
      if (!cursor.hasRow()) return all;
      int[] places = places(cursor.row());
      for (; cursor.hasRow(); cursor.advance()) all.add(read(cursor.row(), places));
    }
    return all;
  }

  /** Where the columns stand in a result. */
  public int[] places(ResultSet result) throws SQLException {
    int[] places = new int[gets.length];
    for (int i = 0; i < places.length; i++)
      places[i] = result.findColumn(shape.parts().get(i).column());
    return places;
  }

  /** The current row of a result. */
  public T read(ResultSet row, int[] places) throws SQLException {
    Object[] values = new Object[gets.length];
    for (int i = 0; i < values.length; i++) values[i] = gets[i].get(row, places[i]);
    return shape.make(values);
  }

  private static Put put(Shape.Part part) {
    Class<?> type = part.type();
    if (part.list()) return (copy, value) -> copy.putTexts(texts(value));
    if (type == int.class || type == Integer.class)
      return (copy, value) -> {
        if (value == null) copy.putNull();
        else copy.putInt((Integer) value);
      };
    if (type == long.class || type == Long.class)
      return (copy, value) -> copy.putLong((Long) value);
    if (type == short.class) return (copy, value) -> copy.putShort((Short) value);
    if (type == boolean.class) return (copy, value) -> copy.putBoolean((Boolean) value);
    if (type == String.class) return (copy, value) -> copy.putText((String) value);
    if (type == byte[].class) return (copy, value) -> copy.putBytes((byte[]) value);
    if (type == Instant.class) return (copy, value) -> copy.putTimestamptz((Instant) value);
    if (type == LocalDate.class) return (copy, value) -> copy.putDate((LocalDate) value);
    if (type == BigDecimal.class) return (copy, value) -> copy.putNumeric((BigDecimal) value);
    if (type == UUID.class) return (copy, value) -> copy.putUuid((UUID) value);
    throw new IllegalArgumentException(part.column() + ": no column holds a " + type);
  }

  @SuppressWarnings("unchecked")
  private static List<String> texts(Object value) {
    return (List<String>) value;
  }

  private static Get get(Shape.Part part) {
    Class<?> type = part.type();
    if (part.list()) return Rows::textList;
    if (type == int.class) return ResultSet::getInt;
    if (type == long.class) return ResultSet::getLong;
    if (type == short.class) return ResultSet::getShort;
    if (type == boolean.class) return ResultSet::getBoolean;
    if (type == Integer.class) return (row, i) -> orNull(row, row.getInt(i));
    if (type == Long.class) return (row, i) -> orNull(row, row.getLong(i));
    if (type == String.class) return ResultSet::getString;
    if (type == byte[].class) return ResultSet::getBytes;
    if (type == Instant.class) return Rows::instant;
    if (type == LocalDate.class) return (row, i) -> row.getObject(i, LocalDate.class);
    if (type == BigDecimal.class) return ResultSet::getBigDecimal;
    if (type == UUID.class) return (row, i) -> row.getObject(i, UUID.class);
    throw new IllegalArgumentException(part.column() + ": no column holds a " + type);
  }

  private static Object orNull(ResultSet row, Object value) throws SQLException {
    return row.wasNull() ? null : value;
  }

  private static List<String> textList(ResultSet row, int column) throws SQLException {
    Array array = row.getArray(column);
    return array == null ? null : List.of((String[]) array.getArray());
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }
}
