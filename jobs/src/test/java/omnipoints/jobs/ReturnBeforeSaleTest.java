package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The till file of a return may come before that of its sale. */
class ReturnBeforeSaleTest {

  @TempDir Path dir;

  private TestHome home(String returns) throws IOException {
    var home = new TestHome(dir);
    Files.writeString(
        dir.resolve("programs/base.yaml"),
        "program: base\nversion: 1\neffective_from: 2000-01-01\n"
            + "earn: {per_fen: 100, points: 1, mode: linear, rounding: floor, scope: line}\n"
            + "hold: {days: 0, from: completed}\nexpiry: {kind: rolling, length: 1y, start: available}\n"
            + "tiers: []\ndebt: {policy: allow}\nreturns: "
            + returns
            + "\nclaim: {days: 90}\n");
    return home;
  }

  private static void pos(TestHome home, String name, String... rows) {
    home.drop("pos/p1/" + name, Pos.file(rows));
  }

  /** {@code card available owed}. */
  private static java.util.List<String> balances(TestHome home) {
    return home.rows(
        "select t.shown || ' ' || b.available || ' ' || b.owed from balance b join token t using (member_id) order by 1");
  }

  private static final String[] RETURNS = {
    Pos.row("C1", "2026-01-05 12:00:00", "A", -50, "1", "9"),
    Pos.row("C2", "2026-01-05 10:00:00", "Z", 100, "1", "2"),
    Pos.row("C2", "2026-01-05 12:00:00", "B", -80, "2", "9"),
    Pos.row("C3", "2026-01-05 12:00:00", "C", -20, "3", "9")
  };

  @Test
  void a_return_before_its_sale_is_matched_when_the_sale_arrives() throws IOException {
    try (TestHome home = home("{unlinked: clawback, match_days: 2}")) {
      pos(home, "r.csv", RETURNS);
      home.night("2026-01-05");
      assertThat(balances(home)).containsExactly("C1 0 50", "C2 20 0", "C3 0 20");
      assertThat(home.breaks())
          .containsExactly(
              "ORPHAN_RETURN 20260105-1-9/A#0000005000#R001",
              "ORPHAN_RETURN 20260105-2-9/B#0000008000#R001",
              "ORPHAN_RETURN 20260105-3-9/C#0000002000#R001");

      pos(
          home,
          "s.csv",
          Pos.row("C1", "2026-01-05 10:00:00", "A", 50, "1", "1"),
          Pos.row("C1", "2026-01-05 13:00:00", "A", 30, "1", "3"),
          Pos.row("C2", "2026-01-05 11:00:00", "B", 50, "2", "1"));
      home.night("2026-01-06");
      assertThat(home.ledger("2026-01-06"))
          .containsExactlyInAnyOrder(
              "EARN 50 2026-01-05 10:00:00 20260105-1-1/A#0000005000#001",
              "RELEASE 0 moved 50 2026-01-05 10:00:00 20260105-1-1/A#0000005000#001",
              "CLAWBACK -50 2026-01-05 12:00:00 20260105-1-1/A#0000005000#001",
              "CLAWBACK 50 2026-01-05 12:00:00 20260105-1-9/A#0000005000#R001",
              "EARN 30 2026-01-05 13:00:00 20260105-1-3/A#0000003000#001",
              "RELEASE 0 moved 30 2026-01-05 13:00:00 20260105-1-3/A#0000003000#001",
              "EARN 50 2026-01-05 11:00:00 20260105-2-1/B#0000005000#001",
              "RELEASE 0 moved 50 2026-01-05 11:00:00 20260105-2-1/B#0000005000#001",
              "CLAWBACK -50 2026-01-05 12:00:00 20260105-2-1/B#0000005000#001",
              "CLAWBACK 50 2026-01-05 12:00:00 20260105-2-9/B#0000008000#R001");
      assertThat(balances(home)).containsExactly("C1 30 0", "C2 70 0", "C3 0 20");
      assertThat(home.breaks())
          .as("thirty yuan of the second return are still without a sale")
          .containsExactly(
              "ORPHAN_RETURN 20260105-2-9/B#0000008000#R001",
              "ORPHAN_RETURN 20260105-3-9/C#0000002000#R001");
      assertThat(home.rows("select detail from break where state = 'OPEN' order by key"))
          .first()
          .isEqualTo("return of 3000 fen found no sale");

      pos(home, "t.csv", Pos.row("C2", "2026-01-04 11:00:00", "B", 40, "2", "1"));
      home.night("2026-01-07");
      assertThat(home.ledger("2026-01-07"))
          .containsExactlyInAnyOrder(
              "EARN 40 2026-01-04 11:00:00 20260104-2-1/B#0000004000#001",
              "RELEASE 0 moved 40 2026-01-04 11:00:00 20260104-2-1/B#0000004000#001",
              "CLAWBACK -30 2026-01-05 12:00:00 20260104-2-1/B#0000004000#001",
              "CLAWBACK 30 2026-01-05 12:00:00 20260105-2-9/B#0000008000#R001");

      pos(home, "u.csv", Pos.row("C3", "2026-01-05 10:00:00", "C", 20, "3", "1"));
      home.night("2026-01-08");
      assertThat(home.ledger("2026-01-08"))
          .as("three days after the return is later than match_days")
          .containsExactlyInAnyOrder(
              "EARN 20 2026-01-05 10:00:00 20260105-3-1/C#0000002000#001",
              "RELEASE 0 moved 20 2026-01-05 10:00:00 20260105-3-1/C#0000002000#001");
      assertThat(home.breaks()).containsExactly("ORPHAN_RETURN 20260105-3-9/C#0000002000#R001");
    }
  }

