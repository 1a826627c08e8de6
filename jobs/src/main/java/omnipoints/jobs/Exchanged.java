package omnipoints.jobs;

import java.sql.Connection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import omnipoints.facts.Exchanges;
import omnipoints.facts.Purchase;
import omnipoints.jobs.OrderReader.Decided;
import omnipoints.jobs.OrderReader.Undecided;
import omnipoints.sql.Script;

/**
 * Orders of the night that took the place of others, and those: they wait until all of them are
 * read, and are decided together. Memory: those orders.
 */
final class Exchanged {

  private static final Script SQL = Night.script("exchange");

  private final List<Exchanges.Link> links;
  private final Set<UUID> orders = new HashSet<>();
  private final Map<UUID, Undecided> waiting = new TreeMap<>();

  private Exchanged(List<Exchanges.Link> links) {
    this.links = links;
    for (Exchanges.Link link : links) {
      orders.add(link.old());
      orders.add(link.fresh());
    }
  }

  /** Where no order took the place of another. */
  static Exchanged none() {
    return new Exchanged(List.of());
  }

  /** All orders that hang together with one of the night are looked at. */
  static void widen(Night night, Connection connection) {
    night.run(connection, SQL, "widen");
  }

  static Exchanged ofNight(Night night, Connection connection) {
    return new Exchanged(
        SQL.statement("links")
            .list(
                connection,
                Map.of("night", night.date()),
                row ->
                    new Exchanges.Link(
                        row.getObject("old", UUID.class), row.getObject("fresh", UUID.class))));
  }

  boolean concerns(UUID order) {
    return orders.contains(order);
  }

  /** Two threads read. */
  synchronized void put(Undecided order) {
    waiting.put(order.order().key(), order);
  }

  /** Once all are read. */
  void settle(Consumer<Decided> into) {
    Map<UUID, Purchase> money = new TreeMap<>();
    waiting.forEach((key, order) -> money.put(key, order.whole()));
    Exchanges.settle(money, links)
        .forEach((key, purchase) -> into.accept(waiting.get(key).by(purchase)));
  }
}
