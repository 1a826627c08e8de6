package omnipoints.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import omnipoints.facts.Sha256;
import omnipoints.jobs.extract.ExtractFolder;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What is in an extract or a folder of reports, what it adds up to, which close it shows. */
final class Manifest {

  private static final String NAME = "manifest.json";

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Manifest() {}

  static byte[] of(
      Connection connection, Night night, LocalDate base, ExtractFolder folder, Profiles profiles) {
    var manifest = new LinkedHashMap<String, Object>();
    manifest.put("schema", "omnipoints.extract/1");
    manifest.put("date", night.date().toString());
    manifest.put("kind", "full+delta");
    manifest.put("base_date", base == null ? null : base.toString());
    manifest.put("files", files(folder));
    manifest.put("columns", Profiles.columns(night));
    var sums = new LinkedHashMap<String, Object>();
    sums.put("points_available", profiles.available());
    sums.put("points_pending", profiles.pending());
    sums.put("points_owed", profiles.owed());
    manifest.put("sums", sums);
    close(connection, night.date(), manifest);
    return bytes(manifest);
  }

  /**
   * Of the files that stand in a folder of reports.
   *
   * @throws java.io.UncheckedIOException one of them cannot be read
   */
  static byte[] ofReports(Connection connection, LocalDate date, Path folder) {
    var manifest = new LinkedHashMap<String, Object>();
    manifest.put("schema", "omnipoints.reports/1");
    manifest.put("date", date.toString());
    List<Map<String, Object>> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.equals(NAME) || !Files.isRegularFile(file)) continue;
        byte[] content = Files.readAllBytes(file);
        var entry = new LinkedHashMap<String, Object>();
        entry.put("name", name);
        entry.put("bytes", content.length);
        entry.put("sha256", Sha256.hex(content));
        files.add(entry);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    manifest.put("files", files);
    close(connection, date, manifest);
    return bytes(manifest);
  }

  /** What the close of the night says. */
  static void close(Connection connection, LocalDate date, Map<String, Object> manifest) {
    Extract.SQL
        .statement("closed")
        .forEachRow(
            connection,
            Map.of("night", date),
            row -> {
              manifest.put("program", row.getString("program"));
              manifest.put("program_version", row.getInt("program_version"));
              manifest.put("close_hash", row.getString("close_hash"));
              manifest.put("entry_root", row.getString("entry_root"));
            });
  }

  /** What the files of a folder are, in order of their names. */
  static List<Map<String, Object>> files(ExtractFolder folder) {
    List<Map<String, Object>> files = new ArrayList<>();
    for (ExtractFolder.CsvFile file : folder.files()) {
      var entry = new LinkedHashMap<String, Object>();
      entry.put("name", file.name());
      entry.put("rows", file.rows());
      entry.put("bytes", file.bytes());
      entry.put("sha256", file.sha256());
      files.add(entry);
    }
    return files;
  }

  /** As it is written, with its last line ended. */
  static byte[] bytes(Map<String, Object> manifest) {
    byte[] json = JSON.writeValueAsBytes(manifest);
    byte[] line = java.util.Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    return line;
  }
}
