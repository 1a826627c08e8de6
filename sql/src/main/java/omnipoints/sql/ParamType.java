package omnipoints.sql;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.stream.Collectors;
import org.postgresql.util.PGobject;

/**
 * The types a statement may declare for its parameters, and the Java values they take. Null is
 * allowed everywhere.
 */
enum ParamType {
  BOOLEAN("boolean", Types.BIT, Boolean.class),
  SMALLINT("smallint", Types.SMALLINT, Short.class, Integer.class),
  INT("int", Types.INTEGER, Integer.class, Short.class),
  BIGINT("bigint", Types.BIGINT, Long.class, Integer.class, Short.class),
  NUMERIC("numeric", Types.NUMERIC, BigDecimal.class),
  TEXT("text", Types.VARCHAR, String.class),
  BYTEA("bytea", Types.BINARY, byte[].class),
  UUID_("uuid", Types.OTHER, UUID.class),
  DATE("date", Types.DATE, LocalDate.class),
  TIMESTAMP("timestamp", Types.TIMESTAMP, LocalDateTime.class),
  TIMESTAMPTZ("timestamptz", Types.TIMESTAMP_WITH_TIMEZONE, Instant.class),
  JSONB("jsonb", Types.OTHER, String.class),
  TEXT_ARRAY("text[]", Types.ARRAY, Collection.class),
  BIGINT_ARRAY("bigint[]", Types.ARRAY, Collection.class),
  INT_ARRAY("int[]", Types.ARRAY, Collection.class),
  DATE_ARRAY("date[]", Types.ARRAY, Collection.class),
  UUID_ARRAY("uuid[]", Types.ARRAY, Collection.class);

  private static final Map<String, ParamType> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(t -> t.sqlName, t -> t));

  final String sqlName;
  private final int jdbcType;
  private final Class<?>[] accepted;

  ParamType(String sqlName, int jdbcType, Class<?>... accepted) {
    this.sqlName = sqlName;
    this.jdbcType = jdbcType;
    this.accepted = accepted;
  }

  static Optional<ParamType> named(String sqlName) {
    return Optional.ofNullable(BY_NAME.get(sqlName));
  }

  static String names() {
    return Arrays.stream(values()).map(t -> t.sqlName).collect(Collectors.joining(", "));
  }

  boolean accepts(Object value) {
    return value == null || Arrays.stream(accepted).anyMatch(type -> type.isInstance(value));
  }

  String javaNames() {
    return Arrays.stream(accepted).map(Class::getSimpleName).collect(Collectors.joining(" or "));
  }

  void bind(PreparedStatement statement, int index, Object value) throws SQLException {
    if (value == null) {
      statement.setNull(index, jdbcType);
      return;
    }
    switch (this) {
      case TIMESTAMPTZ -> statement.setObject(index, ((Instant) value).atOffset(ZoneOffset.UTC));
      case SMALLINT, INT -> statement.setInt(index, exact((Number) value));
      case BIGINT -> statement.setLong(index, ((Number) value).longValue());
      case BYTEA -> statement.setBytes(index, (byte[]) value);
      case JSONB -> statement.setObject(index, value, Types.OTHER);
      case UUID_ARRAY -> statement.setObject(index, keys((Collection<?>) value));
      case TEXT_ARRAY, BIGINT_ARRAY, INT_ARRAY, DATE_ARRAY ->
          statement.setArray(index, array(statement.getConnection(), (Collection<?>) value));
      case TEXT -> statement.setString(index, StoredText.of((String) value));
      default -> statement.setObject(index, value);
    }
  }

  private static int exact(Number value) {
    return value instanceof Long wide ? Math.toIntExact(wide) : value.intValue();
  }

  // Arrays of keys are long; the driver would look at each character for one to escape.
  private static PGobject keys(Collection<?> values) throws SQLException {
    var text = new StringJoiner(",", "{", "}");
    for (Object value : values) text.add(String.valueOf(value));
    var keys = new PGobject();
    keys.setType("_uuid");
    keys.setValue(text.toString());
    return keys;
  }

  private java.sql.Array array(Connection connection, Collection<?> values) throws SQLException {
    String element = sqlName.substring(0, sqlName.length() - 2);
    Object[] stored =
        values.stream().map(v -> v instanceof String text ? StoredText.of(text) : v).toArray();
    return connection.createArrayOf(element, stored);
  }
}
