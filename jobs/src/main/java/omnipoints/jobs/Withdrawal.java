package omnipoints.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import omnipoints.facts.Delivery;
import omnipoints.facts.GroupJoin;
import omnipoints.facts.JoinNight;
import omnipoints.facts.OrderKeys;
import omnipoints.facts.Shown;
import omnipoints.jobs.OrdersAnew.Came;
import omnipoints.jobs.OrdersAnew.Number;
import omnipoints.mappings.Channels;
import omnipoints.sql.Database;
import omnipoints.sql.Script;

/**
 * A delivery that is taken back: what a person is told before, and how the next night carries it
 * out. Its orders are made anew from the deliveries that remain in the archive.
 *
 * @param deliveries what came with these bytes
 * @param rows how many rows of our own documents, bindings and members only it holds
 * @param orders how many orders it shows
 * @param gone how many of them no other delivery shows
 * @param points that stand for all of them now; what remains of them the next night says
 */
public record Withdrawal(
    String sha256, List<Item> deliveries, long rows, long orders, long gone, long points) {

  static final Script SQL = Night.script("withdraw");

  /** One delivery of these bytes. */
  public record Item(
      String channel,
      String shop,
      String document,
      String file,
      String sha256,
      LocalDate firstNight,
      String grain) {
    RowsOfDelivery.Place place() {
      return new RowsOfDelivery.Place(channel, shop, document, file, sha256);
    }

    static Item read(ResultSet row) throws SQLException {
      return new Item(
          row.getString("channel"),
          row.getString("shop"),
          row.getString("document"),
          row.getString("file"),
          row.getString("sha256"),
          Columns.date(row, "first_night"),
          row.getString("grain"));
    }

    /** It speaks of no order, but of people or of what they do. */
    boolean told() {
      return WithdrawnEvidence.is(grain) || WithdrawnRows.are(grain);
    }
  }

  /** A delivery that remains. */
  record Other(LocalDate night, RowsOfDelivery.Place place) {}

  private record Found(Item item, boolean closed, boolean withdrawn) {}

  /**
   * Finds out what taking it back means. Writes nothing.
   *
   * @param hash of the file, or how it begins
   * @throws NightRefused 8: there is none or several; it cannot be taken back, and why; 9: its
   *     bytes are not in the archive
   */
  public static Withdrawal plan(Home home, Database database, String hash) {
    Setup setup = Setup.load(home);
    Channels channels = setup.channels();
    return database.inTransaction(
        connection -> {
          List<Item> all = items(connection, hash);
          for (Item item : all) refuse(channels, home, item);
          List<Item> items = all.stream().filter(item -> !item.told()).toList();
          Orders shown = shown(home, channels, items);
          if (!items.isEmpty()) refuse(connection, items.get(0), shown);
          List<Came> remaining = remaining(connection, shown, items, LocalDate.MAX);
          var anew = made(home, channels, connection, shown, remaining);
          long gone =
              shown.keys().stream()
                  .filter(key -> known(connection, List.of(key)).containsKey(key))
                  .filter(key -> !anew.containsKey(key))
                  .count();
          long points =
              SQL.statement("at_stake")
                  .one(connection, Map.of("keys", shown.keyList()), row -> row.getLong(1))
                  .orElse(0L);
          Told told = told(home, setup, connection, all);
          return new Withdrawal(
              all.get(0).sha256(),
              all,
              told.rows(),
              shown.numbers().size(),
              gone,
              Math.addExact(points, told.points()));
        });
  }

  private record Told(long rows, long points) {}

  /** What taking back rows that speak of no order means: tried, and undone again. */
  private static Told told(Home home, Setup setup, Connection connection, List<Item> all)
      throws SQLException {
    var rows = new WithdrawnRows(home, new RowsOfDelivery(home, setup.channels()));
    var evidence = new WithdrawnEvidence(home, new RowsOfDelivery(home, setup.channels()));
    long points = 0;
    for (Item item : all) {
      if (!item.told() || WithdrawnEvidence.is(item.grain())) continue;
      rows.refuse(connection, item, setup.programme());
      points = Math.addExact(points, rows.points(connection, item));
    }
    Savepoint before = connection.setSavepoint();
    long taken = 0;
    LocalDate night = LocalDate.of(9999, 12, 30);
    for (Item item : all) {
      if (!item.told()) continue;
      List<Other> others = others(connection, item, all, night);
      if (!WithdrawnEvidence.is(item.grain())) taken += rows.take(connection, item, others, night);
      else taken += evidence.take(connection, item, others, night);
    }
    evidence.finish(connection, night);
    evidence.refuse(connection, all.get(0), setup.programme());
    connection.rollback(before);
    return new Told(taken, points);
  }

  private static Set<RowsOfDelivery.Place> identities(List<Item> items) {
    Set<RowsOfDelivery.Place> identities = new HashSet<>();
    for (Item item : items) identities.add(item.place().identity());
    return identities;
  }

  /** Deliveries of the same document that remain, since the first night of one. */
  private static List<Other> others(
      Connection connection, Item item, List<Item> without, LocalDate night) {
    Set<RowsOfDelivery.Place> gone = identities(without);
    return SQL
        .statement("others")
        .list(
            connection,
            Map.of("grain", item.grain(), "since", item.firstNight(), "night", night),
            row -> new Other(Columns.date(row, "night"), RowsOfDelivery.Place.read(row)))
        .stream()
        .filter(other -> !gone.contains(other.place().identity()))
        .toList();
  }

  /** Notes it for the next night that collects. */
  public void register(Database database, Clock clock, String actor, String because) {
    database.transact(
        connection -> {
          for (Item item : deliveries) {
            var params = new HashMap<String, Object>();
            params.put("channel", item.channel());
            params.put("shop", item.shop());
            params.put("document", item.document());
            params.put("sha256", item.sha256());
            params.put("file", item.file());
            params.put("at", clock.instant());
            params.put("actor", actor);
            params.put("because", because);
            SQL.statement("register").run(connection, params);
          }
        });
  }

  private static List<Item> items(Connection connection, String hash) {
    List<Found> found = found(connection, hash);
    Set<String> hashes = new TreeSet<>();
    for (Found one : found) hashes.add(one.item().sha256());
    if (hashes.size() != 1)
      throw refused(
          hashes.isEmpty() ? "NO_SUCH_DELIVERY" : "SEVERAL_DELIVERIES",
          (hashes.isEmpty() ? "no night has read" : hashes.size() + " files are there with")
              + " a file whose sha256 begins with "
              + hash,
          "./omnipoints delivery list");
    String sha256 = hashes.iterator().next();
    if (found.stream().allMatch(Found::withdrawn))
      throw refused(
          "WITHDRAWN",
          found.get(0).item().file() + " is taken back already",
          "./omnipoints delivery show " + sha256.substring(0, 12));
    if (!found.stream().allMatch(Found::closed))
      throw refused(
          "NIGHT_OPEN",
          found.get(0).item().file() + " belongs to a night that is not closed yet",
          "./omnipoints status");
    var items = new ArrayList<Item>();
    for (Found one : found) items.add(one.item());
    for (String replay : replays(connection, sha256)) {
      boolean waits =
          SQL.statement("waiting")
              .one(connection, Map.of("sha256", replay), row -> true)
              .orElse(false);
      if (waits)
        throw refused(
            "REPLAY_WAITS",
            "rejected rows of " + items.get(0).file() + " are to be read again by the next night",
            "./omnipoints nightly");
      for (Found one : found(connection, replay)) items.add(one.item());
    }
    return items;
  }

  private static List<String> replays(Connection connection, String sha256) {
    return SQL.statement("replays")
        .list(connection, Map.of("sha256", sha256), row -> row.getString(1));
  }

  private static List<Found> found(Connection connection, String hash) {
    return SQL.statement("deliveries")
        .list(
            connection,
            Map.of("sha256", hash),
            row ->
                new Found(Item.read(row), row.getBoolean("closed"), row.getBoolean("withdrawn")));
  }

  private static NightRefused refused(String code, String message, String next) {
    return new NightRefused(8, code, message, List.of(next));
  }

  /** Balances and statements of others compare, and acknowledgements prove: they book nothing. */
  private static void refuse(Channels channels, Home home, Item item) {
    if (item.told() || shows(channels, home, item) != Delivery.Shows.NOTHING) return;
    String instead =
        item.grain().equals("balance")
            ? "the balances it states were compared with ours, and imported where that was asked for;"
                + " a document adjustment corrects what was imported"
            : "nothing was booked by it; the next one of its kind stands beside it";
    throw refused(
        "NOT_OF_ORDERS",
        item.file()
            + " is a document "
            + item.document()
            + ", of which nothing is taken back: "
            + instead,
        "./omnipoints delivery show " + item.sha256().substring(0, 12));
  }

  private static void refuse(Connection connection, Item item, Orders shown) {
    Map<String, Object> keys = Map.of("keys", shown.keyList());
    if (SQL.statement("refused_splits").one(connection, keys, row -> true).orElse(false))
      throw refused(
          "ORDERS_SPLIT",
          item.file()
              + " shows orders that were split into others, which cannot be told apart again",
          "./omnipoints delivery show " + item.sha256().substring(0, 12));
    if (SQL.statement("refused_orphans").one(connection, keys, row -> true).orElse(false))
      throw refused(
          "RETURN_WITHOUT_SALE",
          item.file()
              + " shows returns that found no sale and have taken points of their own; resolve or"
              + " match them first",
          "./omnipoints breaks list");
  }

  /** The orders that deliveries show. */
  private record Orders(Set<Number> numbers, Set<UUID> keys) {
    List<UUID> keyList() {
      return keys.stream().sorted(KnownOrders::compare).toList();
    }

    Set<String> channels() {
      var channels = new TreeSet<String>();
      for (Number number : numbers) channels.add(number.channel());
      return channels;
    }
  }

  private static Orders shown(Home home, Channels channels, List<Item> items) {
    var orders = new Orders(new HashSet<>(), new HashSet<>());
    var rows = new RowsOfDelivery(home, channels);
    for (Item item : items) {
      Delivery.Shows shows = shows(channels, home, item);
      rows.read(
          item.place(),
          0,
          row -> {
            if (row.order() == null || row.shop() == null) return;
            orders.numbers().add(Number.of(item.channel(), row));
            put(orders.keys(), item.channel(), shows, home.config().zone(), row);
          });
    }
    return orders;
  }

  private static Delivery.Shows shows(Channels channels, Home home, Item item) {
    return channels.channel(home.mapping(item.channel())).documents().stream()
        .filter(document -> document.name().equals(item.document()))
        .findFirst()
        .map(document -> Delivery.Shows.named(document.grain().name()))
        .orElse(Delivery.Shows.NOTHING);
  }

  /** Its own key, and those under which rows of a receipt may have come to stand. */
  private static void put(
      Set<UUID> into, String channel, Delivery.Shows shows, ZoneId zone, Shown row) {
    var keys = new OrderKeys();
    into.add(keys.of(channel, row.shop(), row.order()));
    var one = new Delivery(row.delivery(), channel, "", shows, false, true);
    var night =
        new JoinNight(
            LocalDate.EPOCH,
            Instant.MAX,
            zone,
            Map.of(row.delivery(), one),
            Long.MAX_VALUE,
            Map.of(),
            true);
    for (String other : GroupJoin.otherNumbers(night, List.of(row)))
      into.add(keys.of(channel, row.shop(), other));
  }

  private static Map<UUID, LocalDate> known(Connection connection, List<UUID> keys) {
    var known = new HashMap<UUID, LocalDate>();
    SQL.statement("known")
        .forEachRow(
            connection,
            Map.of("keys", keys),
            row ->
                known.put(
                    row.getObject("order_key", UUID.class), Columns.date(row, "first_night")));
    return known;
  }

  private static List<Came> remaining(
      Connection connection, Orders shown, List<Item> without, LocalDate night) {
    Optional<LocalDate> since =
        SQL.statement("first_seen")
            .one(
                connection,
                Map.of("keys", shown.keyList()),
                row -> Optional.ofNullable(Columns.date(row, 1)))
            .orElse(Optional.empty());
    if (since.isEmpty()) return List.of();
    var params = new HashMap<String, Object>();
    params.put("since", since.get());
    params.put("night", night.equals(LocalDate.MAX) ? LocalDate.of(9999, 12, 31) : night);
    params.put("channels", List.copyOf(shown.channels()));
    Set<RowsOfDelivery.Place> taken = identities(without);
    return SQL
        .statement("remaining")
        .list(
            connection,
            params,
            row ->
                new Came(
                    Columns.date(row, "night"),
                    row.getInt("n"),
                    RowsOfDelivery.Place.read(row),
                    Delivery.Shows.named(row.getString("grain")),
                    row.getBoolean("rows_again")))
        .stream()
        .filter(came -> came.shows() != Delivery.Shows.NOTHING)
        .filter(came -> !taken.contains(came.place().identity()))
        .toList();
  }

  /** The orders as the remaining deliveries make them; adds the keys of theirs to those shown. */
  private static Map<UUID, OrdersAnew.Order> made(
      Home home, Channels channels, Connection connection, Orders shown, List<Came> remaining) {
    var rows = new RowsOfDelivery(home, channels);
    Map<LocalDate, List<Came>> nights = new TreeMap<>();
    Map<LocalDate, List<Shown>> said = new HashMap<>();
    for (Came came : remaining) {
      nights.computeIfAbsent(came.night(), n -> new ArrayList<>()).add(came);
      rows.read(
          came.place(),
          came.n(),
          row -> {
            if (row.order() == null || row.shop() == null) return;
            if (!shown.numbers().contains(Number.of(came.place().channel(), row))) return;
            said.computeIfAbsent(came.night(), n -> new ArrayList<>()).add(row);
            put(shown.keys(), came.place().channel(), came.shows(), home.config().zone(), row);
          });
    }
    var anew = new OrdersAnew(home, channels, OrdersAnew.marks(connection, SQL, shown.keyList()));
    nights.forEach((night, came) -> anew.join(night, came, said.getOrDefault(night, List.of())));
    return anew.orders();
  }

  /** Carries out what the night takes back, before it joins anything: repeated, it ends alike. */
  static void carryOut(Night night, Connection connection) throws SQLException {
    List<Item> items =
        SQL.statement("frozen")
            .list(connection, Map.of("night", night.date()), row -> Item.read(row));
    if (items.isEmpty()) return;
    told(night, connection, items);
    items = items.stream().filter(item -> !item.told()).toList();
    Orders shown = shown(night.home(), night.channels(), items);
    List<Came> remaining = remaining(connection, shown, items, night.date());
    Map<UUID, OrdersAnew.Order> anew =
        made(night.home(), night.channels(), connection, shown, remaining);
    var params = new HashMap<String, Object>();
    params.put("night", night.date());
    params.put("keys", shown.keyList());
    Map<UUID, LocalDate> known = known(connection, shown.keyList());
    run(connection, params, "settle_");
    run(connection, params, "forget_");
    OrderSpace.made(connection, anew, known);
    run(connection, params, "parked");
    run(connection, params, "touched");
  }

  private static void told(Night night, Connection connection, List<Item> items)
      throws SQLException {
    var archive = new RowsOfDelivery(night.home(), night.channels());
    var rows = new WithdrawnRows(night.home(), archive);
    var evidence = new WithdrawnEvidence(night.home(), archive);
    for (Item item : items) {
      if (!item.told()) continue;
      List<Other> others = others(connection, item, items, night.date());
      if (WithdrawnEvidence.is(item.grain())) evidence.take(connection, item, others, night.date());
      else rows.take(connection, item, others, night.date());
    }
    evidence.finish(connection, night.date());
    WithdrawnRows.settle(connection, night.date(), night.zone());
  }

  private static void run(Connection connection, Map<String, Object> all, String prefix) {
    for (String statement : SQL.names()) {
      if (!statement.startsWith(prefix)) continue;
      var params = new HashMap<>(all);
      params.keySet().retainAll(SQL.statement(statement).parameters());
      SQL.statement(statement).run(connection, params);
    }
  }
}
