package omnipoints.jobs;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import omnipoints.facts.Sha256;
import omnipoints.jobs.extract.ExtractFolder;

/**
 * Writes member profiles, full and delta, and keeps what they add up to. A row's hash leaves out
 * its change column.
 */
final class Profiles {

  static final List<String> COLUMNS =
      List.of(
          "member_id",
          "merged_into",
          "status",
          "change",
          "tier",
          "tier_since",
          "home_shop",
          "join_channel",
          "join_date",
          "points_available",
          "points_pending",
          "points_owed",
          "points_expiring_30d",
          "next_expiry_on",
          "next_expiry_points",
          "next_available_on",
          "lifetime_earned",
          "lifetime_redeemed",
          "lifetime_restored",
          "lifetime_expired",
          "lifetime_clawed_back",
          "lifetime_adjusted",
          "orders_365d",
          "spend_365d_fen",
          "refund_365d_fen",
          "last_paid_on",
          "channels");

  /** What follows them in a programme with tiers. */
  private static final List<String> OF_TIERS =
      List.of("tier_review_on", "tier_progress", "tier_needed");

  private static final int CHANGE = COLUMNS.indexOf("change");

  private final Night night;
  private final List<String> columns;
  private final NightCopy sent;
  private final ExtractFolder.CsvFile full;
  private final ExtractFolder.CsvFile delta;
  private final MessageDigest sha256;
  private final long members;
  private int[] places;
  private long rows;
  private long changed;
  private long available;
  private long pending;
  private long owed;

  /**
   * @param members how many rows will come
   */
  Profiles(Night night, ExtractFolder files, NightCopy sent, long members) {
    this.night = night;
    this.members = members;
    night.progress().rows(0, members);
    this.sent = sent;
    this.columns = columns(night);
    this.full = files.open("member_profile_full_" + night.date() + ".csv", columns);
    this.delta = files.open("member_profile_delta_" + night.date() + ".csv", columns);
    this.sha256 = Sha256.digest();
  }

  /** The columns of a night's profiles. */
  static List<String> columns(Night night) {
    if (!Tier.asked(night)) return COLUMNS;
    return Stream.concat(COLUMNS.stream(), OF_TIERS.stream()).toList();
  }

  void add(ResultSet row) throws SQLException {
    String[] cells = new String[columns.size()];
    if (places == null) places = places(row);
    for (int i = 0; i < cells.length; i++) if (places[i] > 0) cells[i] = row.getString(places[i]);
    if ("".equals(cells[6])) cells[6] = null;
    byte[] hash = hash(cells);
    byte[] before = row.getBytes("sent");
    cells[CHANGE] = change(before, hash, cells[2]);
    full.row(cells);
    if (!cells[CHANGE].equals("unchanged")) {
      delta.row(cells);
      sent.row().putDate(night.date()).putText(cells[0]).putBytes(hash);
      changed++;
    }
    available = Math.addExact(available, row.getLong("points_available"));
    pending = Math.addExact(pending, row.getLong("points_pending"));
    owed = Math.addExact(owed, row.getLong("points_owed"));
    if (++rows % 1_000 == 0) night.progress().rows(rows, members);
  }

  /** Where the row has each column; 0 for those it has not. */
  private int[] places(ResultSet row) throws SQLException {
    int[] places = new int[columns.size()];
    boolean tiers = Tier.asked(night);
    for (int i = 0; i < places.length; i++) {
      String column = columns.get(i);
      // without tiers their first columns keep their place and say nothing
      if (i != CHANGE && (tiers || !column.startsWith("tier"))) places[i] = row.findColumn(column);
    }
    return places;
  }

  private byte[] hash(String[] cells) {
    for (String cell : cells) {
      if (cell != null) sha256.update(cell.getBytes(StandardCharsets.UTF_8));
      sha256.update((byte) 0);
    }
    return Arrays.copyOf(sha256.digest(), 16);
  }

  private static String change(byte[] before, byte[] now, String status) {
    if (Arrays.equals(before, now)) return "unchanged";
    if (status.equals("merged")) return "merged";
    return before == null ? "new" : "changed";
  }

  void finish() {
    full.close();
    delta.close();
  }

  /**
   * @throws NightRefused exit 4 when the profiles do not add up to what was closed
   */
  void compareWithClose(Connection connection, Night night) {
    var closed = new java.util.HashMap<String, Long>();
    Extract.SQL
        .statement("liability")
        .forEachRow(
            connection,
            Extract.params(night, null),
            row -> {
              if (row.getString("channel").equals("TOTAL"))
                closed.put(row.getString("account"), row.getLong("closing"));
            });
    if (closed.get("available") == available
        && closed.get("pending") == pending
        && closed.get("owed") == -owed) return;
    throw new NightRefused(
        4,
        "EXTRACT_DIFFERS",
        "the profiles of "
            + night.date()
            + " add up to available "
            + available
            + ", pending "
            + pending
            + ", owed "
            + owed
            + "; the close says "
            + closed,
        List.of("./omnipoints status " + night.date()));
  }

  long rows() {
    return rows;
  }

  long changed() {
    return changed;
  }

  long available() {
    return available;
  }

  long pending() {
    return pending;
  }

  long owed() {
    return owed;
  }
}
