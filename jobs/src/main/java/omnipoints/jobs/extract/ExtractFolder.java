package omnipoints.jobs.extract;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import omnipoints.facts.Sha256;
import omnipoints.routes.OwnerOnly;

/**
 * A folder that shows its files all at once: they are written as {@code .part}, forced to disk, and
 * renamed by {@link #publish}, the manifest last. Closing without publishing removes the parts;
 * opening it removes those that a killed process left. One process at a time: the one with the
 * lock.
 */
public final class ExtractFolder implements AutoCloseable {

  private final Path folder;
  private final List<CsvFile> files = new ArrayList<>();
  private final Csv.Reader reader;

  private ExtractFolder(Path folder, Csv.Reader reader) {
    this.folder = folder;
    this.reader = reader;
  }

  /**
   * Opens a folder, made if it is not there.
   *
   * @param reader who reads its files
   */
  public static ExtractFolder open(Path folder, Csv.Reader reader) throws IOException {
    OwnerOnly.folder(folder);
    Parts.sweep(folder);
    return new ExtractFolder(folder, reader);
  }

  /** Begins a file with its header; it is shown with the others. */
  public CsvFile open(String name, List<String> header) {
    try {
      var file = new CsvFile(folder.resolve(name), header, reader);
      files.add(file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes one whole file. */
  public void csv(String name, List<String> header, Consumer<CsvFile> rows) {
    CsvFile file = open(name, header);
    rows.accept(file);
    file.close();
  }

  /** The files in order of their names. */
  public List<CsvFile> files() {
    return files.stream().sorted(Comparator.comparing(CsvFile::name)).toList();
  }

  /** Makes the files visible, and last the manifest. */
  public void publish(byte[] manifest) {
    show();
    show("manifest.json", out -> out.write(manifest));
  }

  /** Makes the files visible. */
  public void show() {
    try {
      for (CsvFile file : files) file.rename();
      Parts.force(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the bytes of a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes a file whole and makes it visible. */
  public void show(String name, Content content) {
    Path part = folder.resolve(name + ".part");
    try {
      try (FileChannel channel = Parts.create(part)) {
        var out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      Parts.rename(part, folder.resolve(name));
      Parts.force(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (CsvFile file : files) file.abandon();
  }

  /** One file being written. */
  public static final class CsvFile {
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
      this.channel = Parts.create(part);
      this.digest = Sha256.digest();
      this.out =
          new BufferedOutputStream(
              new DigestOutputStream(Channels.newOutputStream(channel), digest), 1 << 16);
      this.csv = new Csv(out, reader);
      csv.row(header.toArray(String[]::new));
    }

    /** Writes one row. */
    public void row(String... cells) {
      csv.row(cells);
      rows++;
    }

    /** Ends the file and forces it to disk; it is not visible yet. */
    public void close() {
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
      Parts.rename(part, target);
    }

    private void abandon() throws IOException {
      if (channel.isOpen()) channel.close();
      Files.deleteIfExists(part);
    }

    /** Name of the file. */
    public String name() {
      return target.getFileName().toString();
    }

    /** Rows below the header. */
    public long rows() {
      return rows;
    }

    /** Length of the closed file. */
    public long bytes() {
      return bytes;
    }

    /** Hash of the closed file. */
    public String sha256() {
      return sha256;
    }
  }
}
