package omnipoints.books;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import omnipoints.sql.Script;

/** Disagreements that reconciliation found. */
public final class Breaks {
  private static final Script SQL = Books.script("breaks");

  /** Rows and orders of one break that are told unless all are asked for. */
  private static final long MOST = 1000;

  private Breaks() {}

  /**
   * One break as of the last closed night.
   *
   * @param state OPEN, CLOSED by a night, or RESOLVED or WAIVED by a person
   * @param detail what disagrees
   * @param orders of a class of orders, how many wait; null, like the points they would earn, where
   *     the break is about something else
   * @param owner who looks after it, empty if nobody does
   * @param dueOn until when, null if nobody said
   * @param cause why it is there, a code of people; empty until it is explained
   * @param ageBand in which people talk about its age in nights: 0-1, 2-3, 4-7, 8-30, &gt;30
   */
  public record Item(
      String id,
      String type,
      String channel,
      String shop,
      String key,
      LocalDate firstNight,
      int ageNights,
      String state,
      LocalDate closedNight,
      String detail,
      @JsonInclude(Include.NON_NULL) Long orders,
      @JsonInclude(Include.NON_NULL) Long points,
      String owner,
      LocalDate dueOn,
      String cause,
      String ageBand) {

    /** Whether it stands for a class of orders rather than for one thing. */
    public boolean ofClass() {
      return orders != null;
    }

    /** Whether nobody has settled it. */
    public boolean open() {
      return state.equals("OPEN");
    }
  }

  /**
   * A row that a break rests on.
   *
   * @param file null when its delivery is not known any more
   */
  public record EvidenceRow(String file, String sha256, int row) {}

  /**
   * An order of a class that waits.
   *
   * @param points it would earn
   * @param reason BOUND_TOO_LATE, BUYER_UNKNOWN, ORDER_MISSING or LINES_MISSING
   */
  public record WaitingOrder(
      String order, OffsetDateTime paidAt, long points, String reason, String file, Integer row) {}

  /**
   * What a night or a person did about a break.
   *
   * @param night null where a person acted, as {@code at}, {@code by} and {@code because} are where
   *     a night did
   */
  public record Event(
      LocalDate night, OffsetDateTime at, String event, String by, String because, String detail) {}

  /**
   * Everything behind a break.
   *
   * @param evidence of a break about one thing
   * @param ordersListed of a class of orders
   */
  public record Detail(
      List<EvidenceRow> evidence, List<WaitingOrder> ordersListed, List<Event> history) {}

  /**
   * Breaks, the oldest first.
   *
   * @param all also those that have ended
   */
  public static List<Item> list(Books books, boolean all) {
    return books.list(
        SQL.statement("breaks"),
        Map.of("until", books.lastClosedOrNever(), "all", all),
        Item.class);
  }

  /** A break by its id, if there is one. */
  public static Optional<Item> of(Books books, String id) {
    return books.one(
        SQL.statement("one"), Map.of("until", books.lastClosedOrNever(), "id", id), Item.class);
  }

  /**
   * What stands behind a break.
   *
   * @param all orders of a class, however many
   */
  public static Detail detail(Books books, Item item, boolean all) {
    Map<String, Object> params = new HashMap<>();
    params.put("id", item.id());
    params.put("until", books.lastClosedOrNever());
    params.put("type", item.type());
    params.put("channel", item.channel());
    params.put("shop", item.shop());
    params.put("key", item.key());
    params.put("since", item.firstNight());
    params.put("most", all ? Long.MAX_VALUE : MOST);
    return new Detail(
        item.ofClass() ? List.of() : evidence(books, params),
        item.ofClass()
            ? books.list(SQL.statement("orders"), params, WaitingOrder.class)
            : List.of(),
        books.list(SQL.statement("history"), params, Event.class));
  }

  private static List<EvidenceRow> evidence(Books books, Map<String, Object> params) {
    Map<String, Object> most = new HashMap<>(params);
    most.put("most", MOST);
    return books.list(SQL.statement("evidence"), most, EvidenceRow.class);
  }
}
