package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import omnipoints.sql.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What processes write for the moment is gone when they are, however they ended. */
class NothingLeftBehindTest {
  private static final String SALES =
      "kh,dtime,spbm,sl,sj,je,spmc,jf,syjh,djh,gzbh,gzmc\n"
          + "C1,2026-01-01 10:00:00,A,1,10.00,10.00,衣,10,1,0001,g,g\n"
          + "C2,2026-01-01 11:00:00,B,1,20.00,2O.00,衣,20,1,0002,g,g\n";

  private static final String UNKNOWN =
      "订单号,会员,实付金额,订单状态,下单时间,支付时间\n"
          + "2026000001,w_li,199.00,已完成,2026-05-01 09:00:00,2026-05-01 09:01:00\n";

  @TempDir Path directory;

  @Test
  void nights_checks_refusals_replays_and_killed_processes_leave_no_scratch_files()
      throws Exception {
    Path scratch = Files.createDirectory(directory.resolve("scratch"));
    Files.write(directory.resolve("sales.zip"), bundle(Map.of("sales.csv", SALES)));
    Files.write(directory.resolve("unknown.zip"), bundle(Map.of("a.csv", UNKNOWN)));
    try (TestDatabase database = TestDatabase.fresh()) {
      assertThat(commands(scratch, "", "init")).containsExactly("init: 0");
      Files.writeString(
          directory.resolve("home/omnipoints.yaml"),
          "database:\n  url: " + database.url() + "\n",
          java.nio.file.StandardOpenOption.APPEND);
      drop("pos/S1/sales.zip", Files.readAllBytes(directory.resolve("sales.zip")));
      drop("pos/S1/strange.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));

      assertThat(commands(scratch, "extract:written", "nightly --date 2026-01-01")).isEmpty();
      assertThat(below(directory.resolve("home"))).anyMatch(NothingLeftBehindTest::isScratch);
      Path reports = Files.createDirectories(directory.resolve("home/reports/2026-01-01"));
      Files.createFile(reports.resolve("poi-sxssf-sheet1.xml.part"));

      String reject = rejected(database);
      assertThat(
              commands(
                  scratch,
                  "",
                  "nightly --date 2026-01-01",
                  "channel check sales.zip --channel pos --shop S1",
                  "channel check unknown.zip",
                  "channel new unknown.zip --channel fresh --out draft.yaml",
                  "quarantine replay " + reject + " --set je=20.00",
                  "quarantine export --out sheet.csv",
                  "nightly --date 2026-01-02",
                  "extract --date 2026-01-01"))
          .containsExactly(
              "nightly --date 2026-01-01: 3",
              "channel check sales.zip --channel pos --shop S1: 3",
              "channel check unknown.zip: 8",
              "channel new unknown.zip --channel fresh --out draft.yaml: 0",
              "quarantine replay " + reject + " --set je=20.00: 0",
              "quarantine export --out sheet.csv: 0",
              "nightly --date 2026-01-02: 0",
              "extract --date 2026-01-01: 0");
    }
    assertThat(below(scratch)).isEmpty();
    assertThat(below(directory)).noneMatch(NothingLeftBehindTest::isScratch);
  }

  private static boolean isScratch(Path file) {
    return file.toString().matches(".*\\.(part|tmp)");
  }

  private static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> !file.equals(folder)).toList();
    }
  }

  /** Runs command lines in a process whose scratch folder is the given one; what it prints. */
  private List<String> commands(Path scratch, String killedAt, String... lines) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dfile.encoding=UTF-8",
                "-Djava.io.tmpdir=" + scratch));
    if (!killedAt.isEmpty()) command.add("-D" + NightRun.CRASH_AT + "=" + killedAt);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(SeveralCommands.class.getName(), directory.toString()));
    command.addAll(List.of(lines));
    Path errors = directory.resolve("errors.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
            .start();
    List<String> printed = process.inputReader(StandardCharsets.UTF_8).lines().toList();
    assertThat(process.waitFor())
        .as("%s", Files.readString(errors))
        .isEqualTo(killedAt.isEmpty() ? 0 : 137);
    return printed;
  }

  private static String rejected(TestDatabase database) throws Exception {
    try (Connection connection = database.database().connection();
        var result = connection.createStatement().executeQuery("select id from quarantine")) {
      assertThat(result.next()).isTrue();
      return result.getString(1);
    }
  }

  private void drop(String path, byte[] content) throws IOException {
    Path file = directory.resolve("home/inbox").resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    Files.createFile(file.resolveSibling(file.getFileName() + ".done"));
  }

  private static byte[] bundle(Map<String, String> members) throws IOException {
    var out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, String> member : members.entrySet()) {
        zip.putNextEntry(new ZipEntry(member.getKey()));
        zip.write(member.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }
}
