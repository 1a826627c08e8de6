package omnipoints.books;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import omnipoints.sql.Statement.RowMapper;

/**
 * Makes a record of a row: each component is the column of its name. A component that is a record
 * itself is made of the columns that begin with its name ({@code entry_night}, {@code entry_n}),
 * and null when all of them are.
 */
final class RowReader<T extends Record> implements RowMapper<T> {
  private interface Cell {
    Object of(ResultSet row) throws SQLException;
  }

  private final Constructor<T> constructor;
  private final List<Cell> cells;

  private RowReader(Constructor<T> constructor, List<Cell> cells) {
    this.constructor = constructor;
    this.cells = cells;
  }

  /**
   * @param zone of the installation: moments are told in it
   */
  static <T extends Record> RowReader<T> of(Class<T> type, ZoneId zone) {
    return of(type, zone, "");
  }

  private static <T extends Record> RowReader<T> of(Class<T> type, ZoneId zone, String prefix) {
    List<Cell> cells = new ArrayList<>();
    List<Class<?>> types = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      types.add(component.getType());
      cells.add(cell(component.getType(), zone, prefix + column(component.getName())));
    }
    try {
      Constructor<T> constructor = type.getDeclaredConstructor(types.toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return new RowReader<>(constructor, cells);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String column(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  @Override
  public T map(ResultSet row) throws SQLException {
    return make(values(row));
  }

  private Object[] values(ResultSet row) throws SQLException {
    Object[] values = new Object[cells.size()];
    for (int i = 0; i < values.length; i++) values[i] = cells.get(i).of(row);
    return values;
  }

  private T make(Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      throw new IllegalStateException("no " + constructor.getDeclaringClass() + " in this row", e);
    }
  }

  private static Cell cell(Class<?> type, ZoneId zone, String column) {
    if (type.isRecord()) return nested(type.asSubclass(Record.class), zone, column + "_");
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

  private static Cell nested(Class<? extends Record> type, ZoneId zone, String prefix) {
    RowReader<? extends Record> reader = of(type, zone, prefix);
    return row -> {
      Object[] values = reader.values(row);
      for (Object value : values) if (value != null) return reader.make(values);
      return null;
    };
  }

  private static Cell constant(Object[] constants, String column) {
    return row -> {
      String name = row.getString(column);
      for (Object constant : constants)
        if (((Enum<?>) constant).name().equals(name)) return constant;
      if (name == null) return null;
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
