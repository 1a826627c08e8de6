package omnipoints.jobs.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import omnipoints.facts.Sha256;
import omnipoints.jobs.NightRefused;
import omnipoints.sql.Dump;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code backup.json} says of a backup; it is written last, so a folder with it is whole.
 *
 * @param lastClosed date of the last closed night, null before the first
 * @param closeHash of that night
 * @param fingerprint of the database's schema
 * @param tables in the order in which they are filled
 * @param files everything else that the folder holds
 * @param archive files of the archive that the installation had, relative to it; their bytes are
 *     not part of the backup
 */
public record Contents(
    String schema,
    String lastClosed,
    String closeHash,
    String fingerprint,
    List<Table> tables,
    List<Dump.Sequence> sequences,
    List<File> files,
    List<Archived> archive) {

  static final String VERSION = "omnipoints.backup/1";
  static final String FILE = "backup.json";

  /** The rows of a table. */
  public record Table(Dump.Table table, long rows, File file) {}

  /**
   * A file.
   *
   * @param name relative to the folder of the backup
   */
  public record File(String name, long bytes, String sha256) {}

  /** A file of the archive, which is named by its hash. */
  public record Archived(String name, long bytes) {}

  static File file(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    return new File(name, Files.size(file), hash(file));
  }

  private static String hash(Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Reads a backup and proves every file of it.
   *
   * @throws NightRefused exit 8: no backup, or damaged; names every file that is
   */
  static Contents read(Path folder) throws IOException {
    if (!Files.isRegularFile(folder.resolve(FILE)))
      throw refused("NO_BACKUP", folder + " holds no whole backup: there is no " + FILE);
    Contents contents;
    try {
      contents =
          JsonMapper.shared().readValue(Files.readAllBytes(folder.resolve(FILE)), Contents.class);
    } catch (JacksonException e) {
      throw refused("BACKUP_DAMAGED", folder.resolve(FILE) + " cannot be read");
    }
    var damaged = new ArrayList<String>();
    for (File file : contents.all()) {
      Path there = folder.resolve(file.name());
      if (!Files.isRegularFile(there)
          || Files.size(there) != file.bytes()
          || !hash(there).equals(file.sha256())) damaged.add(file.name());
    }
    if (!damaged.isEmpty())
      throw refused(
          "BACKUP_DAMAGED",
          "of the backup " + folder + " is missing or damaged: " + String.join(", ", damaged));
    return contents;
  }

  private List<File> all() {
    var all = new ArrayList<>(files);
    tables.forEach(table -> all.add(table.file()));
    return all;
  }

  private static NightRefused refused(String code, String message) {
    return new NightRefused(8, code, message, List.of("take another backup"));
  }
}
