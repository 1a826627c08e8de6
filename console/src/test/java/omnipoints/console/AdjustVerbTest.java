package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Points by hand: a command writes the document that a night books. */
class AdjustVerbTest {
  @TempDir Path directory;
  private OperatedHome home;

  @BeforeEach
  void open() throws IOException {
    home = new OperatedHome(directory);
    Path settings = home.dir().resolve("omnipoints.yaml");
    Files.writeString(settings, Files.readString(settings) + "staff: {hq: [ann, bob]}\n");
    home.sale("S1", "C1", "2025-12-20 10:00:00", 400);
  }

  @AfterEach
  void close() {
    home.close();
  }

  @Test
  void what_a_command_asks_for_is_booked_by_the_next_night_and_says_who_and_why()
      throws IOException {
    String[] asked = {
      "adjust",
      "--card",
      "C1",
      "--points",
      "50",
      "--reason",
      "late, \"very\" late",
      "--requested-by",
      "Ann",
      "--approved-by",
      "bob",
      "--number",
      "H3-1"
    };
    JsonNode told = home.run(with(asked, "--json")).json();
    assertThat(told.get("adjustment_no").asString()).isEqualTo("H3-1");
    Path file = home.dir().resolve("inbox/program/adjustment-H3-1.csv");
    assertThat(Files.readString(file))
        .startsWith("adjustment_no,member_kind,member_value,points,reason,")
        .contains("H3-1,card,C1,50,\"late, \"\"very\"\" late\",Ann,bob,,,2026-01-02");
    assertThat(home.run(asked).exit()).isEqualTo(8);
    Ran night = home.run("nightly", "--date", "2026-01-02");
    assertThat(night.exit()).as(night.err()).isZero();
    Ran ledger = home.run("ledger", "--date", "2026-01-02", "--csv");
    assertThat(ledger.out())
        .contains(",ADJUST,50,2026-01-02T")
        .contains(",program,,ADJUSTMENT,H3-1,");
    String entry =
        ledger.out().lines().filter(line -> line.contains(",ADJUST,")).findFirst().orElseThrow();
    Ran explained = home.run("explain", entry.split(",")[0]);
    assertThat(explained.out())
        .contains("Asked by  Ann, approved by bob, number H3-1")
        .contains("Because   late, \"very\" late")
        .contains("adjustment-H3-1.csv, row 2");
    assertThat(home.run("member", "--card", "C1", "--json").json().get("available").asLong())
        .isEqualTo(450);
  }

  @Test
  void what_may_not_be_booked_is_refused_before_anything_is_written() throws IOException {
    Ran alone =
        home.run(
            "adjust",
            "--card",
            "C1",
            "--points",
            "50",
            "--reason",
            "x",
            "--requested-by",
            "ann",
            "--approved-by",
            " ANN",
            "--json");
    assertThat(alone.exit()).isEqualTo(8);
    assertThat(alone.json().get("code").asString()).isEqualTo("ADJUSTMENT_REFUSED");
    assertThat(alone.json().get("message").asString()).contains("SAME_PERSON");
    assertThat(home.run("adjust", "--card", "C1", "--points", "0", "--reason", "x").exit())
        .isEqualTo(2);
    assertThat(home.run("adjust", "--points", "5", "--reason", "x").exit()).isEqualTo(2);
    assertThat(
            home.run("adjust", "--phone", "13800000001", "--points", "5", "--reason", "x").exit())
        .isEqualTo(2);
    Ran masked =
        home.run(
            "adjust",
            "--id",
            "tmall:t**1",
            "--points",
            "5",
            "--reason",
            "x",
            "--requested-by",
            "ann",
            "--approved-by",
            "bob",
            "--json");
    assertThat(masked.exit()).isEqualTo(2);
    assertThat(masked.json().get("message").asString())
        .isEqualTo("member_value: MISSING_REQUIRED 't***'");
    assertThat(home.dir().resolve("inbox/program")).isEmptyDirectory();
  }

  @Test
  void h2_an_account_is_frozen_by_a_document_that_a_command_writes() throws IOException {
    String[] asked = {
      "freeze", "--card", "C1", "--reason", "stolen card", "--requested-by", "Ann", "--approved-by"
    };
    assertThat(home.run(with(asked, "ann")).exit()).isEqualTo(8);
    assertThat(home.run("freeze", "--card", "C1", "--state", "gone").exit()).isEqualTo(2);
    Ran done = home.run(with(asked, "bob"));
    assertThat(done.exit()).as(done.err()).isZero();
    assertThat(done.out()).contains("The account is frozen from 2026-01-02T");
    Ran night = home.run("nightly", "--date", "2026-01-02");
    assertThat(night.exit()).as(night.err()).isZero();
    assertThat(home.run("breaks", "list", "--json").json().get("items")).isEmpty();
  }

  @Test
  void h1_a_transfer_is_a_document_that_a_command_writes() throws IOException {
    assertThat(home.run("transfer", "--card", "C1", "--points", "5").exit()).isEqualTo(2);
    assertThat(home.run("transfer", "--card", "C1", "--to", "card:C2").exit()).isEqualTo(2);
    Ran done =
        home.run(
            "transfer", "--card", "C1", "--to", "card:C2", "--points", "5", "--number", "H1-1");
    assertThat(done.exit()).as(done.err()).isZero();
    assertThat(Files.readString(home.dir().resolve("inbox/program/transfer-H1-1.csv")))
        .startsWith("transfer_no,from_kind,from_value,to_kind,to_value,points,at\n")
        .contains("H1-1,card,C1,card,C2,5,2026-01-02");
  }

  private static String[] with(String[] line, String more) {
    String[] all = java.util.Arrays.copyOf(line, line.length + 1);
    all[line.length] = more;
    return all;
  }
}
