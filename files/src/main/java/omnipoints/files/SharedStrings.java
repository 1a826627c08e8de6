package omnipoints.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The strings a workbook's cells point at, read no further than asked for. The first ones, which
 * are the words every row repeats, stay in memory; the others lie in a scratch file that nobody
 * else can open, found by their offsets.
 */
final class SharedStrings implements AutoCloseable {
  private static final int NEAR_CHARS = 2 << 20;
  private static final int READ_AHEAD = 4096;
  private static final int BLOCK = 1 << 16;
  private static final int BLOCKS_CACHED = 64;
  private static final int OFFSETS_PER_CHUNK = 1 << 16;

  private final XmlEvents xml;
  private final String where;
  private final int limit;
  private final StringBuilder text = new StringBuilder();
  private final List<String> near = new ArrayList<>();
  private final List<long[]> offsets = new ArrayList<>();
  private final Map<Long, byte[]> blocks =
      new LinkedHashMap<>(BLOCKS_CACHED * 2, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
          return size() > BLOCKS_CACHED;
        }
      };
  private int nearChars;
  private int far;
  private long written;
  private long buffered;
  private byte[] tail = new byte[BLOCK];
  private int tailLength;
  private FileChannel scratch;
  private boolean ended;

  /** {@code xmlOrNull} is null for a workbook without shared strings. */
  SharedStrings(XmlEvents xmlOrNull, String where, int limit) {
    this.xml = xmlOrNull;
    this.where = where;
    this.limit = limit;
    this.ended = xmlOrNull == null;
  }

  /** The string of that index; a cell that points beyond the last one is damage. */
  String get(int index) {
    if (index >= size() && !ended) readTo(index + READ_AHEAD);
    if (index < 0 || index >= size()) {
      throw Refusals.broken(where, "a cell points at string " + index + ", which is not there");
    }
    return index < near.size() ? near.get(index) : far(index - near.size());
  }

  private int size() {
    return near.size() + far;
  }

  /** Reads what is left, so that damage behind the last string used is seen as well. */
  void finish() {
    if (xml == null) return;
    xml.finish();
  }

  private void readTo(int index) {
    while (size() <= index) {
      if (!xml.nextElement()) {
        ended = true;
        return;
      }
      if (!xml.name().equals("si")) continue;
      text.setLength(0);
      xml.runs(text, limit);
      add(XmlEvents.unescaped(text));
    }
  }

  private void add(String string) {
    if (far == 0 && nearChars < NEAR_CHARS) {
      near.add(string);
      nearChars += string.length() + 24;
      return;
    }
    int slot = far % OFFSETS_PER_CHUNK;
    if (slot == 0) offsets.add(new long[OFFSETS_PER_CHUNK]);
    offsets.get(far / OFFSETS_PER_CHUNK)[slot] = buffered;
    far++;
    append(string.getBytes(StandardCharsets.UTF_16BE));
  }

  private void append(byte[] bytes) {
    if (tailLength + bytes.length > tail.length) flush();
    if (bytes.length > tail.length) tail = new byte[bytes.length];
    System.arraycopy(bytes, 0, tail, tailLength, bytes.length);
    tailLength += bytes.length;
    buffered += bytes.length;
  }

  private void flush() {
    try {
      if (scratch == null) open();
      blocks.remove(written / BLOCK);
      ByteBuffer bytes = ByteBuffer.wrap(tail, 0, tailLength);
      long at = written;
      while (bytes.hasRemaining()) at += scratch.write(bytes, at);
      written = at;
      tailLength = 0;
    } catch (IOException e) {
      throw new UncheckedIOException("no room for the strings of " + where, e);
    }
  }

  private void open() throws IOException {
    Path file = Files.createTempFile("omnipoints-strings-", ".tmp");
    scratch =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
  }

  private String far(int index) {
    long from = offset(index);
    long to = index + 1 < far ? offset(index + 1) : buffered;
    if (to > written) flush();
    byte[] bytes = new byte[(int) (to - from)];
    for (int copied = 0; copied < bytes.length; ) {
      long at = from + copied;
      byte[] block = block(at / BLOCK);
      int within = (int) (at % BLOCK);
      int count = Math.min(bytes.length - copied, block.length - within);
      System.arraycopy(block, within, bytes, copied, count);
      copied += count;
    }
    return new String(bytes, StandardCharsets.UTF_16BE);
  }

  private long offset(int index) {
    return offsets.get(index / OFFSETS_PER_CHUNK)[index % OFFSETS_PER_CHUNK];
  }

  private byte[] block(long number) {
    byte[] cached = blocks.get(number);
    if (cached != null) return cached;
    try {
      ByteBuffer read = ByteBuffer.allocate(BLOCK);
      long at = number * BLOCK;
      while (read.hasRemaining()) {
        int count = scratch.read(read, at + read.position());
        if (count < 0) break;
      }
      byte[] block = Arrays.copyOf(read.array(), read.position());
      blocks.put(number, block);
      return block;
    } catch (IOException e) {
      throw new UncheckedIOException("the strings of " + where + " cannot be read back", e);
    }
  }

  @Override
  public void close() {
    try {
      if (xml != null) xml.close();
      if (scratch != null) scratch.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the strings of " + where + " cannot be dropped", e);
    }
  }
}
