package omnipoints.routes;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * All bytes that ever arrived, reached by their hash alone: {@code <dir>/<2 hex>/<sha256>}. A file
 * under its hash is complete and durable: it was written as {@code .part}, forced to disk and
 * renamed. Safe for several processes at once.
 */
public final class Archive {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path dir;
  private final Disk disk;

  /** The archive in that directory, which is created by the first {@link #store}. */
  public Archive(Path dir) {
    this(dir, FileChannel::write);
  }

  /** The same on a disk that tests may fill. */
  Archive(Path dir, Disk disk) {
    this.dir = dir.toAbsolutePath().normalize();
    this.disk = disk;
  }

  /** How bytes get to a file. */
  @FunctionalInterface
  interface Disk {
    int write(FileChannel file, ByteBuffer chunk) throws IOException;
  }

  /** What was stored: lower-case hex hash, size, and where. */
  public record Stored(String sha256, long bytes, Path path) {}

  /** Thrown when a stream is longer than allowed; nothing was stored. */
  public static final class TooLarge extends IOException {
    TooLarge(long bytesMax) {
      super("larger than " + bytesMax + " bytes");
    }
  }

  /**
   * The archive itself cannot be written (disk full, read-only, …): the environment's fault, not
   * the sender's.
   */
  public static final class Unwritable extends IOException {
    Unwritable(Path dir, IOException cause) {
      super("cannot write to " + dir + ": " + Faults.brief(cause), cause);
    }
  }

  /** The copy was given up because we are shutting down; nothing was stored. */
  static final class Interrupted extends IOException {
    Interrupted() {
      super("stopped while copying");
    }
  }

  /**
   * Stores a stream. Storing the same bytes again is harmless, and replaces a damaged copy by a
   * sound one.
   *
   * @throws TooLarge if more than {@code bytesMax} bytes come
   * @throws Unwritable if our side fails; any other IOException is the stream's
   */
  public Stored store(InputStream in, long bytesMax) throws IOException {
    try (Draft draft = draft(in, bytesMax, () -> false)) {
      return draft.keep();
    }
  }

  /**
   * Copies a stream next to the archive and says what came, so that the caller may look before it
   * counts.
   */
  Draft draft(InputStream in, long bytesMax, BooleanSupplier stopping) throws IOException {
    Draft draft = new Draft();
    try {
      draft.fill(in, bytesMax, stopping);
      return draft;
    } catch (IOException | RuntimeException e) {
      draft.close();
      throw e;
    }
  }

  /** Where the bytes of that hash are, or would be. */
  public Path path(String sha256) {
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "not a SHA-256 in lower-case hex: " + FileName.printable(sha256));
    }
    return dir.resolve(sha256.substring(0, 2)).resolve(sha256);
  }

  /**
   * Removes what killed processes left half written; drafts of living processes are locked and
   * stay.
   */
  public void sweep() throws IOException {
    if (!Files.isDirectory(dir)) {
      return;
    }
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(dir, "*.part")) {
      for (Path part : parts) {
        try (FileChannel channel = FileChannel.open(part, WRITE);
            FileLock lock = channel.tryLock()) {
          if (lock != null) {
            Files.deleteIfExists(part);
          }
        } catch (OverlappingFileLockException | NoSuchFileException beingWritten) {
          // Another collection of this process is at work on it, or has just finished.
        }
      }
    }
  }

  /** Forces a directory's entries to disk: a rename or removal in it survives a power cut. */
  public static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory)) {
      channel.force(true);
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Bytes copied and hashed, not yet part of the archive; {@link #close} without {@link #keep}
   * forgets them.
   */
  final class Draft implements AutoCloseable {
    private final Path part;
    private final FileChannel channel;
    private String sha256;
    private long bytes;

    private Draft() throws Unwritable {
      try {
        OwnerOnly.folder(dir);
        part = dir.resolve(UUID.randomUUID() + ".part");
        channel = FileChannel.open(part, Set.of(CREATE_NEW, WRITE), OwnerOnly.FILE);
      } catch (IOException e) {
        throw new Unwritable(dir, e);
      }
    }

    String sha256() {
      return sha256;
    }

    long bytes() {
      return bytes;
    }

    private void fill(InputStream in, long bytesMax, BooleanSupplier stopping) throws IOException {
      lock();
      MessageDigest digest = Archive.sha256();
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (stopping.getAsBoolean()) {
          throw new Interrupted();
        }
        bytes += read;
        if (bytes > bytesMax) {
          throw new TooLarge(bytesMax);
        }
        digest.update(buffer, 0, read);
        write(ByteBuffer.wrap(buffer, 0, read));
      }
      sha256 = HexFormat.of().formatHex(digest.digest());
    }

    private void lock() throws Unwritable {
      try {
        Objects.requireNonNull(channel.tryLock(), "a draft of a new name is ours alone");
      } catch (IOException e) {
        throw new Unwritable(dir, e);
      }
    }

    private void write(ByteBuffer chunk) throws Unwritable {
      try {
        while (chunk.hasRemaining()) {
          disk.write(channel, chunk);
        }
      } catch (IOException e) {
        throw new Unwritable(dir, e);
      }
    }

    /** Makes the bytes part of the archive, durably, and tells where. */
    Stored keep() throws Unwritable {
      Path target = path(sha256);
      try {
        channel.force(true);
        if (!Files.isDirectory(target.getParent())) {
          OwnerOnly.folder(target.getParent());
          force(dir);
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        force(target.getParent());
        return new Stored(sha256, bytes, target);
      } catch (IOException e) {
        throw new Unwritable(dir, e);
      }
    }

    @Override
    public void close() throws Unwritable {
      try {
        channel.close();
        Files.deleteIfExists(part);
      } catch (IOException e) {
        throw new Unwritable(dir, e);
      }
    }
  }
}
