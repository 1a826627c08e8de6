package omnipoints.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import omnipoints.facts.Delivery;
import omnipoints.facts.Fates;
import omnipoints.facts.GroupJoin;
import omnipoints.facts.JoinNight;
import omnipoints.facts.JoinResult;
import omnipoints.facts.OrderKeys;
import omnipoints.facts.Shown;
import omnipoints.facts.Shown.ReturnShown;
import omnipoints.sql.Script;

/** The ranges of one night on their way through {@link GroupJoin} into the order space. */
final class Joining {

  private static final Script SQL = Night.script("join");

  /** Rows that are worth a round of statements; no more than two ranges of a large night. */
  private static final int BATCH = 40_000;

  private final Night night;
  private final Connection connection;
  private final OrderKeys keys = new OrderKeys();
  private final JoinNight facts;
  private final Map<String, Set<String>> shopsSoFar;
  private final OrderSpace space;
  private final Map<Integer, Fates.Counts> fates = new TreeMap<>();
  private long read;

  Joining(Night night, Connection connection) {
    this.night = night;
    this.connection = connection;
    Map<Integer, Delivery> deliveries = deliveries();
    this.facts =
        new JoinNight(
            night.date(),
            night.cut(),
            night.zone(),
            deliveries,
            night.home().config().limits().orderRows(),
            rowsAccepted());
    this.shopsSoFar = shopsSoFar(deliveries);
    this.space = new OrderSpace(night, connection);
  }

  private Map<Integer, Delivery> deliveries() {
    Map<Integer, Delivery> deliveries = new HashMap<>();
    SQL.statement("inputs")
        .forEachRow(
            connection,
            Map.of("night", night.date()),
            row ->
                deliveries.put(
                    row.getInt("n"),
                    new Delivery(
                        row.getInt("n"),
                        row.getString("channel"),
                        row.getString("sha256"),
                        shows(row.getString("grain")),
                        row.getBoolean("rows_again"),
                        receiptReused(row.getString("channel"), row.getString("document")))));
    return deliveries;
  }

  private static Delivery.Shows shows(String grain) {
    for (Delivery.Shows shows : Delivery.Shows.values())
      if (shows.name().equalsIgnoreCase(grain)) return shows;
    return Delivery.Shows.NOTHING;
  }

  private boolean receiptReused(String channel, String document) {
    return night.channels().channel(night.home().mapping(channel)).documents().stream()
        .anyMatch(one -> one.name().equals(document) && one.receiptReused());
  }

  private Map<UUID, Long> rowsAccepted() {
    Map<UUID, Long> accepted = new HashMap<>();
    SQL.statement("rows_accepted")
        .forEachRow(
            connection,
            Map.of(),
            row -> accepted.put(row.getObject("order_key", UUID.class), row.getLong("rows")));
    return accepted;
  }

  /** The shops so far of channels that give each number once. */
  private Map<String, Set<String>> shopsSoFar(Map<Integer, Delivery> deliveries) {
    Map<String, Set<String>> shops = new HashMap<>();
    for (Delivery delivery : deliveries.values()) {
      String code = delivery.channel();
      if (night.channels().channel(night.home().mapping(code)).ordersUnique())
        shops.putIfAbsent(code, new HashSet<>());
    }
    SQL.statement("shops")
        .forEachRow(
            connection,
            Map.of("channels", List.copyOf(shops.keySet())),
            row -> shops.get(row.getString("channel")).add(row.getString("shop")));
    return shops;
  }

  /** Whether a number of the group may be known in another shop, where each is given once. */
  private boolean shopsDiffer(List<Shown> group) {
    Set<String> shops = shopsSoFar.get(channel(group.get(0)));
    if (shops == null) return false;
    String first = group.get(0).shop();
    for (Shown row : group) if (!row.shop().equals(first)) return true;
    return shops.size() > 1 || (shops.size() == 1 && !shops.contains(first));
  }

  /** Rows that were joined. */
  long read() {
    return read;
  }

  /** Rows of orders, lines and returns that were written. */
  long written() {
    return space.written();
  }

