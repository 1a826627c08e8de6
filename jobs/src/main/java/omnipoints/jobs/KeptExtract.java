package omnipoints.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import omnipoints.facts.Sha256;
import omnipoints.routes.OwnerOnly;
import omnipoints.sql.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of an extract, kept compressed in {@code archive/crm/<date>/}, so that they can be
 * written again byte for byte. They cannot be computed again: profiles rest on orders and
 * identities as they stand now, and nobody keeps how they stood then. The manifest's hash stands in
 * the database, the hashes of the files in the manifest.
 */
public final class KeptExtract {

  private static final Logger LOG = LoggerFactory.getLogger(KeptExtract.class);
  private static final String MANIFEST = "manifest.json";

  private final Path outbox;
  private final Path archive;
  private final LocalDate date;
  private final String manifestSha256;

  private KeptExtract(Home home, LocalDate date, String manifestSha256) {
    this.outbox = home.outbox().resolve(date.toString());
    this.archive = archived(home, date);
    this.date = date;
    this.manifestSha256 = manifestSha256;
  }

  /**
   * One file of an extract.
   *
   * @param written whether it was missing or damaged and is written again
   */
  public record Written(String name, long bytes, String sha256, boolean written) {}

  /**
   * Writes what is missing or damaged of the extract of a closed night again; what is intact stays
   * as it is.
   *
   * @return all files of the extract, the manifest last
   * @throws NightRefused 8: the night has no extract yet, or nothing of it was kept; 9: what was
   *     kept is gone or damaged, or the disk refuses
   */
  public static List<Written> writeAgain(Home home, Connection connection, LocalDate date) {
    String manifest =
        Extract.SQL
            .statement("extracted")
            .one(
                connection,
                Map.of("night", date),
                row -> Optional.ofNullable(row.getString("manifest_sha256")))
            .orElseThrow(
                () ->
                    new NightRefused(
                        8,
                        "NOT_EXTRACTED",
                        "night " + date + " has no extract yet",
                        List.of("./omnipoints restart " + date)))
            .orElseThrow(
                () ->
                    new NightRefused(
                        8,
                        "EXTRACT_NOT_KEPT",
                        "the extract of " + date + " is from before extracts were kept",
                        List.of("take outbox/crm/" + date + " from a backup of the home")));
    return new KeptExtract(home, date, manifest).write();
  }

  /**
   * Looks whether the extract of the last closed night is there as it was written, and writes it
   * again if it is not. A loss that cannot be mended is logged and holds up nobody: {@code extract}
   * tells it.
   */
  static void mendLast(Home home, Database database) throws SQLException {
    try (Connection connection = database.connection()) {
      LocalDate last =
          Extract.SQL
              .statement("last_kept")
              .one(connection, Map.of(), row -> Rows.date(row, "night"))
              .orElse(null);
      if (last == null) return;
      for (Written file : writeAgain(home, connection, last))
        if (file.written())
          LOG.warn("outbox/crm/{}/{} was missing or damaged: written again", last, file.name());
    } catch (NightRefused e) {
      LOG.warn("{} {}", e.getMessage(), e.next());
    }
  }

  /** Keeps the published files of an extract. */
  static void keep(Home home, LocalDate date) {
    Path from = home.outbox().resolve(date.toString());
    Path to = archived(home, date);
    try {
      OwnerOnly.folder(to);
      Parts.sweep(to);
      byte[] manifest = Files.readAllBytes(from.resolve(MANIFEST));
      for (Stated file : files(manifest)) {
        Path part = to.resolve(file.name() + ".gz.part");
        try (FileChannel channel = create(part)) {
          var gzip =
              new GZIPOutputStream(Channels.newOutputStream(channel), 1 << 16) {
                {
                  def.setLevel(Deflater.BEST_SPEED);
                }
              };
          Files.copy(from.resolve(file.name()), gzip);
          gzip.finish();
          channel.force(true);
        }
        rename(part, to.resolve(file.name() + ".gz"));
      }
      store(to.resolve(MANIFEST), manifest);
    } catch (IOException e) {
      throw NightRefused.cannotWrite(to, e, date);
    }
  }

