package omnipoints.points;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import omnipoints.facts.CodePoints;
import omnipoints.points.rules.GrantRule;

/**
 * Which order of a member is his first: the earliest over all channels that is known, paid and
 * large enough. It stays, whatever is found before it; when it comes back whole the slot is closed,
 * or the next order has it. Pure.
 */
public final class FirstOrder {

  /**
   * An order of the member.
   *
   * @param at when it was paid, null where it is not
   * @param keptFen what of its money did not go back
   * @param first tonight decides it for the first time
   * @param returnedLater a night that counted it was followed by one that did not; asked of orders
   *     that came back whole
   */
  public record Order(
      UUID key,
      String channel,
      String shop,
      String order,
      Instant at,
      long baseFen,
      long keptFen,
      boolean first,
      boolean returnedLater) {

    private static final Comparator<Order> BY_TIME =
        Comparator.comparing(Order::at)
            .thenComparing(Order::channel, CodePoints::compare)
            .thenComparing(Order::shop, CodePoints::compare)
            .thenComparing(Order::order, CodePoints::compare);
  }

  /** HELD: an order has the slot. CLOSED: it came back whole. FREE: it did, and any may have it. */
  public enum State {
    HELD,
    CLOSED,
    FREE
  }

  /**
   * The slot of a member.
   *
   * @param order that has it, or had it last
   */
  public record Slot(Order order, State state) {
    private boolean taken() {
      return state != State.FREE;
    }
  }

  /**
   * The answer.
   *
   * @param slot by the end of the night, null while no order has had it
   * @param taken whether its order has it since tonight
   * @param late orders that came after the slot was taken, and were paid before its order
   */
  public record Answer(Slot slot, boolean taken, List<Order> late) {
    /** Whether what was given for an order's having the slot stands. */
    public boolean stands(UUID order) {
      return slot != null && slot.order().key().equals(order);
    }
  }

  private final Programme programme;
  private final ZoneId zone;
  private final LocalDate night;

  private FirstOrder(Programme programme, ZoneId zone, LocalDate night) {
    this.programme = programme;
    this.zone = zone;
    this.night = night;
  }

  /**
   * Says who has the slot.
   *
   * @param before as earlier nights left it; several where members have become one
   * @param tonight orders that the night looks at; all of the member where the order that has the
   *     slot is among them and the next one may get it
   * @param earlier orders of closed nights; only asked where {@code before} is empty
   */
  public static Answer of(
      Programme programme,
      ZoneId zone,
      LocalDate night,
      List<Slot> before,
      List<Order> tonight,
      List<Order> earlier) {
    return new FirstOrder(programme, zone, night).answer(before, tonight, earlier);
  }

  private Answer answer(List<Slot> before, List<Order> tonight, List<Order> earlier) {
    Slot slot =
        before.stream()
            .filter(Slot::taken)
            .min(Comparator.comparing(Slot::order, Order.BY_TIME))
            .orElse(before.isEmpty() ? null : before.get(0));
    var known = new ArrayList<>(tonight);
    for (Order order : earlier)
      if (known.stream().noneMatch(one -> one.key().equals(order.key()))) known.add(order);
    if (slot != null && slot.state() == State.HELD) {
      Order now = find(slot.order().key(), tonight);
      if (now != null && now.keptFen() <= 0)
        slot = new Slot(slot.order(), next(slot.order()) ? State.FREE : State.CLOSED);
    }
    if (slot != null && slot.taken()) return new Answer(slot, false, late(slot, tonight));
    Slot taken = slot == null ? first(known) : kept(known);
    if (taken == null) return new Answer(slot, false, List.of());
    return new Answer(taken, taken.state() == State.HELD, List.of());
  }

  private static Order find(UUID key, List<Order> orders) {
    for (Order order : orders) if (order.key().equals(key)) return order;
    return null;
  }

  /** The earliest that was not wholly back when it was decided. */
  private Slot first(List<Order> known) {
    Order first =
        known.stream()
            .filter(this::counts)
            .filter(order -> order.keptFen() > 0 || !order.first() && order.returnedLater())
            .min(Order.BY_TIME)
            .orElse(null);
    if (first == null) return null;
    if (first.keptFen() > 0) return new Slot(first, State.HELD);
    Slot next = next(first) ? kept(known) : null;
    return next != null ? next : new Slot(first, next(first) ? State.FREE : State.CLOSED);
  }

  private Slot kept(List<Order> known) {
    return known.stream()
        .filter(this::counts)
        .filter(order -> order.keptFen() > 0)
        .min(Order.BY_TIME)
        .map(order -> new Slot(order, State.HELD))
        .orElse(null);
  }

  private boolean counts(Order order) {
    return order.at() != null && order.baseFen() >= minFen(order);
  }

  private List<Order> late(Slot slot, List<Order> tonight) {
    return tonight.stream()
        .filter(order -> order.first() && order.keptFen() > 0 && counts(order))
        .filter(order -> Order.BY_TIME.compare(order, slot.order()) < 0)
        .toList();
  }

  /** The smallest order that any rule of its version counts. */
  private long minFen(Order order) {
    return slots(programme.at(LocalDate.ofInstant(order.at(), zone))).stream()
        .mapToLong(rule -> rule.bound().slot().minFen())
        .min()
        .orElse(1);
  }

  /** As the version of its date says; where that knows no slot, as tonight's does. */
  private boolean next(Order order) {
    List<GrantRule> rules = slots(programme.at(LocalDate.ofInstant(order.at(), zone)));
    if (rules.isEmpty()) rules = slots(programme.ofNight(night));
    return rules.stream().anyMatch(rule -> rule.bound().slot().next());
  }

  private static List<GrantRule> slots(Program version) {
    return version == null
        ? List.of()
        : version.rates().grants().stream().filter(rule -> rule.bound().slot() != null).toList();
  }
}
