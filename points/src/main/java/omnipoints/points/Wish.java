package omnipoints.points;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import omnipoints.points.Redemption.Refusal;
import omnipoints.points.rules.CashOff;
import omnipoints.points.rules.Draw;
import omnipoints.points.rules.Item;
import omnipoints.points.rules.Limit;
import omnipoints.points.rules.Redeem;

/**
 * What somebody spends points on, as a document says it, and what the programme says to it before
 * anybody looks at an account.
 *
 * @param item an item of the catalogue, or {@link Redeem#CASH_OFF}
 * @param qty how many, at least 1
 * @param points what the document says it costs, null where it does not say
 * @param cashFen money off an order, or what is paid beside the points; null where it does not say
 * @param orderFen what points may pay for of the order it belongs to, after the money off; null
 *     where there is no such order
 * @param tier his level at that time, null where nobody had one
 */
public record Wish(
    String item,
    Redemption.Mode mode,
    long qty,
    Long points,
    Long cashFen,
    Long orderFen,
    Instant at,
    String tier) {

  /** A wish of somebody whose level does not matter. */
  public Wish(
      String item,
      Redemption.Mode mode,
      long qty,
      Long points,
      Long cashFen,
      Long orderFen,
      Instant at) {
    this(item, mode, qty, points, cashFen, orderFen, at, null);
  }

  /**
   * What the programme says.
   *
   * @param points what it costs; 0 where nobody can say
   * @param against what speaks against it; nothing of an executed one but that its price is unknown
   * @param limit how many somebody may have, null for any number
   * @param stock how many there are in all, null for any number
   */
  public record Answer(long points, Set<Refusal> against, Limit limit, Long stock) {}

  /**
   * What a night says to it: the price and the window of the version of its own time, limit and
   * stock of the night's version.
   */
  public Answer ask(Programme programme, ZoneId zone, LocalDate night) {
    LocalDateTime local = LocalDateTime.ofInstant(at, zone);
    Program version = programme.at(local.toLocalDate());
    Redeem redeem = version == null ? Redeem.NONE : version.redeem();
    if (item.equals(Redeem.CASH_OFF)) return ask(redeem.cashOff(), local);
    Item bought = redeem.item(item);
    Item tonight = programme.ofNight(night).redeem().item(item);
    Set<Refusal> against = EnumSet.noneOf(Refusal.class);
    long price = bought == null ? 0 : Math.multiplyExact(bought.points(), qty);
    if (bought == null) {
      if (points == null || mode == Redemption.Mode.REQUESTED) against.add(Refusal.ITEM);
    } else if (mode == Redemption.Mode.REQUESTED) {
      if (!bought.open(local)) against.add(Refusal.WINDOW);
      // Who never had a tier counts as of the first level.
      String level = tier != null || version.tiers().isEmpty() ? tier : version.tiers().first();
      if (!bought.isFor(level)) against.add(Refusal.TIER);
      if (points != null && points != price) against.add(Refusal.PRICE);
      Draw draw =
          item.startsWith(Draw.ITEM) ? redeem.draw(item.substring(Draw.ITEM.length())) : null;
      if (draw != null) {
        // Its list of entries is closed with the night of its last day.
        if (night.isAfter(draw.closes())) against.add(Refusal.WINDOW);
        if (qty != 1) against.add(Refusal.LIMIT);
      }
    }
    return new Answer(
        points == null ? price : points,
        against,
        tonight == null ? null : tonight.limit(),
        tonight == null ? null : tonight.stock());
  }

  private Answer ask(CashOff cashOff, LocalDateTime local) {
    Set<Refusal> against = EnumSet.noneOf(Refusal.class);
    boolean priced = points != null || cashOff != null && cashFen != null;
    if (mode == Redemption.Mode.EXECUTED) {
      if (!priced) against.add(Refusal.ITEM);
      long spent = points != null ? points : priced ? cashOff.pointsFor(cashFen, local) : 0;
      return new Answer(spent, against, null, null);
    }
    if (cashOff == null || !priced) {
      against.add(Refusal.ITEM);
      return new Answer(points == null ? 0 : points, against, null, null);
    }
    long spent = points != null ? points : cashOff.pointsFor(cashFen, local);
    long off = cashOff.offFen(spent, local);
    if (cashFen != null && points != null && off != cashFen) against.add(Refusal.PRICE);
    if (orderFen == null || !cashOff.allows(spent, off, Math.addExact(orderFen, off)))
      against.add(Refusal.LIMIT);
    return new Answer(spent, against, null, null);
  }
}
