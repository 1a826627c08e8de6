package omnipoints.books;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import omnipoints.points.AwardKey;
import omnipoints.points.FirstOrder;
import omnipoints.points.OrderLimits;
import omnipoints.points.Programme;
import omnipoints.points.Remembered;
import omnipoints.sql.Script;

/** What the last closed night knows of limits, budgets and first orders. */
public final class Memory {
  private static final Script SQL = Books.script("memory");

  private Memory() {}

  private record SlotRow(
      UUID orderKey, String channel, String shop, String orderNo, Instant at, String state) {
    FirstOrder.Slot slot() {
      return new FirstOrder.Slot(
          new FirstOrder.Order(orderKey, channel, shop, orderNo, at, 0, 0, false, false),
          FirstOrder.State.valueOf(state));
    }
  }

  private record BoughtRow(
      UUID orderKey,
      String channel,
      String shop,
      String orderNo,
      Instant at,
      long baseFen,
      long keptFen,
      boolean returnedLater) {
    FirstOrder.Order order() {
      return new FirstOrder.Order(
          orderKey, channel, shop, orderNo, at, baseFen, keptFen, false, returnedLater);
    }
  }

  private record GivenRow(
      UUID orderKey,
      String lineKey,
      String channel,
      String shop,
      String causeKey,
      Instant at,
      long points) {
    OrderLimits.Given given() {

      return new OrderLimits.Given(
          AwardKey.rule(lineKey), orderKey, lineKey, channel, shop, causeKey, at, points);
    }
  }

  private record TakenRow(String rule, long granted, long returned) {}

  /**
   * What is to be known for an order.
   *
   * @param member who buys, null where nobody is known
   */
  public static Remembered of(Books books, Programme programme, String member) {
    Map<String, Long> spent = new HashMap<>();
    if (!programme.budgetRules().isEmpty())
      for (TakenRow row : books.list(SQL.statement("taken"), Map.of(), TakenRow.class))
        spent.put(
            row.rule(),
            row.granted() - (programme.refillRules().contains(row.rule()) ? row.returned() : 0));
    if (member == null) return new Remembered(null, List.of(), List.of(), spent);
    Map<String, Object> params = Map.of("member", member, "limits", programme.limitRules());
    List<FirstOrder.Slot> slots = List.of();
    List<FirstOrder.Order> bought = List.of();
    if (programme.hasSlot()) {
      slots =
          books.list(SQL.statement("slots"), params, SlotRow.class).stream()
              .map(SlotRow::slot)
              .toList();
      bought =
          books.list(SQL.statement("bought"), params, BoughtRow.class).stream()
              .map(BoughtRow::order)
              .toList();
    }
    List<OrderLimits.Given> given =
        programme.limitRules().isEmpty()
            ? List.of()
            : books.list(SQL.statement("given"), params, GivenRow.class).stream()
                .map(GivenRow::given)
                .toList();
    return new Remembered(slots, bought, given, spent);
  }
}
