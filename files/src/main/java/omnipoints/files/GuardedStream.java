package omnipoints.files;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/**
 * The bytes of one packed member while they are unpacked: counted against the budget, and compared
 * with the check sum when they end. Damage and excess are {@link DeliveryRefused}, so that any
 * IOException a caller sees is its own.
 */
class GuardedStream extends InputStream {
  private static final int EVENT_BYTES_MAX = 64 << 20;

  private final InputStream in;
  private final String where;
  private final InflationBudget budget;
  private final long packed;
  private final long declaredBytes;
  private final long declaredCrc;
  private final CRC32 crc = new CRC32();
  private long count;
  private long counted;
  private long sinceEvent;
  private boolean inEvents;
  private boolean ended;

  /**
   * {@code packed}, {@code declaredBytes} and {@code declaredCrc} are -1 where the container does
   * not tell.
   */
  GuardedStream(
      InputStream in,
      String where,
      InflationBudget budget,
      long packed,
      long declaredBytes,
      long declaredCrc) {
    this.in = in;
    this.where = where;
    this.budget = budget;
    this.packed = packed;
    this.declaredBytes = declaredBytes;
    this.declaredCrc = declaredCrc;
  }

  /** Reads of the same member before are not counted twice. */
  GuardedStream countedBefore(long bytes) {
    counted = bytes;
    return this;
  }

  long count() {
    return count;
  }

  /** Packed bytes behind what was read so far, 0 where the container does not tell. */
  long position() {
    return packed > 0 && declaredBytes > 0 ? count * packed / declaredBytes : 0;
  }

  /**
   * Whoever reads takes it in events, each of which is held in memory: one must not hold a whole
   * bomb. Without this the bytes are only passed on, however many there are.
   */
  void inEvents() {
    inEvents = true;
  }

  /** A reader has used up what it read. */
  void eventDone() {
    sinceEvent = 0;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    if (ended) return -1;
    int read;
    try {
      read = in.read(bytes, offset, length);
    } catch (EOFException e) {
      throw Refusals.torn(where, "the packed data end too early");
    } catch (IOException | RuntimeException e) {
      throw Refusals.broken(where, "the packed data are damaged (" + e.getMessage() + ")");
    }
    if (read < 0) {
      end();
      return -1;
    }
    count += read;
    sinceEvent += read;
    crc.update(bytes, offset, read);
    long fresh = count - Math.max(counted, count - read);
    if (fresh > 0) budget.inflated(fresh, count, packed, where);
    if (inEvents && sinceEvent > EVENT_BYTES_MAX) {
      throw Refusals.broken(where, "one element is larger than " + EVENT_BYTES_MAX + " bytes");
    }
    return read;
  }

  private void end() {
    ended = true;
    if (declaredBytes >= 0 && count != declaredBytes) {
      throw Refusals.broken(
          where, "it unpacks to " + count + " bytes, but " + declaredBytes + " are declared");
    }
    if (declaredCrc >= 0 && crc.getValue() != declaredCrc) {
      throw Refusals.broken(where, "its bytes do not match their check sum");
    }
  }

  /** Reads on to the end, for the check sum's sake. */
  void drain() {
    byte[] rest = new byte[1 << 13];
    while (read(rest, 0, rest.length) >= 0) sinceEvent = 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
