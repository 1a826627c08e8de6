package omnipoints.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import omnipoints.facts.FactRecord;
import omnipoints.facts.Sha256;
import omnipoints.files.RowSource;
import omnipoints.mappings.Channels;
import omnipoints.points.Program;
import omnipoints.sql.Database;

/**
 * Which code decides: SHA-256 over the classes and statements of the modules a night is made of.
 */
final class CodeHash {

  /** Read once: what runs does not change while it runs. */
  private static final class Running {
    static final String HASH = compute();
  }

  private CodeHash() {}

  static String ofRunning() {
    return Running.HASH;
  }

  private static String compute() {
    try {
      MessageDigest sha256 = Sha256.digest();
      for (Class<?> module :
          List.of(
              FactRecord.class,
              RowSource.class,
              Channels.class,
              Program.class,
              Database.class,
              CodeHash.class)) {
        add(sha256, Path.of(module.getProtectionDomain().getCodeSource().getLocation().toURI()));
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(MessageDigest sha256, Path place) throws IOException {
    if (Files.isRegularFile(place)) {
      addFile(sha256, place);
      return;
    }
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        sha256.update(place.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
        addFile(sha256, file);
      }
    }
  }

  private static void addFile(MessageDigest sha256, Path file) throws IOException {
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
  }
}
