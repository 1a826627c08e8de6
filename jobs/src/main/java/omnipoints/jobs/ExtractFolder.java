package omnipoints.jobs;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import omnipoints.facts.Sha256;
import omnipoints.routes.OwnerOnly;

/**
 * A folder that shows its files all at once: they are written as {@code .part}, forced to disk, and
 * renamed by {@link #publish}, the manifest last. Closing without publishing removes the parts;
 * opening it removes those that a killed process left. One process at a time: the one with the
 * lock.
 */
final class ExtractFolder implements AutoCloseable {

  private final Path folder;
  private final List<CsvFile> files = new ArrayList<>();

  private final Csv.Reader reader;

  private ExtractFolder(Path folder, Csv.Reader reader) {
    this.folder = folder;
    this.reader = reader;
  }

  static ExtractFolder open(Path folder, Csv.Reader reader) throws IOException {
    OwnerOnly.folder(folder);
    Parts.sweep(folder);
    return new ExtractFolder(folder, reader);
  }

  CsvFile open(String name, List<String> header) {
    try {
      var file = new CsvFile(folder.resolve(name), header, reader);
      files.add(file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes one whole file. */
  void csv(String name, List<String> header, Consumer<CsvFile> rows) {
    CsvFile file = open(name, header);
    rows.accept(file);
    file.close();
  }

  /** The files in order of their names. */
  List<CsvFile> files() {
    return files.stream().sorted(Comparator.comparing(CsvFile::name)).toList();
  }

  /** Makes the files visible, and last the manifest. */
  void publish(byte[] manifest) {
    show();
    show("manifest.json", out -> out.write(manifest));
  }

  /** Makes the files visible. */
  void show() {
    try {
      for (CsvFile file : files) file.rename();
      force(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the bytes of a file. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes a file whole and makes it visible. */
  void show(String name, Content content) {
    Path part = folder.resolve(name + ".part");
    try {
      try (FileChannel channel = create(part)) {
        var out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      Files.move(
          part,
          folder.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      force(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING),
        OwnerOnly.FILE);
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory)) {
      channel.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    for (CsvFile file : files) file.abandon();
  }

  /** One file being written. */
  static final class CsvFile {
    private final Path target;
    private final Path part;
    private final FileChannel channel;
    private final MessageDigest digest;
    private final OutputStream out;
    private final Csv csv;
    private long rows;
    private long bytes;
    private String sha256;

    private CsvFile(Path target, List<String> header, Csv.Reader reader) throws IOException {
      this.target = target;
      this.part = target.resolveSibling(target.getFileName() + ".part");
      this.channel = create(part);
      this.digest = Sha256.digest();
      this.out =
          new BufferedOutputStream(
              new DigestOutputStream(Channels.newOutputStream(channel), digest), 1 << 16);
      this.csv = new Csv(out, reader);
      csv.row(header.toArray(String[]::new));
    }

    void row(String... cells) {
      csv.row(cells);
      rows++;
    }

    /** Ends the file and forces it to disk; it is not visible yet. */
    void close() {
      try {
        csv.flush();
        out.flush();
        bytes = channel.position();
        channel.force(true);
        channel.close();
        sha256 = HexFormat.of().formatHex(digest.digest());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void rename() throws IOException {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void abandon() throws IOException {
      if (channel.isOpen()) channel.close();
      Files.deleteIfExists(part);
    }

    String name() {
      return target.getFileName().toString();
    }

    long rows() {
      return rows;
    }

    long bytes() {
      return bytes;
    }

    String sha256() {
      return sha256;
    }
  }
}
