package omnipoints.jobs.extract;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import omnipoints.facts.Sha256;
import omnipoints.routes.OwnerOnly;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of an extract and their compressed copies, from which they can be written again byte
 * for byte. The hashes of the files stand in the manifest; whoever asks knows that of the manifest.
 *
 * @param outbox where the files are fetched
 * @param archive where the copies lie
 */
public record KeptFiles(Path outbox, Path archive) {

  private static final String MANIFEST = "manifest.json";

  /**
   * One file of an extract.
   *
   * @param written whether it was missing or damaged and is written again
   */
  public record Written(String name, long bytes, String sha256, boolean written) {}

  private record Stated(String name, long bytes, String sha256) {}

  /** Neither a file nor its copy is what it was; nothing was written. */
  public static final class Lost extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> names;

    private Lost(List<String> names) {
      super(String.join(", ", names));
      this.names = List.copyOf(names);
    }

    /** Names of the files. */
    public List<String> names() {
      return names;
    }
  }

  /** Keeps the files that stand in the outbox. */
  public void keep() throws IOException {
    OwnerOnly.folder(archive);
    Parts.sweep(archive);
    byte[] manifest = Files.readAllBytes(outbox.resolve(MANIFEST));
    for (Stated file : files(manifest)) {
      Path part = archive.resolve(file.name() + ".gz.part");
      try (FileChannel channel = Parts.create(part)) {
        var gzip =
            new GZIPOutputStream(Channels.newOutputStream(channel), 1 << 16) {
              {
                def.setLevel(Deflater.BEST_SPEED);
              }
            };
        Files.copy(outbox.resolve(file.name()), gzip);
        gzip.finish();
        channel.force(true);
      }
      Parts.rename(part, archive.resolve(file.name() + ".gz"));
    }
    store(archive.resolve(MANIFEST), manifest);
  }

  /** Hash of the manifest that stands in the outbox. */
  public String manifestSha256() throws IOException {
    return Sha256.hex(Files.readAllBytes(outbox.resolve(MANIFEST)));
  }

  /**
   * Writes what is missing or damaged in the outbox again; what is intact stays as it is.
   *
   * @param manifestSha256 the hash the manifest must have
   * @return all files of the extract, the manifest last
   */
  public List<Written> writeAgain(String manifestSha256) throws IOException, Lost {
    OwnerOnly.folder(outbox);
    Parts.sweep(outbox);
    Path there = outbox.resolve(MANIFEST);
    boolean manifestThere = intact(there, -1, manifestSha256);
    Path kept = manifestThere ? there : archive.resolve(MANIFEST);
    if (!manifestThere && !intact(kept, -1, manifestSha256)) throw new Lost(List.of(MANIFEST));
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
      if (!lost.isEmpty()) throw new Lost(lost);
      for (Map.Entry<Path, Path> part : parts.entrySet())
        Parts.rename(part.getValue(), part.getKey());
    } finally {
      for (Path part : parts.values()) Files.deleteIfExists(part);
    }
    if (!manifestThere) store(there, manifest);
    Parts.force(outbox);
    written.add(new Written(MANIFEST, manifest.length, manifestSha256, !manifestThere));
    return written;
  }

  /**
   * Names of the kept copies that are missing or not what was written; of a damaged manifest only
   * that name, for it says what the others should be.
   *
   * @param manifestSha256 the hash the manifest must have
   */
  public List<String> damaged(String manifestSha256) throws IOException {
    Path manifest = archive.resolve(MANIFEST);
    if (!intact(manifest, -1, manifestSha256)) return List.of(MANIFEST);
    List<String> damaged = new ArrayList<>();
    for (Stated file : files(Files.readAllBytes(manifest))) {
      Path kept = archive.resolve(file.name() + ".gz");
      if (!Files.isRegularFile(kept) || !unpacks(kept, file.sha256()))
        damaged.add(kept.getFileName().toString());
    }
    return damaged;
  }

  private static boolean unpacks(Path kept, String sha256) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (InputStream in =
        new DigestInputStream(new GZIPInputStream(Files.newInputStream(kept), 1 << 16), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (ZipException | EOFException e) {
      return false;
    }
    return hex(digest).equals(sha256);
  }

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
        FileChannel channel = Parts.create(part)) {
      OutputStream out = Channels.newOutputStream(channel);
      in.transferTo(out);
      channel.force(true);
    } catch (ZipException | EOFException e) {
      return null;
    }
    return hex(digest).equals(file.sha256()) ? part : null;
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
    return hex(digest).equals(sha256);
  }

  private static void store(Path target, byte[] content) throws IOException {
    Path part = Parts.of(target);
    try {
      try (FileChannel channel = Parts.create(part)) {
        Channels.newOutputStream(channel).write(content);
        channel.force(true);
      }
      Parts.rename(part, target);
    } finally {
      Files.deleteIfExists(part);
    }
    Parts.force(target.getParent());
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
