package omnipoints.jobs;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import omnipoints.facts.Shown;
import omnipoints.facts.Shown.GluedShown;
import omnipoints.facts.Shown.LineShown;
import omnipoints.facts.Shown.OrderShown;
import omnipoints.facts.Shown.RefundShown;
import omnipoints.facts.Shown.RejectShown;
import omnipoints.facts.Shown.ReturnShown;
import omnipoints.facts.Shown.SplitShown;

/**
 * The rows of a night on their way from read to join, in local files cut by order number: {@code
 * scratch/<night>/<epoch>/<range>}, owner-only, hashes and masked texts only. A cache: what is
 * missing or damaged is made again from the archive, so nothing here is flushed to the disk. A file
 * begins with what it was made for and ends with its rows and checksum; it counts only whole.
 */
final class Scratch {

  private static final int BUFFER = 16 * 1024;
  private static final int TAIL = 16;
  private static final int ROOM = 3;
  private static final long MIB = 1 << 20;

  private final Path folder;
  private final String made;
  private final int ranges;
  private final ScratchCodec.Of<OrderShown> orders = new ScratchCodec.Of<>(OrderShown.class);
  private final ScratchCodec.Of<LineShown> lines = new ScratchCodec.Of<>(LineShown.class);
  private final ScratchCodec.Of<ReturnShown> returns = new ScratchCodec.Of<>(ReturnShown.class);
  private final ScratchCodec.Of<RefundShown> refunds = new ScratchCodec.Of<>(RefundShown.class);
  private final ScratchCodec.Of<RejectShown> rejects = new ScratchCodec.Of<>(RejectShown.class);
  private final ScratchCodec.Of<SplitShown> splits = new ScratchCodec.Of<>(SplitShown.class);

  private final ScratchCodec.Of<GluedShown> glued = new ScratchCodec.Of<>(GluedShown.class);

  /** A row with the group it belongs to: the first half of the key of its order. */
  record Grouped(long group, Shown row) {}

  /**
   * @param made what the rows depend on: night, input, mappings, code
   * @param ranges into how many files they are cut; what comes out does not depend on it
   */
  Scratch(Path folder, String made, int ranges) {
    this.folder = folder;
    this.made = made;
    this.ranges = ranges;
  }

  int ranges() {
    return ranges;
  }

  private Path file(int range) {
    return folder.resolve(String.format("%03d", range));
  }

  /** Where a group lies: ranges follow each other in the order of the keys. */
  private int range(long group) {
    return (int) Math.multiplyHigh(group >>> 1, 2L * ranges);
  }

  /**
   * Begins to write; what earlier attempts of the night left is thrown away.
   *
   * @param input bytes that will be read; a disk that is full in the middle of a night stops the
   *     database as well, so that room is asked for before
   * @throws NightRefused 9 there is not three times as much room
   */
  Writer write(long input) {
    try {
      clear(folder.getParent());
      Files.createDirectories(folder);
      long free = Files.getFileStore(folder).getUsableSpace();
      if (free < ROOM * input) throw full(ROOM * input, free);
      return new Writer();
    } catch (IOException e) {
      throw failed("cannot write to " + folder, e);
    }
  }

  private NightRefused full(long wanted, long free) {
    return new NightRefused(
        9,
        "DISK_FULL",
        folder
            + ": the night wants "
            + megabytes(wanted)
            + " MiB to spill its rows to, three times its files, and "
            + free / MIB
            + " MiB are free; nothing was read yet",
        List.of("free space there", "./omnipoints restart " + folder.getParent().getFileName()));
  }

  private static long megabytes(long bytes) {
    return (bytes + MIB - 1) / MIB;
  }

  /** Takes rows in any order. */
  final class Writer implements AutoCloseable {
    private final OutputStream[] files = new OutputStream[ranges];
    private final CRC32C[] sums = new CRC32C[ranges];
    private final long[] rows = new long[ranges];
    private final ScratchCodec.Out out = new ScratchCodec.Out();

    private Writer() throws IOException {
      byte[] head = made.getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < ranges; i++) {
        files[i] = new BufferedOutputStream(Files.newOutputStream(file(i)), BUFFER);
        sums[i] = new CRC32C();
        files[i].write(ByteBuffer.allocate(4).putInt(head.length).array());
        files[i].write(head);
      }
    }

