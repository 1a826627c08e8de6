package omnipoints.jobs;

import java.sql.Connection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import omnipoints.sql.Script;

/**
 * The last look at a night before it closes: its figures by channel against those of the last 28
 * closed nights, or against limits while there are too few. A night that is outside has usually
 * read the wrong file or has the wrong rule, and no close can be taken back.
 */
final class Gate {

  private static final int YOUNG_DAYS = 28;
  private static final Script SQL = Night.script("gate");

  private record Key(String channel, Figure figure) {}

  private record Tonight(Key key, long part, long whole, long value, boolean approved) {}

  private Gate() {}

  /** Keeps the figures of the night; in the transaction that ends its reconciliation. */
  static void keep(Night night, Connection connection) {
    night.run(connection, SQL, "forget");
    night.run(connection, SQL, "figures");
  }

  /**
   * Decides what is outside and writes it down.
   *
   * @return why the night does not close, empty if it does
   */
  static Optional<NightRefused> look(Night night, Connection connection) {
    Map<Key, List<Long>> before = before(night, connection);
    Map<String, LocalDate> first = new HashMap<>();
    SQL.statement("first")
        .forEachRow(
            connection,
            Map.of(),
            row -> first.put(row.getString("channel"), Columns.date(row, "night")));
    var outside = new ArrayList<String>();
    for (Tonight tonight : tonight(night, connection)) {
      Key key = tonight.key();
      boolean young = first.get(key.channel()).isAfter(night.date().minusDays(YOUNG_DAYS));
      List<Long> values = young ? List.of() : before.getOrDefault(key, List.of());
      GateConfig settings = night.home().config().gate();
      Band band =
          values.size() < Band.FEWEST
              ? Band.limit(settings.limit(key.channel(), key.figure()))
              : Band.of(key.figure(), values);
      boolean out =
          !band.holds(tonight.value())
              && size(tonight, band) >= settings.least().get(key.figure().size());
      held(night, connection, key, band, out);
      if (out && !tonight.approved()) outside.add(said(key, tonight.value(), band));
    }
    return outside.isEmpty() ? Optional.empty() : Optional.of(refused(night.date(), outside));
  }

  /** How much stands behind a figure, tonight or usually. */
  private static long size(Tonight tonight, Band band) {
    return switch (tonight.key().figure()) {
      case POINTS_ISSUED ->
          Math.max(Math.abs(tonight.part()), band.middle() == null ? 0 : band.middle());
      case RETURNED -> Math.max(tonight.part(), tonight.whole());
      default -> tonight.whole();
    };
  }

  private static Map<Key, List<Long>> before(Night night, Connection connection) {
    var before = new HashMap<Key, List<Long>>();
    SQL.statement("before")
        .forEachRow(
            connection,
            Map.of("night", night.date()),
            row ->
                before
                    .computeIfAbsent(
                        new Key(row.getString("channel"), Figure.valueOf(row.getString("figure"))),
                        key -> new ArrayList<>())
                    .add(row.getLong("value")));
    return before;
  }

  private static List<Tonight> tonight(Night night, Connection connection) {
    return SQL.statement("tonight")
        .list(
            connection,
            Map.of("night", night.date()),
            row ->
                new Tonight(
                    new Key(row.getString("channel"), Figure.valueOf(row.getString("figure"))),
                    row.getLong("part"),
                    row.getLong("whole"),
                    row.getLong("value"),
                    row.getBoolean("approved")));
  }

  private static void held(Night night, Connection connection, Key key, Band band, boolean out) {
    var params = new HashMap<String, Object>();
    params.put("night", night.date());
    params.put("channel", key.channel());
    params.put("figure", key.figure().name());
    params.put("nights", band.nights());
    params.put("low", band.low());
    params.put("middle", band.middle());
    params.put("high", band.high());
    params.put("outside", out);
    SQL.statement("held").run(connection, params);
  }

  private static String said(Key key, long value, Band band) {
    return key.channel()
        + " "
        + key.figure()
        + " "
        + key.figure().shown(value)
        + (band.nights() == 0 ? " (limit: " : " (" + band.nights() + " nights: ")
        + band.shown(key.figure())
        + ")";
  }

  private static NightRefused refused(LocalDate date, List<String> outside) {
    return new NightRefused(
        8,
        NightRefused.OUT_OF_BAND,
        "night "
            + date
            + " is not closed: "
            + (outside.size() == 1 ? "a figure is" : outside.size() + " figures are")
            + " not what the last nights show: "
            + String.join("; ", outside)
            + "; nothing of it is in the books yet",
        List.of(
            "./omnipoints approve " + date + " --dry-run",
            "./omnipoints approve " + date + " --reason TEXT   (the close records it)",
            "or correct what is wrong, and ./omnipoints rerun " + date + " --from STEP"));
  }
}
