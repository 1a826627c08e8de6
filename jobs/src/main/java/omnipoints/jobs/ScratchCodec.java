package omnipoints.jobs;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import omnipoints.sql.Shape;

/**
 * Records as bytes and back, by their components: what scratch files are made of. Lists of records
 * nest. Instants keep microseconds, as the database does. Not thread-safe.
 */
final class ScratchCodec {

  private interface Write {
    void write(Out out, Object value);
  }

  private interface Read {
    Object read(In in);
  }

  /** One record type. */
  static final class Of<T extends Record> {
    private final Shape<T> shape;
    private final Write[] writes;
    private final Read[] reads;

    Of(Class<T> type) {
      shape = Shape.of(type);
      writes = shape.parts().stream().map(ScratchCodec::write).toArray(Write[]::new);
      reads = shape.parts().stream().map(ScratchCodec::read).toArray(Read[]::new);
    }

    void write(Out out, T record) {
      List<Shape.Part> parts = shape.parts();
      for (int i = 0; i < writes.length; i++) writes[i].write(out, parts.get(i).of(record));
    }

    T read(In in) {
      Object[] values = new Object[reads.length];
      for (int i = 0; i < values.length; i++) values[i] = reads[i].read(in);
      return shape.make(values);
    }
  }

  /** Bytes to be written; grows. */
  static final class Out {
    byte[] bytes = new byte[4096];
    int length;

    void put(int b) {
      if (length == bytes.length) bytes = Arrays.copyOf(bytes, length * 2);
      bytes[length++] = (byte) b;
    }

    void number(long value) {
      long zigzag = (value << 1) ^ (value >> 63);
      while ((zigzag & ~0x7fL) != 0) {
        put((int) (zigzag & 0x7f) | 0x80);
        zigzag >>>= 7;
      }
      put((int) zigzag);
    }

    void fixed(long value) {
      for (int shift = 56; shift >= 0; shift -= 8) put((int) (value >> shift));
    }

    void bytes(byte[] value) {
      number(value.length);
      if (length + value.length > bytes.length)
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + value.length));
      System.arraycopy(value, 0, bytes, length, value.length);
      length += value.length;
    }
  }

  /** Bytes to be read. */
  static final class In {
    final byte[] bytes;
    int at;

    In(byte[] bytes, int from) {
      this.bytes = bytes;
      this.at = from;
    }

    int get() {
      return bytes[at++] & 0xff;
    }

    long number() {
      long zigzag = 0;
      int shift = 0;
      for (int b = get(); ; b = get()) {
        zigzag |= (long) (b & 0x7f) << shift;
        if (b < 0x80) break;
        shift += 7;
      }
      return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    long fixed() {
      long value = 0;
      for (int i = 0; i < 8; i++) value = value << 8 | get();
      return value;
    }

    byte[] bytes() {
      int length = (int) number();
      at += length;
      return Arrays.copyOfRange(bytes, at - length, at);
    }

    String text() {
      int length = (int) number();
      at += length;
      return new String(bytes, at - length, length, StandardCharsets.UTF_8);
    }
  }

  private ScratchCodec() {}

  private static Write write(Shape.Part part) {
    Class<?> type = part.type();
    if (part.list()) return list(type);
    if (type == int.class) return (out, value) -> out.number((Integer) value);
    if (type == short.class) return (out, value) -> out.number((Short) value);
    if (type == long.class) return (out, value) -> out.fixed((Long) value);
    if (type == boolean.class) return (out, value) -> out.put((Boolean) value ? 1 : 0);
    Write there = present(type);
    return (out, value) -> {
      out.put(value == null ? 0 : 1);
      if (value != null) there.write(out, value);
    };
  }

  private static Write present(Class<?> type) {
    if (type == Long.class) return (out, value) -> out.number((Long) value);
    if (type == String.class) return (out, value) -> text(out, (String) value);
    if (type == byte[].class) return (out, value) -> out.bytes((byte[]) value);
    if (type == Instant.class) return (out, value) -> instant(out, (Instant) value);
    if (type == BigDecimal.class) return (out, value) -> text(out, ((BigDecimal) value).toString());
    throw new IllegalArgumentException("scratch holds no " + type);
  }

  private static void text(Out out, String text) {
    out.bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void instant(Out out, Instant at) {
    out.number(at.getEpochSecond());
    out.number(at.getNano() / 1000);
  }

  private static Read read(Shape.Part part) {
    Class<?> type = part.type();
    if (part.list()) return listOf(type);
    if (type == int.class) return in -> (int) in.number();
    if (type == short.class) return in -> (short) in.number();
    if (type == long.class) return In::fixed;
    if (type == boolean.class) return in -> in.get() == 1;
    Read there = presentOf(type);
    return in -> in.get() == 0 ? null : there.read(in);
  }

  private static Read presentOf(Class<?> type) {
    if (type == Long.class) return In::number;
    if (type == String.class) return In::text;
    if (type == byte[].class) return In::bytes;
    if (type == Instant.class) return in -> Instant.ofEpochSecond(in.number(), in.number() * 1000);
    if (type == BigDecimal.class) return in -> new BigDecimal(in.text());
    throw new IllegalArgumentException("scratch holds no " + type);
  }

  private static Write list(Class<?> element) {
    if (element == String.class)
      return (out, value) -> {
        List<?> texts = (List<?>) value;
        out.number(texts == null ? -1 : texts.size());
        if (texts != null) texts.forEach(text -> text(out, (String) text));
      };
    var nested = new Of<>(element.asSubclass(Record.class));
    return (out, value) -> nestedList(nested, out, (List<?>) value);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Record> void nestedList(Of<T> of, Out out, List<?> records) {
    out.number(records.size());
    for (Object record : records) of.write(out, (T) record);
  }

  private static Read listOf(Class<?> element) {
    if (element == String.class)
      return in -> {
        int size = (int) in.number();
        if (size < 0) return null;
        List<String> texts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) texts.add(in.text());
        return texts;
      };
    var nested = new Of<>(element.asSubclass(Record.class));
    return in -> {
      int size = (int) in.number();
      if (size == 0) return List.of();
      List<Object> records = new ArrayList<>(size);
      for (int i = 0; i < size; i++) records.add(nested.read(in));
      return records;
    };
  }
}
