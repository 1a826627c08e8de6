package omnipoints.sql;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Streams rows into one table by COPY in the binary format. Call {@link #row()}, then one {@code
 * put} per column in order, and so on; {@link #finish()} ends the copy. Closing without {@code
 * finish} abandons it: the server then has none of its rows and the transaction can only be rolled
 * back. Not thread-safe. The types must be those of the columns exactly: {@code putInt} into a
 * {@code bigint} column is refused by the server.
 */
public final class BinaryCopy implements AutoCloseable {

  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)?");
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
  };
  private static final int BUFFER = 64 * 1024;
  private static final long EPOCH_DAY_2000 = LocalDate.of(2000, 1, 1).toEpochDay();
  private static final long EPOCH_SECOND_2000 = EPOCH_DAY_2000 * 86_400;
  private static final BigInteger TEN_THOUSAND = BigInteger.valueOf(10_000);
  private static final int TEXT_OID = 25;

  private final String target;
  private final List<String> columns;
  private final Opening opening;
  private CopyIn copy;
  private final byte[] buffer = new byte[BUFFER];
  private int filled;
  private int column;
  private long rows;
  private boolean open = true;

  /** Begins the copy on the server. */
  private interface Opening {
    CopyIn open() throws SQLException;
  }

  private BinaryCopy(String table, List<String> columns, Opening opening) {
    if (columns.isEmpty())
      throw new IllegalArgumentException("COPY into " + table + " without columns");
    columns.forEach(BinaryCopy::refuseOddName);
    refuseOddName(table);
    this.target = "copy " + table;
    this.columns = columns;
    this.opening = opening;
    this.column = columns.size();
    writeHeader();
  }

  static BinaryCopy into(Connection connection, String table, List<String> columns) {
    var copy =
        new BinaryCopy(table, columns, () -> begin(connection, table, columns, "format binary"));
    copy.beginOnce();
    return copy;
  }

  static BinaryCopy later(Supplier<Connection> connection, String table, List<String> columns) {
    return new BinaryCopy(
        table, columns, () -> begin(connection.get(), table, columns, "format binary"));
  }

  static BinaryCopy laterFresh(
      Supplier<Connection> connection, String table, List<String> columns) {
    return new BinaryCopy(
        table,
        columns,
        () -> {
          Connection given = connection.get();
          Database.execute(given, "truncate " + table, "truncate " + table);
          return begin(given, table, columns, "format binary, freeze");
        });
  }

  private static CopyIn begin(
      Connection connection, String table, List<String> columns, String options)
      throws SQLException {
    return connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn(
            "copy " + table + " (" + String.join(", ", columns) + ") from stdin (" + options + ")");
  }

  private void beginOnce() {
    if (copy != null) return;
    try {
      copy = opening.open();
    } catch (SQLException e) {
      throw Failures.of(target, e);
    }
  }

  private static void refuseOddName(String name) {
    if (!NAME.matcher(name).matches())
      throw new IllegalArgumentException("'" + name + "' is not a plain SQL name");
  }

  private void writeHeader() {
    writeBytes(SIGNATURE);
    writeInt(0);
    writeInt(0);
  }

  /** Starts the next row. */
  public BinaryCopy row() {
    endRow();
    writeShort(columns.size());
    column = 0;
    rows++;
    return this;
  }

  private void endRow() {
    if (column != columns.size()) {
      throw new IllegalStateException(
          target
              + ": row "
              + rows
              + " has "
              + column
              + " of "
              + columns.size()
              + " values; next is "
              + columns.get(column));
    }
  }

  private void startValue() {
    if (column >= columns.size()) {
      throw new IllegalStateException(
          target + ": more than " + columns.size() + " values in row " + rows);
    }
    column++;
  }

  private void startValue(int length) {
    startValue();
    writeInt(length);
  }

  /** Null, for a column of any type. */
  public BinaryCopy putNull() {
    startValue(-1);
    return this;
  }

  /** {@code boolean}. */
  public BinaryCopy putBoolean(boolean value) {
    startValue(1);
    ensure(1);
    buffer[filled++] = (byte) (value ? 1 : 0);
    return this;
  }

  /** {@code smallint}; the value must fit. */
  public BinaryCopy putShort(int value) {
    if (value != (short) value) throw new IllegalArgumentException(target + ": not a smallint");
    startValue(2);
    writeShort(value);
    return this;
  }

  /** {@code int}. */
  public BinaryCopy putInt(int value) {
    startValue(4);
    writeInt(value);
    return this;
  }

  /** {@code bigint}. */
  public BinaryCopy putLong(long value) {
    startValue(8);
    writeLong(value);
    return this;
  }

  /** {@code bigint}, null allowed. */
  public BinaryCopy putLong(Long value) {
    return value == null ? putNull() : putLong(value.longValue());
  }

  /** {@code text}, null allowed; characters that cannot be stored are written as what they are. */
  public BinaryCopy putText(String value) {
    if (value == null) return putNull();
    startValue();
    writeText(value);
    return this;
  }

  /** {@code bytea}, null allowed. */
  public BinaryCopy putBytes(byte[] value) {
    if (value == null) return putNull();
    startValue(value.length);
    writeBytes(value);
    return this;
  }

  /** {@code uuid}, null allowed. */
  public BinaryCopy putUuid(UUID value) {
    if (value == null) return putNull();
    startValue(16);
    writeLong(value.getMostSignificantBits());
    writeLong(value.getLeastSignificantBits());
    return this;
  }

  /** {@code date}, null allowed. */
  public BinaryCopy putDate(LocalDate value) {
    if (value == null) return putNull();
    startValue(4);
    writeInt(Math.toIntExact(value.toEpochDay() - EPOCH_DAY_2000));
    return this;
  }

  /** {@code timestamptz}, null allowed; microseconds, what is finer is cut off. */
  public BinaryCopy putTimestamptz(Instant value) {
    if (value == null) return putNull();
    startValue(8);
    writeLong(micros(value.getEpochSecond(), value.getNano()));
    return this;
  }

  private static long micros(long epochSecond, int nano) {
    return Math.addExact(
        Math.multiplyExact(epochSecond - EPOCH_SECOND_2000, 1_000_000L), nano / 1000);
  }

  /** {@code numeric}, null allowed; exact, keeps the scale. */
  public BinaryCopy putNumeric(BigDecimal value) {
    if (value == null) return putNull();
    BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
    int scale = plain.scale();
    int fractionGroups = (scale + 3) / 4;
    // Base 10000 digits aligned at the decimal point, as the server stores them.
    BigInteger rest = plain.abs().setScale(fractionGroups * 4).unscaledValue();
    List<Integer> groups = new ArrayList<>();
    while (rest.signum() > 0) {
      BigInteger[] divided = rest.divideAndRemainder(TEN_THOUSAND);
      groups.add(divided[1].intValue());
      rest = divided[0];
    }
    Collections.reverse(groups);
    startValue(8 + 2 * groups.size());
    writeShort(groups.size());
    writeShort(groups.size() - fractionGroups - 1);
    writeShort(plain.signum() < 0 ? 0x4000 : 0);
    writeShort(scale);
    groups.forEach(this::writeShort);
    return this;
  }

  /** {@code text[]}, null allowed, elements not null. */
  public BinaryCopy putTexts(List<String> values) {
    if (values == null) return putNull();
    List<byte[]> texts = values.stream().map(this::utf8).toList();
    boolean empty = texts.isEmpty();
    startValue((empty ? 12 : 20) + texts.stream().mapToInt(text -> 4 + text.length).sum());
    writeInt(empty ? 0 : 1);
    writeInt(0);
    writeInt(TEXT_OID);
    if (empty) return this;
    writeInt(texts.size());
    writeInt(1);
    for (byte[] text : texts) {
      writeInt(text.length);
      writeBytes(text);
    }
    return this;
  }

  /**
   * Ends the copy. Returns the number of rows the server took, equal to those begun by {@link
   * #row()}.
   *
   * @throws StatementFailed the server refused a row (constraint, type)
   */
  public long finish() {
    endRow();
    if (copy == null && rows == 0) {
      open = false;
      return 0;
    }
    try {
      writeShort(-1);
      flush();
      open = false;
      long taken = copy.endCopy();
      if (taken != rows)
        throw new IllegalStateException(target + ": sent " + rows + " rows, server took " + taken);
      return taken;
    } catch (SQLException e) {
      throw Failures.of(target, e);
    }
  }

  /** Abandons the copy unless {@link #finish()} ended it. */
  @Override
  public void close() {
    if (!open) return;
    open = false;
    if (copy == null) return;
    try {
      copy.cancelCopy();
    } catch (SQLException e) {
      // the caller is already leaving with the reason; the transaction is lost either way
    }
  }

  // A copy of mostly short ASCII texts spends its time here: characters go straight into the
  // buffer.
  private void writeText(String value) {
    int length = value.length();
    if (length <= 1024) {
      ensure(4 + length);
      int at = filled + 4;
      int i = 0;
      while (i < length) {
        char c = value.charAt(i);
        if (c < ' ' || c >= 0x7f) break;
        buffer[at++] = (byte) c;
        i++;
      }
      if (i == length) {
        writeInt(length);
        filled = at;
        return;
      }
    }
    byte[] text = utf8(value);
    writeInt(text.length);
    writeBytes(text);
  }

  private byte[] utf8(String value) {
    return StoredText.of(value).getBytes(StandardCharsets.UTF_8);
  }

  private void writeBytes(byte[] bytes) {
    if (bytes.length <= BUFFER) {
      ensure(bytes.length);
      System.arraycopy(bytes, 0, buffer, filled, bytes.length);
      filled += bytes.length;
    } else {
      for (int from = 0; from < bytes.length; from += BUFFER) {
        writeBytes(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + BUFFER)));
      }
    }
  }

  private void writeShort(int value) {
    ensure(2);
    buffer[filled++] = (byte) (value >> 8);
    buffer[filled++] = (byte) value;
  }

  private void writeInt(int value) {
    ensure(4);
    buffer[filled++] = (byte) (value >> 24);
    buffer[filled++] = (byte) (value >> 16);
    buffer[filled++] = (byte) (value >> 8);
    buffer[filled++] = (byte) value;
  }

  private void writeLong(long value) {
    writeInt((int) (value >> 32));
    writeInt((int) value);
  }

  private void ensure(int bytes) {
    if (filled + bytes > BUFFER) flush();
  }

  private void flush() {
    beginOnce();
    try {
      copy.writeToCopy(buffer, 0, filled);
      filled = 0;
    } catch (SQLException e) {
      throw Failures.of(target, e);
    }
  }
}
