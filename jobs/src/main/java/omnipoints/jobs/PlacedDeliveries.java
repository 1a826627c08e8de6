package omnipoints.jobs;

import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import omnipoints.jobs.HomeConfig.ChannelConfig;
import omnipoints.sql.Script;

/**
 * Which deliveries were accepted under which shop, in earlier nights and so far tonight. Deliveries
 * are asked for in the order of the frozen input, so of two copies of one night the one under the
 * first shop by code point stays, whatever arrived first.
 */
final class PlacedDeliveries {

  private static final Script SQL = Night.script("read");

  private final Night night;
  private final Connection connection;
  private final Map<String, ShopFolders.Seen> tonight = new HashMap<>();

  PlacedDeliveries(Night night, Connection connection) {
    this.night = night;
    this.connection = connection;
  }

  /** Whether it is made of rejected rows that are read again, which lie where they were made. */
  boolean isOfRejects(Read.Delivery delivery) {
    return SQL.statement("rows_again")
        .one(connection, Map.of("sha256", delivery.sha256()), row -> true)
        .orElse(false);
  }

  /** Whether somebody said that the doubled rows of this delivery are right. */
  boolean isAcceptedDoubled(Read.Delivery delivery) {
    return SQL.statement("accepted_doubled")
        .one(connection, key(delivery), row -> true)
        .orElse(false);
  }

  private static Map<String, Object> key(Read.Delivery delivery) {
    return Map.of(
        "channel", delivery.channel(),
        "shop", delivery.shop(),
        "document", delivery.document(),
        "sha256", delivery.sha256());
  }

  /** Why the delivery does not belong where it lies; empty if it may stay. */
  List<String> faults(Read.Delivery delivery, Set<String> names) {
    ChannelConfig config = night.home().config().channels().get(delivery.channel());
    var folders = new ShopFolders(config == null ? Map.of() : config.shops());
    List<String> faults =
        folders.strangers(delivery.shop(), names, seen(delivery.channel(), names));
    if (!faults.isEmpty() || delivery.shop().isEmpty()) return faults;
    ShopFolders.Seen same = tonight.get(bytes(delivery));
    if (same == null) same = before(delivery);
    if (same == null || same.shop().equals(delivery.shop())) return List.of();
    return List.of(
        "the very same file was accepted under shop "
            + same.shop()
            + " ("
            + same.file()
            + ", night "
            + same.night()
            + ")");
  }

  private ShopFolders.Seen before(Read.Delivery delivery) {
    return SQL.statement("same_bytes")
        .one(
            connection,
            key(delivery),
            row ->
                new ShopFolders.Seen(
                    "", row.getString("shop"), row.getString("first_night"), row.getString("file")))
        .orElse(null);
  }

  private static String bytes(Read.Delivery delivery) {
    return delivery.channel() + '\0' + delivery.document() + '\0' + delivery.sha256();
  }

  private List<ShopFolders.Seen> seen(String channel, Set<String> names) {
    if (names.isEmpty()) return List.of();
    return SQL.statement("names_seen")
        .list(
            connection,
            Map.of("channel", channel, "names", List.copyOf(names)),
            row ->
                new ShopFolders.Seen(
                    row.getString("name"),
                    row.getString("shop"),
                    row.getString("first_night"),
                    row.getString("file")));
  }

  /** Remembers a delivery that may stay, with at least one row. */
  void accept(Read.Delivery delivery, Set<String> names) {
    String shop = delivery.shop();
    String date = night.date().toString();
    if (!shop.isEmpty())
      tonight.putIfAbsent(bytes(delivery), new ShopFolders.Seen("", shop, date, delivery.file()));
    if (names.isEmpty()) return;
    SQL.statement("name_seen")
        .run(
            connection,
            Map.of(
                "night", night.date(),
                "channel", delivery.channel(),
                "shop", shop,
                "file", delivery.file(),
                "names", List.copyOf(names)));
  }
}