  /** Hash of the manifest that stands in the outbox. */
  static String manifestSha256(Home home, LocalDate date) {
    try {
      return hex(
          Sha256.digest()
              .digest(
                  Files.readAllBytes(home.outbox().resolve(date.toString()).resolve(MANIFEST))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path archived(Home home, LocalDate date) {
    return home.archive().resolve("crm").resolve(date.toString());
  }

  private record Stated(String name, long bytes, String sha256) {}

  private static List<Stated> files(byte[] manifest) {
    try {
      List<Stated> files = new ArrayList<>();
      for (JsonNode file : JsonMapper.shared().readTree(manifest).get("files"))
        files.add(
            new Stated(
                file.get("name").asString(),
                file.get("bytes").asLong(),
                file.get("sha256").asString()));
      return files;
    } catch (JacksonException e) {
      throw new IllegalStateException("a manifest of ours cannot be read", e);
    }
  }

  private List<Written> write() {
    try {
      OwnerOnly.folder(outbox);
      Parts.sweep(outbox);
      Path there = outbox.resolve(MANIFEST);
      boolean manifestThere = intact(there, -1, manifestSha256);
      Path kept = manifestThere ? there : archive.resolve(MANIFEST);
      if (!manifestThere && !intact(kept, -1, manifestSha256)) throw lost(List.of(MANIFEST));
      byte[] manifest = Files.readAllBytes(kept);
      List<Written> written = new ArrayList<>();
      Map<Path, Path> parts = new LinkedHashMap<>();
      List<String> lost = new ArrayList<>();
      try {
        for (Stated file : files(manifest)) {
          Path target = outbox.resolve(file.name());
          boolean again = !intact(target, file.bytes(), file.sha256());
          if (again && unpack(file, parts, target) == null) lost.add(file.name());
          written.add(new Written(file.name(), file.bytes(), file.sha256(), again));
        }
        if (!lost.isEmpty()) throw lost(lost);
        for (Map.Entry<Path, Path> part : parts.entrySet()) rename(part.getValue(), part.getKey());
      } finally {
        for (Path part : parts.values()) Files.deleteIfExists(part);
      }
      if (!manifestThere) store(there, manifest);
      force(outbox);
      written.add(new Written(MANIFEST, manifest.length, manifestSha256, !manifestThere));
      return written;
    } catch (IOException e) {
      throw NightRefused.cannotWrite(outbox, e, date);
    }
  }

  /** Unpacks a kept file beside its place; null when it is not what was kept. */
  private Path unpack(Stated file, Map<Path, Path> parts, Path target) throws IOException {
    Path kept = archive.resolve(file.name() + ".gz");
    if (!Files.isRegularFile(kept)) return null;
    Path part = Parts.of(target);
    parts.put(target, part);
    MessageDigest digest = Sha256.digest();
    try (InputStream in =
            new DigestInputStream(
                new GZIPInputStream(Files.newInputStream(kept), 1 << 16), digest);
        FileChannel channel = create(part)) {
      OutputStream out = Channels.newOutputStream(channel);
      in.transferTo(out);
      channel.force(true);
    } catch (java.util.zip.ZipException | java.io.EOFException e) {
      return null;
    }
    return hex(digest.digest()).equals(file.sha256()) ? part : null;
  }

  private NightRefused lost(List<String> names) {
    return new NightRefused(
        9,
        "EXTRACT_LOST",
        "the extract of "
            + date
            + " cannot be written again: of what was kept in "
            + archive
            + " is missing or damaged: "
            + String.join(", ", names),
        List.of(
            "put these files of archive/crm/" + date + " back from a backup of the home",
            "./omnipoints extract --date " + date));
  }

  /**
   * @param bytes length it must have, -1 for any
   */
  private static boolean intact(Path file, long bytes, String sha256) throws IOException {
    if (!Files.isRegularFile(file) || bytes >= 0 && Files.size(file) != bytes) return false;
    MessageDigest digest = Sha256.digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return hex(digest.digest()).equals(sha256);
  }

  private static void store(Path target, byte[] content) throws IOException {
    Path part = Parts.of(target);
    try {
      try (FileChannel channel = create(part)) {
        Channels.newOutputStream(channel).write(content);
        channel.force(true);
      }
      rename(part, target);
    } finally {
      Files.deleteIfExists(part);
    }
    force(target.getParent());
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

  private static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory)) {
      channel.force(true);
    }
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }
}