  @Test
  void a_return_that_the_programme_ignored_is_clawed_back_from_its_sale() throws IOException {
    try (TestHome home = home("{unlinked: ignore}")) {
      pos(home, "r.csv", RETURNS);
      home.night("2026-01-05");
      assertThat(balances(home)).containsExactly("C1 0 0", "C2 100 0", "C3 0 0");
      pos(home, "s.csv", Pos.row("C1", "2026-01-05 10:00:00", "A", 50, "1", "1"));
      home.night("2026-01-06");
      assertThat(home.ledger("2026-01-06"))
          .containsExactlyInAnyOrder(
              "EARN 50 2026-01-05 10:00:00 20260105-1-1/A#0000005000#001",
              "RELEASE 0 moved 50 2026-01-05 10:00:00 20260105-1-1/A#0000005000#001",
              "CLAWBACK -50 2026-01-05 12:00:00 20260105-1-1/A#0000005000#001");
    }
  }

  /**
   * Whoever turns out to be one had both sales all along; what strangers sell says nothing of it.
   */
  @Test
  void a_return_is_matched_with_a_sale_of_who_turns_out_to_be_the_same_and_of_nobody_else()
      throws IOException {
    try (TestHome home = home("{unlinked: clawback, match_days: 4}")) {
      pos(
          home,
          "s.csv",
          Pos.row("C1", "2026-01-04 10:00:00", "A", 50, "1", "1"),
          Pos.row("C4", "2026-01-04 11:00:00", "B", 60, "1", "4"),
          Pos.row("C2", "2026-01-05 12:00:00", "A", -20, "1", "9"),
          Pos.row("C5", "2026-01-05 13:00:00", "B", -20, "1", "8"));
      home.night("2026-01-05");
      assertThat(balances(home)).containsExactly("C1 50 0", "C2 0 20", "C4 60 0", "C5 0 20");
      home.drop(
          "program/m.csv",
          "card,phone,birthday,join_date,home_shop\nC1,13800000001,,,\nC2,13800000001,,,\n");
      home.night("2026-01-06");
      assertThat(home.ledger("2026-01-06"))
          .containsExactlyInAnyOrder(
              "MERGE 20 2026-01-06 23:59:59 M00000000003",
              "MERGE -20 2026-01-06 23:59:59 M00000000004",
              "CLAWBACK -20 2026-01-05 12:00:00 20260104-1-1/A#0000005000#001",
              "CLAWBACK 20 2026-01-05 12:00:00 20260105-1-9/A#0000002000#R001");
      assertThat(home.breaks()).containsExactly("ORPHAN_RETURN 20260105-1-8/B#0000002000#R001");
      home.drop(
          "program/m.csv",
          "card,phone,birthday,join_date,home_shop\nC4,13800000002,,,\nC5,13800000002,,,\n");
      pos(home, "t.csv", Pos.row("C3", "2026-01-04 12:00:00", "B", 70, "1", "3"));
      home.night("2026-01-10");
      assertThat(home.ledger("2026-01-10"))
          .as("five days after the return is later than match_days, whatever a stranger bought")
          .noneMatch(entry -> entry.startsWith("CLAWBACK"));
      assertThat(home.breaks()).containsExactly("ORPHAN_RETURN 20260105-1-8/B#0000002000#R001");
    }
  }
}
