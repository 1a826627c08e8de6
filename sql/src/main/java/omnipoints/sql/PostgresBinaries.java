package omnipoints.sql;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs we bring along, unpacked once per version into a cache directory. */
final class PostgresBinaries {

  private static final String VERSION = version();

  private PostgresBinaries() {}

  /** Version of the programs, {@code major.minor}. */
  static String version() {
    var properties = new Properties();
    try (InputStream in = PostgresBinaries.class.getResourceAsStream("postgresql.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  static int major() {
    return Integer.parseInt(VERSION.substring(0, VERSION.indexOf('.')));
  }

  /**
   * Where the programs of this platform are below {@code cache}; unpacks them if they are not there
   * yet. Several processes may call it at once; a half-unpacked directory is never returned.
   *
   * @return directory with {@code bin}, {@code lib}, {@code share}
   * @throws IOException the cache cannot be written
   */
  static Path unpackedIn(Path cache) throws IOException {
    String os = os();
    String arch = arch();
    Path home = cache.resolve("postgresql-" + VERSION + "-" + os + "-" + arch);
    if (Files.isDirectory(home)) return home;
    Files.createDirectories(cache);
    try (var channel =
        FileChannel.open(
            cache.resolve("unpack.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock(); // released with the channel
      if (Files.isDirectory(home)) return home;
      Path half = cache.resolve(home.getFileName() + ".half");
      deleteTree(half);
      unpack("postgres-" + os + "-" + arch + ".txz", half);
      Files.move(half, home, StandardCopyOption.ATOMIC_MOVE);
      return home;
    }
  }

  private static String os() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (os.contains("linux")) return "linux";
    if (os.contains("mac")) return "darwin";
    throw unsupported();
  }

  private static String arch() {
    return switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64", "arm64" -> "arm_64";
      default -> throw unsupported();
    };
  }

  private static DatabaseUnreachable unsupported() {
    return new DatabaseUnreachable(
        "no PostgreSQL is bundled for "
            + System.getProperty("os.name")
            + " on "
            + System.getProperty("os.arch"),
        List.of("set database.url in omnipoints.yaml to a PostgreSQL 16 or newer"));
  }

  private static void unpack(String resource, Path target) throws IOException {
    try (InputStream packed =
        PostgresBinaries.class.getClassLoader().getResourceAsStream(resource)) {
      if (packed == null) throw unsupported();
      var tar =
          new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed, 1 << 16)));
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target))
          throw new IOException(resource + " names a file outside: " + entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(path);
          continue;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
          Files.createLink(path, target.resolve(entry.getLinkName()));
        } else {
          Files.copy(tar, path);
          boolean executable = (entry.getMode() & 0100) != 0;
          Files.setPosixFilePermissions(
              path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }

  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) return;
    try (var paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
    }
  }
}
