package omnipoints.routes.pull;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import omnipoints.routes.Archive;
import omnipoints.routes.OwnerOnly;

/**
 * Orders of a shop that a platform's messages named and that are still to be asked for: one file
 * each below {@code home/pushed}, named by the order, that holds the hash of the message that named
 * it last. Nobody but the webhook adds, nobody but a pull takes away; each survives a crash.
 */
final class NamedOrders {
  private static final Pattern NUMBER = Pattern.compile("[A-Za-z0-9]{1,64}");
  private static final String PART = ".part";

  private final Path folder;

  NamedOrders(Path home, String channel, String shop) {
    this.folder = home.resolve("pushed").resolve(channel).resolve(shop);
  }

  /** Whether it can be the number of an order; anything else is nobody's file name. */
  static boolean possible(String number) {
    return NUMBER.matcher(number).matches();
  }

  /** Notes an order, durably. Noted again it is one. */
  void add(String number, String sha256) throws IOException {
    if (!possible(number)) throw new IllegalArgumentException("no order number");
    OwnerOnly.folder(folder);
    Path part = folder.resolve(UUID.randomUUID() + PART);
    try (FileChannel channel = FileChannel.open(part, Set.of(CREATE_NEW, WRITE), OwnerOnly.FILE)) {
      channel.write(ByteBuffer.wrap(sha256.getBytes(StandardCharsets.US_ASCII)));
      channel.force(true);
    }
    Files.move(part, folder.resolve(number), StandardCopyOption.ATOMIC_MOVE);
    Archive.force(folder);
  }

  /** Orders to be asked for, each with the message that named it last, by number. */
  Map<String, String> all() {
    Map<String, String> orders = new TreeMap<>();
    if (!Files.isDirectory(folder)) return orders;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!name.endsWith(PART)) orders.put(name, Files.readString(file));
      }
      return orders;
    } catch (IOException e) {
      throw new UncheckedIOException("the pushed orders in " + folder + " cannot be read", e);
    }
  }

  /** Forgets an order, unless another message has named it since. */
  void asked(String number, String sha256) {
    Path file = folder.resolve(number);
    try {
      if (Files.readString(file).equals(sha256)) Files.delete(file);
    } catch (NoSuchFileException gone) {
      // Another pull was faster.
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be removed", e);
    }
  }
}
