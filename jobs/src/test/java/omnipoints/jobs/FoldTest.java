package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import omnipoints.jobs.Fold.Folded;
import omnipoints.sql.Database;
import omnipoints.sql.Leaves;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights lie together after a while; nothing that is asked of them changes by it. */
class FoldTest {

  private static final LocalDate FIRST = LocalDate.parse("2026-01-01");
  private static final int NIGHTS = 15;

  @TempDir Path dir;

  @Test
  void what_nights_said_stays_after_they_were_folded_and_old_orders_still_change() {
    try (TestHome home = new TestHome(dir).program("1", "10d")) {
      Map<LocalDate, String> ledgers = nights(home);
      assertThat(leaves(home, "lot")).as("leaves of lots").isBetween(4, 12);
      assertThat(leaves(home, "entry")).as("leaves of entries").isBetween(4, 12);
      assertThat(home.rows("select name from leaf where name like 'lot_f%' group by name"))
          .isNotEmpty();
      ledgers.forEach(
          (night, ledger) ->
              assertThat(ledger(home, night)).as(night.toString()).isEqualTo(ledger));
      assertThat(home.rows("select distinct first_night from verdict where class = 'POSTED'"))
          .hasSize(NIGHTS);

      LocalDate day = FIRST.plusDays(NIGHTS);
      home.drop(
          "pos/p1/returns.csv", Pos.file(Pos.row("C1", day + " 09:00:00", "A0", -100, "1", "1")));
      home.night(day.toString());
      assertThat(
              home.rows(
                  "select cause_key || ' ' || points from entry where kind = 'CLAWBACK' and night = '"
                      + day
                      + "'"))
          .containsExactly("20260101-1-0/A0#0000010000#001 -100");
    }
  }

  @Test
  void what_a_killed_attempt_left_is_built_anew_and_a_long_reader_puts_it_off() throws Exception {
    try (TestHome home = new TestHome(dir).program("1", "10d")) {
      home.night(FIRST.toString());
      Database database = home.database.database();
      assertThat(Fold.run(database, Clock.systemUTC())).isEmpty();
      List<Folded> due = more(home);
      assertThat(due).extracting(Folded::table).contains("lot");
      database.transact(
          connection -> {
            List<Leaves.Leaf> leaves = Leaves.of(connection, "lot").subList(0, 2);
            Leaves.build(connection, "lot", leaves, "member_id");
          });
      try (Connection reading = database.connection()) {
        reading.setAutoCommit(false);
        Database.execute(reading, "read", "lock table lot in access share mode");
        assertThat(Fold.run(database, Clock.systemUTC()))
            .extracting(Folded::table)
            .doesNotContain("lot");
        reading.rollback();
      }
      assertThat(Fold.run(database, Clock.systemUTC())).extracting(Folded::table).contains("lot");
      assertThat(leaves(home, "lot")).isLessThanOrEqualTo(12);
      home.proveEverything();
    }
  }

  /** Leaves as a night that could not fold leaves them behind. */
  private static List<Folded> more(TestHome home) {
    for (int n = 0; n < 16; n++) {
      String night = "2025-01-" + (10 + n);
      String leaf = "lot_n" + night.replace("-", "");
      home.execute("create table " + leaf + " (like lot including all)");
      home.execute("alter table lot attach partition " + leaf + " for values in ('" + night + "')");
    }
    return Fold.plan(home.database.database());
  }

  /** Each night somebody buys; two of three days before he has it given back. */
  private static Map<LocalDate, String> nights(TestHome home) {
    var ledgers = new LinkedHashMap<LocalDate, String>();
    for (int n = 0; n < NIGHTS; n++) {
      LocalDate night = FIRST.plusDays(n);
      var rows = new ArrayList<String>();
      rows.add(Pos.row("C1", night + " 10:00:00", "A" + n, 100 + n, "1", String.valueOf(n)));
      rows.add(Pos.row("C2", night + " 11:00:00", "B", 50, "2", String.valueOf(n)));
      if (n > 3 && n % 3 != 0)
        rows.add(Pos.row("C2", night + " 12:00:00", "B", -50, "3", String.valueOf(n)));
      home.drop("pos/p1/" + night + ".csv", Pos.file(rows.toArray(String[]::new)));
      home.night(night.toString());
      ledgers.put(night, ledger(home, night));
    }
    return ledgers;
  }

  private static String ledger(TestHome home, LocalDate night) {
    return new String(home.ledgerCsv(night.toString()), StandardCharsets.UTF_8);
  }

  private static int leaves(TestHome home, String table) {
    return Integer.parseInt(
        home.rows("select count(distinct name) from leaf where parent = '" + table + "'").get(0));
  }
}
