package omnipoints.routes.pull;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import omnipoints.routes.Archive;
import omnipoints.routes.OwnerOnly;

/**
 * The pages of one window on their way to the inbox, one after the other, as the platform sent
 * them.
 */
final class Spool implements AutoCloseable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  private final Path file;
  private final Path inbox;
  private final FileChannel channel;

  private Spool(Path file, Path inbox, FileChannel channel) {
    this.file = file;
    this.inbox = inbox;
    this.channel = channel;
  }

  /** Opens the pages of a window and forgets what was written after its state was kept. */
  static Spool open(Path home, WindowState state) {
    Path folder = home.resolve("pull").resolve(state.channel()).resolve(state.shop());
    Path inbox = home.resolve("inbox").resolve(state.channel()).resolve(state.shop());
    try {
      OwnerOnly.folder(folder);
      OwnerOnly.folder(inbox);
      Path file = folder.resolve(name(state));
      FileChannel channel = FileChannel.open(file, Set.of(CREATE, WRITE), OwnerOnly.FILE);
      // Kept bytes that are gone were handed over or lost: then the window is asked from its start.
      if (channel.size() < state.bytes()) {
        channel.close();
        Files.delete(file);
        throw new Lost();
      }
      Spool spool = new Spool(file, inbox, channel);
      spool.cut(state.bytes());
      return spool;
    } catch (IOException e) {
      throw new UncheckedIOException("the pages of a pull cannot be kept in " + folder, e);
    }
  }

  private static String name(WindowState state) {
    return state.api()
        + "_"
        + time(state.from())
        + "_"
        + time(state.to())
        + "_"
        + state.attempts()
        + ".json";
  }

  private static String time(Instant instant) {
    return TIME.format(instant);
  }

  void cut(long bytes) {
    try {
      channel.truncate(bytes);
      channel.position(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be cut", e);
    }
  }

  /** The pages that were kept are not there any more. */
  static final class Lost extends RuntimeException {
    Lost() {
      super("the pages of a window are gone");
    }
  }

  void add(byte[] page) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(page);
      while (bytes.hasRemaining()) channel.write(bytes);
      channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written", e);
    }
  }

  /** Makes all pages durable and says how many bytes they are. */
  long force() {
    try {
      channel.force(true);
      return channel.position();
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written", e);
    }
  }

  /**
   * Lays the pages into the inbox as one finished file; a window without any leaves nothing. May be
   * done again after a crash.
   */
  void handOver() {
    try {
      channel.close();
      if (Files.size(file) == 0) {
        Files.delete(file);
        return;
      }
      Path target = inbox.resolve(file.getFileName());
      Path done = inbox.resolve(file.getFileName() + ".done");
      if (Files.notExists(done)) Files.createFile(done, OwnerOnly.FILE);
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
      Archive.force(inbox);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be moved to " + inbox, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be closed", e);
    }
  }
}
