package omnipoints.routes.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Orders whose truth is known: the same seed makes the same ones. */
public record World(List<Order> orders) {

  /** Where every order is delivered to: nobody needs it, and it must be found nowhere. */
  public static final String RECEIVER_PHONE = "13912345678";

  /** How far an order is. */
  public enum State {
    UNPAID,
    PAID,
    SHIPPED,
    COMPLETED,
    CANCELLED
  }

  /**
   * @param buyer number of the person, from 0
   * @param paidAt null if it is not paid
   * @param completedAt null if it is not completed
   * @param updatedAt when it changed last
   * @param refundOrNull money that went back for one of its lines
   */
  public record Order(
      String number,
      int buyer,
      Instant createdAt,
      Instant paidAt,
      Instant completedAt,
      Instant updatedAt,
      State state,
      List<Line> lines,
      Refund refundOrNull) {

    /** What the buyer has to pay. */
    public long dueFen() {
      return lines.stream().mapToLong(Line::dueFen).sum();
    }

    Order updated(Instant at) {
      return new Order(
          number, buyer, createdAt, paidAt, completedAt, at, state, lines, refundOrNull);
    }
  }

  /** Amounts of the line: price of one, and what is due for all. */
  public record Line(String id, String sku, int qty, long priceFen, long dueFen) {}

  /** Goods of one line that were paid back. */
  public record Refund(String id, String line, long fen, Instant at) {}

  public World {
    orders = List.copyOf(orders);
  }

  /**
   * Orders of so many days before {@code end}.
   *
   * @param prefix first digits of the order numbers, which have 19 in all, beyond 2^53
   * @param refunds whether some of the completed ones have a refund
   */
  public static World of(
      long seed, int orders, int buyers, Instant end, int days, String prefix, boolean refunds) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Order> all = new ArrayList<>();
    for (int i = 0; i < orders; i++) {
      String number = prefix + String.format("%0" + (19 - prefix.length()) + "d", i * 10L + 1);
      Instant created =
          end.minus(Duration.ofDays(days)).plusSeconds(random.nextLong(days * 86_000L));
      all.add(order(random, number, random.nextInt(buyers), created, end, refunds));
    }
    return new World(all);
  }

  private static Order order(
      SplittableRandom random,
      String number,
      int buyer,
      Instant created,
      Instant end,
      boolean refunds) {
    List<Line> lines = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int k = 0; k < count; k++) {
      long price = 100 + random.nextInt(50_000);
      int qty = 1 + random.nextInt(3);
      long due = price * qty - random.nextLong(price);
      lines.add(new Line(number + k, "SKU-" + k + "-" + random.nextInt(50), qty, price, due));
    }
    int fate = random.nextInt(10);
    if (fate == 0)
      return new Order(number, buyer, created, null, null, created, State.UNPAID, lines, null);
    Instant paid = created.plusSeconds(30);
    Instant shipped = paid.plusSeconds(3_600);
    Instant completed = paid.plusSeconds(86_400L + random.nextInt(86_400));
    if (fate == 1)
      return new Order(number, buyer, created, null, null, shipped, State.CANCELLED, lines, null);
    if (shipped.isAfter(end))
      return new Order(number, buyer, created, paid, null, paid, State.PAID, lines, null);
    if (fate < 4 || completed.isAfter(end))
      return new Order(number, buyer, created, paid, null, shipped, State.SHIPPED, lines, null);
    Line line = lines.get(0);
    Refund refund =
        refunds && fate == 9
            ? new Refund("70" + number.substring(2), line.id(), line.dueFen() / 2, completed)
            : null;
    return new Order(
        number, buyer, created, paid, completed, completed, State.COMPLETED, lines, refund);
  }
}
