package omnipoints.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import omnipoints.facts.Sha256;
import omnipoints.jobs.Verification.Finding;
import omnipoints.jobs.Verification.Kind;
import omnipoints.routes.Archive;

/** Whether the files that were archived and handed out are still the bytes that they were. */
final class VerifyArchive {

  private record Archived(String sha256, String file) {}

  private record Manifest(LocalDate night, String sha256) {}

  private final Home home;
  private final Connection connection;
  private final Map<String, Object> range;
  private final List<Finding> findings;

  VerifyArchive(
      Home home, Connection connection, LocalDate from, LocalDate to, List<Finding> findings) {
    this.home = home;
    this.connection = connection;
    this.range = Map.of("from", from, "to", to);
    this.findings = findings;
  }

  /** Hashes every archived file again; returns how many there are. */
  long files() {
    var archive = new Archive(home.archive());
    List<Archived> files =
        Verification.SQL
            .statement("archived")
            .list(connection, range, row -> new Archived(row.getString(1), row.getString(2)));
    for (Archived file : files) {
      Path path = archive.path(file.sha256());
      String name = "archive/" + file.sha256().substring(0, 2) + "/" + file.sha256();
      if (!Files.isRegularFile(path)) {
        findings.add(new Finding(Kind.ARCHIVE_FILE_MISSING, name, "it came as " + file.file()));
        continue;
      }
      String hash = hash(path);
      if (!hash.equals(file.sha256()))
        findings.add(
            new Finding(
                Kind.ARCHIVE_FILE_ALTERED,
                name,
                "it came as " + file.file() + "; its bytes now have the SHA-256 " + hash));
    }
    return files.size();
  }

  /** Hashes the kept copies of every extract again; returns how many there are. */
  long extracts() {
    List<Manifest> extracts =
        Verification.SQL
            .statement("extracts")
            .list(
                connection,
                range,
                row -> new Manifest(Columns.date(row, "night"), row.getString("manifest_sha256")));
    for (Manifest extract : extracts) {
      List<String> lost = KeptExtract.damaged(home, extract.night(), extract.sha256());
      if (!lost.isEmpty())
        findings.add(
            new Finding(
                Kind.EXTRACT_ALTERED,
                "archive/crm/" + extract.night(),
                "missing or not as written: " + String.join(", ", lost)));
    }
    return extracts.size();
  }

  private static String hash(Path file) {
    MessageDigest digest = Sha256.digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
