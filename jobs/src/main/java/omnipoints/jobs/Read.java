package omnipoints.jobs;

import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;
import omnipoints.facts.OrderKeys;
import omnipoints.files.DeliveryOutcome;
import omnipoints.files.DeliveryRefused;
import omnipoints.jobs.HomeConfig.ChannelConfig;
import omnipoints.jobs.HomeConfig.PointsConfig;
import omnipoints.mappings.HeaderNews;
import omnipoints.mappings.LineLimit;
import omnipoints.mappings.ReadSummary;
import omnipoints.mappings.Recognition;
import omnipoints.mappings.RecordReader;
import omnipoints.routes.Archive;
import omnipoints.sql.Script;
import org.slf4j.MDC;

/**
 * Step read: the accepted deliveries of the night become typed, tokenised rows: what speaks of
 * orders in scratch, the rest in tables of the night. What cannot be trusted is a reject with its
 * reason. A file whose structure is broken is refused whole and leaves no row.
 *
 * <p>Cost: one pass over the files; nothing of an order enters the database.
 */
final class Read implements NightStep {

  private static final Script SQL = Night.script("read");

  /** What reading one delivery gave; outcome empty when it stays as it was. */
  private record Result(
      Delivery delivery,
      long rows,
      long filtered,
      boolean doubled,
      Set<String> shopNames,
      String outcome,
      String message,
      Recognition.Recognised recognised) {

    static Result refused(Delivery delivery, String outcome, String message) {
      return new Result(delivery, 0, 0, false, Set.of(), outcome, message, null);
    }

    boolean accepted() {
      return outcome.isEmpty();
    }
  }

  private List<Result> reads = List.of();

  @Override
  public String name() {
    return "read";
  }

  @Override
  public Counts prepare(Night night) throws SQLException {
    night
        .database()
        .transact(
            connection -> {
              night.lock().fence(connection);
              night.run(connection, SQL, "drop");
              night.runAll(connection, SQL, "create_");
              night.home().config().channels().values().forEach(c -> settle(night, connection, c));
            });
    List<Delivery> deliveries = deliveries(night);
    try (Scratch.Writer spilled = night.scratch().write(bytes(deliveries));
        ReadTables tables = ReadTables.open(night)) {
      reads = readAll(night, deliveries, new ShownRows(night.tokens(), spilled, tables));
      spilled.finish();
      tables.finish();
    }
    long rows = reads.stream().mapToLong(Result::rows).sum();
    return new Counts(rows, rows, 0);
  }

  /** Makes the scratch of a night again that was read before: what is in tables stays. */
  static void spillAgain(Night night) throws SQLException {
    List<Delivery> deliveries = deliveries(night);
    try (Scratch.Writer spilled = night.scratch().write(bytes(deliveries))) {
      readAll(night, deliveries, new ShownRows(night.tokens(), spilled, null));
      spilled.finish();
    }
  }

  private static long bytes(List<Delivery> deliveries) {
    return deliveries.stream().mapToLong(Delivery::bytes).sum();
  }

  private static List<Result> readAll(Night night, List<Delivery> deliveries, ShownRows into)
      throws SQLException {
    List<Result> reads = new ArrayList<>();
    long bytes = bytes(deliveries);
    long before = 0;
    Map<UUID, Long> accepted = accepted(night);
    for (Delivery delivery : deliveries) {
      long start = before;
      night.progress().bytes(start, bytes);
      MDC.put("delivery", delivery.sha256());
      try {
        reads.add(
            read(
                night,
                delivery,
                into,
                limit(night, delivery, accepted),
                at -> night.progress().bytes(start + at, bytes)));
      } finally {
        MDC.remove("delivery");
      }
      before += delivery.bytes();
      night.crash().reached("read:delivery");
    }
    return reads;
  }

  /** The night goes by the settings it was read under. */
  private static void settle(Night night, Connection connection, ChannelConfig channel) {
    PointsConfig points = channel.points();
    var params = new HashMap<String, Object>();
    params.put("night", night.date());
    params.put("channel", channel.code());
    params.put("pool", points.pool().name().toLowerCase(Locale.ROOT));
    params.put("combine", points.opening() == null ? "" : points.opening().name());
    SQL.statement("points_rule").run(connection, params);
  }

  /** One delivery of the frozen input that is read; n counts in its order. */
  record Delivery(
      int n,
      String channel,
      String shop,
      String document,
      String file,
      String sha256,
      long bytes) {}

  private static List<Delivery> deliveries(Night night) throws SQLException {
    try (Connection connection = night.database().connection()) {
      return SQL.statement("deliveries")
          .list(
              connection,
              Map.of("night", night.date()),
              row ->
                  new Delivery(
                      row.getInt("n"),
                      row.getString("channel"),
                      row.getString("shop"),
                      row.getString("document"),
                      row.getString("file"),
                      row.getString("sha256"),
                      row.getLong("bytes")));
    }
  }

