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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
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

  /** One for Java, one for the server: more would only wait for each other on two cores. */
  private static final int WORKERS = 2;

  private final Night night;
  private final JoinNight facts;
  private final Map<String, Set<String>> shopsSoFar;
  private final boolean orphansWait;
  private final Map<Integer, Fates.Counts> fates = new TreeMap<>();

  Joining(Night night, Connection connection) {
    this.night = night;
    Map<Integer, Delivery> deliveries = deliveries(connection);
    this.facts =
        new JoinNight(
            night.date(),
            night.cut(),
            night.zone(),
            deliveries,
            night.home().config().limits().orderRows(),
            rowsAccepted(connection),
            true);
    this.shopsSoFar = shopsSoFar(connection, deliveries);
    this.orphansWait =
        SQL.statement("orphans_wait")
            .one(connection, Map.of(), row -> row.getBoolean(1))
            .orElse(false);
  }

  private Map<Integer, Delivery> deliveries(Connection connection) {
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
                        Delivery.Shows.named(row.getString("grain")),
                        row.getBoolean("rows_again"),
                        receiptReused(row.getString("channel"), row.getString("document")))));
    return deliveries;
  }

  private boolean receiptReused(String channel, String document) {
    return night.channels().channel(night.home().mapping(channel)).documents().stream()
        .anyMatch(one -> one.name().equals(document) && one.receiptReused());
  }

  private static Map<UUID, Long> rowsAccepted(Connection connection) {
    Map<UUID, Long> accepted = new HashMap<>();
    SQL.statement("rows_accepted")
        .forEachRow(
            connection,
            Map.of(),
            row -> accepted.put(row.getObject("order_key", UUID.class), row.getLong("rows")));
    return accepted;
  }

  /** The shops so far of channels that give each number once. */
  private Map<String, Set<String>> shopsSoFar(
      Connection connection, Map<Integer, Delivery> deliveries) {
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

  /** Rows of files that met what is known. */
  long read() {
    return fates.values().stream().mapToLong(Fates.Counts::rows).sum();
  }

  /** Rows whose content stands since tonight. */
  long merged() {
    return fates.values().stream().mapToLong(counts -> counts.merged).sum();
  }

  /**
   * Joins all ranges, two batches at a time, each in a transaction of its own: a night that is
   * joined again says the same, so what is committed before a crash may stay. Progress and crash
   * points are told by the thread of the night.
   */
  void all() {
    List<List<Integer>> batches = night.scratch().batches(night.shuffle().batchBytes());
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    try {
      var done = new ExecutorCompletionService<Fates>(workers);
      for (List<Integer> ranges : batches) done.submit(() -> joined(ranges));
      for (int n = 0; n < batches.size(); n++) {
        night.progress().rows(n, batches.size());
        take(done.take().get());
        night.crash().reached("join:range");
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failed) throw failed;
      if (e.getCause() instanceof Error failed) throw failed;
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      workers.shutdownNow();
      awaitEnd(workers);
    }
  }

  /** No transaction of the step may outlive it. */
  private static void awaitEnd(ExecutorService workers) {
    boolean interrupted = false;
    while (true) {
      try {
        if (workers.awaitTermination(1, TimeUnit.MINUTES)) break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }

  private void take(Fates batch) {
    batch
        .byDelivery()
        .forEach((n, counts) -> fates.computeIfAbsent(n, k -> new Fates.Counts()).add(counts));
  }

  private Fates joined(List<Integer> ranges) {
    List<Scratch.Grouped> rows = new ArrayList<>();
    Scratch scratch = night.scratch();
    for (int range : ranges)
      for (Scratch.Grouped row : scratch.read(range)) if (counts(row.row())) rows.add(row);
    if (rows.isEmpty()) return new JoinResult(facts).fates;
    return night
        .database()
        .inTransaction(
            connection -> {
              night.lock().fence(connection);
              JoinResult result = join(connection, rows);
              new OrderSpace(night, connection, orphansWait).put(result);
              return result.fates;
            });
  }

  /** Rows of a delivery that was refused or waits are passed over. */
  private boolean counts(Shown row) {
    return facts.deliveries().containsKey(row.delivery());
  }

  private String channel(Shown row) {
    return facts.deliveries().get(row.delivery()).channel();
  }

  private JoinResult join(Connection connection, List<Scratch.Grouped> rows) throws SQLException {
    OrderKeys keys = new OrderKeys();
    List<List<Shown>> groups = groups(rows);
    KnownOrders known = known(connection, keys, groups);
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
    return result;
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

  private KnownOrders known(Connection connection, OrderKeys keys, List<List<Shown>> groups)
      throws SQLException {
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
  void fates(Connection connection) {
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
                        "duplicate", counts.duplicate,
                        "waiting", counts.waiting)));
  }
}