    void put(long group, Shown row) {
      out.length = 0;
      out.fixed(group);
      if (row instanceof LineShown line) {
        out.put('L');
        lines.write(out, line);
      } else if (row instanceof OrderShown order) {
        out.put('O');
        orders.write(out, order);
      } else if (row instanceof ReturnShown back) {
        out.put('T');
        returns.write(out, back);
      } else if (row instanceof RefundShown refund) {
        out.put('R');
        refunds.write(out, refund);
      } else if (row instanceof SplitShown split) {
        out.put('S');
        splits.write(out, split);
      } else if (row instanceof GluedShown other) {
        out.put('G');
        glued.write(out, other);
      } else {
        out.put('X');
        rejects.write(out, (RejectShown) row);
      }
      int range = range(group);
      sums[range].update(out.bytes, 0, out.length);
      rows[range]++;
      try {
        files[range].write(out.bytes, 0, out.length);
      } catch (IOException e) {
        throw failed("cannot write to " + file(range), e);
      }
    }

    /** Ends all files; without it none counts. */
    void finish() {
      try {
        for (int i = 0; i < ranges; i++) {
          files[i].write(
              ByteBuffer.allocate(TAIL).putLong(rows[i]).putLong(sums[i].getValue()).array());
        }
        close();
      } catch (IOException e) {
        throw failed("cannot write to " + folder, e);
      }
    }

    @Override
    public void close() {
      try {
        for (OutputStream file : files) file.close();
      } catch (IOException e) {
        throw failed("cannot write to " + folder, e);
      }
    }
  }

  /** Ranges that follow each other, as many together as have so many bytes. */
  List<List<Integer>> batches(long bytes) {
    try {
      List<List<Integer>> batches = new ArrayList<>();
      List<Integer> batch = new ArrayList<>();
      long size = 0;
      for (int range = 0; range < ranges; range++) {
        batch.add(range);
        size += Files.size(file(range));
        if (size < bytes && range < ranges - 1) continue;
        batches.add(batch);
        batch = new ArrayList<>();
        size = 0;
      }
      return batches;
    } catch (IOException e) {
      throw failed("cannot read " + folder, e);
    }
  }

  /** Whether every range is there and whole. */
  boolean whole() {
    for (int i = 0; i < ranges; i++) if (bytes(i).isEmpty()) return false;
    return true;
  }

  private record Range(byte[] bytes, int from, int to, long rows) {}

  private Optional<Range> bytes(int range) {
    try {
      byte[] bytes = Files.readAllBytes(file(range));
      byte[] head = made.getBytes(StandardCharsets.UTF_8);
      int from = 4 + head.length;
      int to = bytes.length - TAIL;
      if (to < from
          || ByteBuffer.wrap(bytes).getInt() != head.length
          || !Arrays.equals(bytes, 4, from, head, 0, head.length)) return Optional.empty();
      var sum = new CRC32C();
      sum.update(bytes, from, to - from);
      ByteBuffer tail = ByteBuffer.wrap(bytes, to, TAIL);
      long rows = tail.getLong();
      if (tail.getLong() != sum.getValue()) return Optional.empty();
      return Optional.of(new Range(bytes, from, to, rows));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("cannot read " + file(range), e);
    }
  }

  /**
   * The rows of a range in the order of their groups; verified whole before its first row is used.
   */
  List<Grouped> read(int range) {
    Range found =
        bytes(range)
            .orElseThrow(() -> new IllegalStateException(file(range) + " is damaged or missing"));
    var in = new ScratchCodec.In(found.bytes(), found.from());
    List<Grouped> all = new ArrayList<>((int) found.rows());
    while (in.at < found.to()) {
      long group = in.fixed();
      Shown row =
          switch (in.get()) {
            case 'L' -> lines.read(in);
            case 'O' -> orders.read(in);
            case 'T' -> returns.read(in);
            case 'R' -> refunds.read(in);
            case 'S' -> splits.read(in);
            case 'G' -> glued.read(in);
            default -> rejects.read(in);
          };
      all.add(new Grouped(group, row));
    }
    all.sort((a, b) -> Long.compareUnsigned(a.group(), b.group()));
    return all;
  }

  private static UncheckedIOException failed(String what, IOException why) {
    return new UncheckedIOException(what + ": " + why.getMessage(), why);
  }

  /** Throws a folder of scratch away, with all below it. */
  static void clear(Path folder) throws IOException {
    if (!Files.exists(folder)) return;
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
    }
  }
}
