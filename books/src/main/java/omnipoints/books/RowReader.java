package omnipoints.books;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import omnipoints.sql.Shape;
import omnipoints.sql.Statement.RowMapper;

/**
 * Makes an answer of a row: each component is the column of its name. A component that is a record
 * itself is made of the columns that begin with its name ({@code entry_night}, {@code entry_n}),
 * and null when all of them are.
 */
final class RowReader<T extends Record> implements RowMapper<T> {
  private interface Cell {
    Object of(ResultSet row) throws SQLException;
  }

  private final Shape<T> shape;
  private final List<Cell> cells;

  private RowReader(Shape<T> shape, List<Cell> cells) {
    this.shape = shape;
    this.cells = cells;
  }

  /**
   * @param zone of the installation: moments are told in it
   */
  static <T extends Record> RowReader<T> of(Class<T> type, ZoneId zone) {
    return of(type, zone, "");
  }

  private static <T extends Record> RowReader<T> of(Class<T> type, ZoneId zone, String prefix) {
    Shape<T> shape = Shape.of(type);
    return new RowReader<>(
        shape,
        shape.parts().stream()
            .map(part -> cell(part.type(), zone, prefix + part.column()))
            .toList());
  }

  @Override
  public T map(ResultSet row) throws SQLException {
    return shape.make(values(row));
  }

  private Object[] values(ResultSet row) throws SQLException {
    Object[] values = new Object[cells.size()];
    for (int i = 0; i < values.length; i++) values[i] = cells.get(i).of(row);
    return values;
  }

  private static Cell cell(Class<?> type, ZoneId zone, String column) {
    if (type.isRecord()) return nested(of(type.asSubclass(Record.class), zone, column + "_"));
    if (type.isEnum()) return constant(type.getEnumConstants(), column);
    if (type == String.class) return row -> row.getString(column);
    if (type == int.class || type == Integer.class) return row -> orNull(row, row.getInt(column));
    if (type == long.class || type == Long.class) return row -> orNull(row, row.getLong(column));
    if (type == boolean.class || type == Boolean.class)
      return row -> orNull(row, row.getBoolean(column));
    if (type == OffsetDateTime.class) return row -> moment(row, column, zone);
    if (type == Instant.class) return row -> instant(row, column);
    if (type == LocalDate.class || type == BigDecimal.class || type == UUID.class)
      return row -> row.getObject(column, type);
    throw new IllegalArgumentException(column + ": a " + type + " is in no column");
  }

  private static Cell nested(RowReader<?> reader) {
    return row -> {
      Object[] values = reader.values(row);
      for (Object value : values) if (value != null) return reader.shape.make(values);
      return null;
    };
  }

  private static Cell constant(Object[] constants, String column) {
    return row -> {
      String name = row.getString(column);
      if (name == null) return null;
      for (Object constant : constants)
        if (((Enum<?>) constant).name().equals(name)) return constant;
      throw new IllegalStateException(column + ": unknown value " + name);
    };
  }

  private static Object orNull(ResultSet row, Object value) throws SQLException {
    return row.wasNull() ? null : value;
  }

  private static OffsetDateTime moment(ResultSet row, String column, ZoneId zone)
      throws SQLException {
    Instant at = instant(row, column);
    return at == null ? null : at.atZone(zone).toOffsetDateTime();
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }
}
