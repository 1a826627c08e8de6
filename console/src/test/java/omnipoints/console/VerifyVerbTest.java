package omnipoints.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import omnipoints.sql.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whoever changes what is kept is found, and what he changed is named. */
class VerifyVerbTest {

  private static final String ENTRY = "20260101-M00000000001-00001";

  @TempDir Path directory;
  private OperatedHome home;

  @BeforeEach
  void twoNights() throws IOException {
    home = new OperatedHome(directory);
    home.sale("S1", "C1", "2025-12-31 10:00:00", 100);
    home.sale("S1", "C2", "2026-01-01 10:00:00", 100);
    assertThat(home.run("nightly", "--date", "2026-01-01").exit()).isZero();
    home.sale("S1", "C3", "2026-01-02 10:00:00", 70);
    assertThat(home.run("nightly", "--date", "2026-01-02").exit()).isZero();
  }

  @AfterEach
  void close() {
    home.close();
  }

  private List<String> found(String... options) {
    List<String> line = new ArrayList<>(List.of("verify", "--json"));
    line.addAll(List.of(options));
    Ran ran = home.run(line.toArray(String[]::new));
    assertThat(ran.exit()).as(ran.out() + ran.err()).isIn(0, 3);
    JsonNode told = ran.json();
    assertThat(told.get("schema").asString()).isEqualTo("omnipoints.verify/1");
    assertThat(told.get("state").asString()).isEqualTo(ran.exit() == 0 ? "INTACT" : "DIFFERS");
    List<String> found = new ArrayList<>();
    for (JsonNode finding : told.get("findings"))
      found.add(finding.get("kind").asString() + " " + finding.get("what").asString());
    return found;
  }

  private void execute(String sql) {
    home.database().transact(connection -> Database.execute(connection, "tamper", sql));
  }

  private Path archived(String prefix) throws IOException {
    try (Stream<Path> files = Files.walk(home.dir().resolve("archive"))) {
      for (Path file : files.filter(Files::isRegularFile).toList())
        if (file.getFileName().toString().length() == 64 && Files.readString(file).contains(prefix))
          return file;
    }
    throw new AssertionError(prefix);
  }

  @Test
  void a_home_nobody_touched_is_intact() {
    Ran ran = home.run("verify");
    assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
    assertThat(ran.out())
        .startsWith(
            "Everything is as it was written.\nLooked at 3 archive files, 2 closes with 3 entries,"
                + " 2 extracts, ");
    assertThat(Ran.chinese(directory, "verify").out()).startsWith("一切与当初写下的一致。");
    assertThat(found("--from", "2026-01-02")).isEmpty();
    assertThat(home.run("verify", "--from", "2026-01-02", "--to", "2026-01-01").exit())
        .isEqualTo(2);
  }

  @Test
  void an_altered_or_lost_archive_file_is_named_with_the_file_that_it_was() throws IOException {
    Path file = archived("C1,");
    Files.write(file, Files.readString(file).replace("C1,", "C9,").getBytes(UTF_8));
    Path lost = archived("C3,");
    Files.delete(lost);
    assertThat(found())
        .containsExactlyInAnyOrder(
            "ARCHIVE_FILE_ALTERED archive/" + home.dir().resolve("archive").relativize(file),
            "ARCHIVE_FILE_MISSING archive/" + home.dir().resolve("archive").relativize(lost));
    assertThat(home.run("verify").out().replaceAll("\\s+", " "))
        .contains("it came as pos/S1/C1.csv; its bytes now have the SHA-256");
    assertThat(found("--from", "2026-01-02", "--to", "2026-01-02")).hasSize(1);
  }

  @Test
  void a_changed_entry_is_named_also_when_its_account_was_changed_with_it() {
    execute(
        "update entry set points = 1000 where night = '2026-01-01' and member_id = 'M00000000001'");
    execute("update balance set pending = 1000, earned = 1000 where member_id = 'M00000000001'");
    Ran ran = home.run("verify", "--json");
    assertThat(ran.exit()).isEqualTo(3);
    JsonNode first = ran.json().get("findings").get(0);
    assertThat(first.get("kind").asString()).isEqualTo("ENTRIES_ALTERED");
    assertThat(first.get("what").asString()).isEqualTo("2026-01-01");
    assertThat(first.get("detail").asString())
        .contains(ENTRY + " says 1000, its lot 100")
        .contains("EARN pos S1: closed with 2 entries of 200 points, now 2 of 1100");
    assertThat(found()).contains("INVARIANT_BROKEN postings_equal_entries");
    execute("update entry set points = 100, moved = 30 where points = 1000");
    assertThat(home.run("verify", "--json").json().get("findings").get(0).get("detail").asString())
        .endsWith("closed with 2 entries of 200 points, now 2 of 200, with 0 moved, now 30");
  }

  @Test
  void a_removed_close_is_named_wherever_it_stood() {
    execute("delete from close where night = '2026-01-01'");
    assertThat(found()).contains("CLOSE_REMOVED 2026-01-01");
    execute("delete from close where night = '2026-01-02'");
    assertThat(found("--to", "2026-01-02"))
        .contains("CLOSE_REMOVED 2026-01-01", "CLOSE_REMOVED 2026-01-02");
  }

  @Test
  void a_changed_close_total_input_or_extract_is_named() throws IOException {
    execute("update points_total set points = points + 1 where night = '2026-01-02'");
    assertThat(found()).contains("CLOSE_ALTERED 2026-01-02");
    execute("update points_total set points = points - 1 where night = '2026-01-02'");
    execute("update night_input set outcome = 'DUPLICATE' where night = '2026-01-02'");
    assertThat(found()).containsExactly("EVIDENCE_ALTERED 2026-01-02");
    execute("update night_input set outcome = 'ACCEPTED' where night = '2026-01-02'");
    assertThat(found()).isEmpty();
    Path kept = home.dir().resolve("archive/crm/2026-01-01/identities_full_2026-01-01.csv.gz");
    Files.delete(kept);
    assertThat(found()).containsExactly("EXTRACT_ALTERED archive/crm/2026-01-01");
  }

  @Test
  void a_history_rewritten_as_a_whole_is_found_by_what_others_keep() throws IOException {
    Path acks = Files.createDirectories(directory.resolve("acks/2026-01-01"));
    Files.copy(
        home.dir().resolve("outbox/crm/2026-01-01/manifest.json"), acks.resolve("manifest.json"));
    assertThat(found("--against", "acks")).isEmpty();
    execute(
        "update close set close_hash = 'other', evidence_hash = 'other' where night = '2026-01-01'");
    assertThat(found("--against", "acks")).contains("ACK_DIFFERS 2026-01-01");
    Files.writeString(acks.resolve("bad.json"), "{}");
    Ran refused = home.run("verify", "--against", "acks", "--json");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.json().get("message").asString())
        .isEqualTo("2026-01-01/bad.json: no JSON object with date and close_hash");
  }

  @Test
  void while_a_night_is_unfinished_the_invariants_are_not_looked_at_and_that_is_said() {
    execute("update night set state = 'FAILED' where night = '2026-01-02'");
    assertThat(home.run("verify", "--to", "2026-01-02").out())
        .contains("Not looked at: the invariants: night 2026-01-02 is not closed");
  }
}