  /** Joins all ranges, as many at a time as have rows enough to be worth a round of statements. */
  void all() throws SQLException {
    Scratch scratch = night.scratch();
    List<Scratch.Grouped> batch = new ArrayList<>();
    for (int range = 0; range < scratch.ranges(); range++) {
      night.progress().rows(range, scratch.ranges());
      for (Scratch.Grouped row : scratch.read(range)) if (counts(row.row())) batch.add(row);
      boolean last = range == scratch.ranges() - 1;
      if (batch.size() < BATCH && !(last && !batch.isEmpty())) continue;
      read += batch.size();
      join(batch);
      batch = new ArrayList<>();
      night.crash().reached("join:range");
    }
  }

  /** Rows of a delivery that was refused or waits are passed over, but for its rejects. */
  private boolean counts(Shown row) {
    return facts.deliveries().containsKey(row.delivery());
  }

  private String channel(Shown row) {
    return facts.deliveries().get(row.delivery()).channel();
  }

  private void join(List<Scratch.Grouped> rows) throws SQLException {
    List<List<Shown>> groups = groups(rows);
    KnownOrders known = known(groups);
    var result = new JoinResult(facts);
    for (List<Shown> group : groups) {
      String channel = channel(group.get(0));
      new GroupJoin(
              facts,
              channel,
              (shop, number) -> keys.of(channel, shop, number),
              known.of(channel, keys),
              shopsDiffer(group),
              result)
          .join(group);
    }
    space.put(result);
    result
        .fates
        .byDelivery()
        .forEach((n, counts) -> fates.computeIfAbsent(n, k -> new Fates.Counts()).add(counts));
  }

  /** Rows of one number of one channel; different numbers may share half a key. */
  private List<List<Shown>> groups(List<Scratch.Grouped> rows) {
    List<List<Shown>> groups = new ArrayList<>();
    for (int from = 0; from < rows.size(); ) {
      int to = from;
      long group = rows.get(from).group();
      Map<List<String>, List<Shown>> numbers = new HashMap<>(2);
      for (; to < rows.size() && rows.get(to).group() == group; to++) {
        Shown row = rows.get(to).row();
        numbers
            .computeIfAbsent(List.of(channel(row), row.order()), k -> new ArrayList<>())
            .add(row);
      }
      if (numbers.size() == 1) groups.addAll(numbers.values());
      else
        numbers.entrySet().stream()
            .sorted(
                (a, b) -> String.join("\n", a.getKey()).compareTo(String.join("\n", b.getKey())))
            .forEach(entry -> groups.add(entry.getValue()));
      from = to;
    }
    return groups;
  }

  private KnownOrders known(List<List<Shown>> groups) throws SQLException {
    Set<UUID> all = new HashSet<>();
    Set<UUID> tills = new HashSet<>();
    List<KnownOrders.Number> numbers = new ArrayList<>();
    for (List<Shown> group : groups) {
      Shown first = group.get(0);
      String channel = channel(first);
      Set<String> shops = new HashSet<>(2);
      boolean till = false;
      for (Shown row : group) {
        till |=
            row instanceof ReturnShown
                || facts.deliveries().get(row.delivery()).shows() == Delivery.Shows.RECEIPT_LINE;
        if (shops.add(row.shop())) all.add(keys.of(channel, row.shop(), row.order()));
      }
      if (till) {
        List<String> others = GroupJoin.otherNumbers(facts, group);
        for (String shop : shops) {
          tills.add(keys.of(channel, shop, first.order()));
          for (String other : others) tills.add(keys.of(channel, shop, other));
        }
      }
      if (shopsDiffer(group)) numbers.add(new KnownOrders.Number(channel, first.order()));
    }
    all.addAll(tills);
    return KnownOrders.of(night, connection, all, tills, numbers);
  }

  /** Writes down what became of the rows of each delivery. */
  void fates() {
    fates.forEach(
        (n, counts) ->
            SQL.statement("fates")
                .run(
                    connection,
                    Map.of(
                        "night", night.date(),
                        "n", n,
                        "merged", counts.merged,
                        "superseded", counts.superseded,
                        "duplicate", counts.duplicate)));
  }
}