  /** What people let in although it is above the limit: fen by order, few orders. */
  private static Map<UUID, Long> accepted(Night night) throws SQLException {
    Map<UUID, Long> accepted = new HashMap<>();
    try (Connection connection = night.database().connection()) {
      SQL.statement("accepted")
          .forEachRow(
              connection,
              Map.of(),
              row -> accepted.put(row.getObject("order_key", UUID.class), row.getLong("line_fen")));
    }
    return accepted;
  }

  private static LineLimit limit(Night night, Delivery delivery, Map<UUID, Long> accepted) {
    long lineFen = night.home().config().limits().lineFen();
    OrderKeys keys = new OrderKeys();
    return (shop, order, fen) ->
        fen <= lineFen
            || (shop != null
                && order != null
                && fen <= accepted.getOrDefault(keys.of(delivery.channel(), shop, order), 0L));
  }

  private static Result read(
      Night night, Delivery delivery, ShownRows into, LineLimit limit, LongConsumer position) {
    Path file = new Archive(night.home().archive()).path(delivery.sha256());
    Recognition recognition =
        DocumentFolders.recognise(
            night.home(),
            night.channels(),
            delivery.channel(),
            delivery.shop(),
            file,
            delivery.file());
    if (recognition instanceof Recognition.Refused refused) {
      return Result.refused(delivery, refused.outcome().name(), refused.message());
    }
    // A workbook may hold several documents: each is a delivery of its own.
    Optional<Recognition.Recognised> part =
        recognition.parts().stream()
            .filter(one -> one.document().name().equals(delivery.document()))
            .findFirst();
    if (part.isEmpty()) {
      return Result.refused(
          delivery,
          DeliveryOutcome.NO_MAPPING.name(),
          delivery.file() + ": the file no longer holds the document " + delivery.document());
    }
    try {
      ReadSummary summary =
          RecordReader.read(
              part.get(),
              file,
              delivery.shop().isEmpty() ? null : delivery.shop(),
              night.zone(),
              limit,
              into.of(delivery.n(), delivery.channel(), part.get().document()),
              position);
      return new Result(
          delivery,
          summary.rows(),
          summary.filteredRows(),
          summary.doubled(),
          summary.shopNames(),
          summary.rows() == 0 ? "EMPTY" : "",
          "",
          part.get());
    } catch (DeliveryRefused e) {
      return Result.refused(delivery, e.outcome().name(), e.getMessage());
    }
  }

  /** Keeps the header, and says what it has that the mapping or the delivery before has not. */
  private static void header(Night night, Connection connection, Result read) {
    Map<String, Object> key =
        Map.of(
            "night", night.date(),
            "n", read.delivery().n(),
            "channel", read.delivery().channel(),
            "shop", read.delivery().shop(),
            "document", read.delivery().document());
    List<String> previous =
        SQL.statement("header_before")
            .one(connection, key, row -> texts(row.getArray("header")))
            .orElse(null);
    List<String> header = read.recognised().table();
    SQL.statement("header")
        .run(
            connection,
            Map.of(
                "night", night.date(),
                "n", read.delivery().n(),
                "header", header,
                "message", HeaderNews.line(read.recognised().document(), header, previous)));
  }

  /** The same, or refused because it lies in the folder of another shop. */
  private static Result misplaced(PlacedDeliveries placed, Result read) {
    Delivery delivery = read.delivery();
    List<String> faults = placed.faults(delivery, read.shopNames());
    if (faults.isEmpty()) {
      placed.accept(delivery, read.shopNames());
      return read;
    }
    return Result.refused(
        delivery,
        DeliveryOutcome.WRONG_SHOP.name(),
        ShopFolders.refusal(delivery.file(), delivery.shop(), faults));
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }

  @Override
  public Counts apply(Night night, Connection connection, Counts prepared) {
    var placed = new PlacedDeliveries(night, connection);
    for (Result as : reads) {
      Delivery delivery = as.delivery();
      boolean rowsAgain = placed.isOfRejects(delivery);
      Result read = rowsAgain || !as.accepted() ? as : misplaced(placed, as);
      var params = new HashMap<String, Object>();
      params.put("night", night.date());
      params.put("n", read.delivery().n());
      params.put("rows", read.rows());
      params.put("filtered", read.filtered());
      params.put("outcome", read.outcome());
      params.put("message", read.message());
      params.put(
          "held",
          read.accepted() && read.doubled() && !rowsAgain && !placed.isAcceptedDoubled(delivery));
      SQL.statement("read").run(connection, params);
      if (read.recognised() != null) header(night, connection, read);
    }
    night.run(connection, SQL, "hold");
    night.run(connection, SQL, "release");
    // A refused file may have left rows behind its damage; of one that waits, only rejects are
    // kept.
    night.runAll(connection, SQL, "discard_");
    night.run(connection, SQL, "conflicting_members");
    night.run(connection, SQL, "delivered");
    night.run(connection, SQL, "duplicates");
    night.run(connection, SQL, "analyze");
    long rejected =
        SQL.statement("rejected")
            .one(connection, Map.of("night", night.date()), row -> row.getLong(1))
            .orElse(0L);
    return new Counts(prepared.read(), prepared.read() - rejected, rejected);
  }
}
