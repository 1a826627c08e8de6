package omnipoints.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a home holds after a night, as texts by name, so that two homes can be compared and
 * differences read.
 */
final class Snapshot {

  private static final List<String> MEMBER_SPACE =
      List.of(
          "entry",
          "lot",
          "lot_release",
          "allocation",
          "posting",
          "debt",
          "balance",
          "member",
          "token",
          "close",
          "break",
          "points_total",
          "order_class_total",
          "liability",
          "tier_state",
          "tier_history",
          "tier_overearned",
          "tier_charge");

  /**
   * Wall clock, process and speed: all that may differ between a night that was interrupted and one
   * that was not.
   */
  private static final String RUN_FACTS =
      "array['began_at', 'ended_at', 'closed_at', 'delivered_at', 'seconds', 'epoch', 'owner', 'since']";

  private Snapshot() {}

  /** Every table, every file: what must not depend on crashes. */
  static Map<String, String> of(TestHome home, String date) {
    Map<String, String> all = outside(home, date);
    all.putAll(tables(home));
    all.put("inbox", String.join("\n", names(home.dir.resolve("inbox"))));
    all.put("archive", String.join("\n", names(home.dir.resolve("archive"))));
    all.put(
        "reports/" + date + "/rejects.csv",
        read(home.dir.resolve("reports/" + date + "/rejects.csv")));
    all.put(
        "reports/" + date + "/manifest.json",
        read(home.dir.resolve("reports/" + date + "/manifest.json")));
    all.put("folders", String.join("\n", names(home.dir.resolve("reports"))));
    return all;
  }

  /** Every table of the books. */
  static Map<String, String> tables(TestHome home) {
    var all = new TreeMap<String, String>();
    for (String table :
        home.rows(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
                + " and not relispartition")) {
      all.put("table " + table, table(home, table, RUN_FACTS));
    }
    return all;
  }

  /** What must not depend on how the same facts were cut into files. */
  static Map<String, String> business(TestHome home, String date) {
    Map<String, String> all = outside(home, date);
    // The exit code follows the share of rejects in single files.
    for (String table : MEMBER_SPACE) {
      all.put(
          "table " + table,
          table(home, table, "array['closed_at', 'evidence_hash', 'exit_code', 'due_on']"));
    }
    // A date that is over is met once; whether it still stands depends on who looked at the line
    // since.
    all.put(
        "due",
        String.join(
            "\n",
            home.rows(
                "select concat_ws(' ', shop, order_no, line_key, member_id, due_on) from due join sales_order using (order_key, first_night) where held or due_on > '"
                    + date
                    + "' order by 1")));
    return all;
  }

  /** Ledger, extract and liability of a night, byte by byte. */
  static Map<String, String> outside(TestHome home, String date) {
    var all = new TreeMap<String, String>();
    all.put("ledger", new String(home.ledgerCsv(date), StandardCharsets.UTF_8));
    Path outbox = home.dir.resolve("outbox/crm/" + date);
    for (String name : names(outbox)) all.put("outbox/" + name, read(outbox.resolve(name)));
    all.put("liability.csv", read(home.dir.resolve("reports/" + date + "/liability.csv")));
    return all;
  }

  /** A table but for run facts. */
  static String table(TestHome home, String table) {
    return table(home, table, RUN_FACTS);
  }

  private static String table(TestHome home, String table, String without) {
    return home.rows(
            "select coalesce(string_agg(row, e'\\n' order by row), '') from (select (to_jsonb(t) - "
                + without
                + ")::text as row from "
                + table
                + " t) r")
        .get(0);
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
