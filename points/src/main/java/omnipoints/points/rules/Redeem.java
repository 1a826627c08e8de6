package omnipoints.points.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * What a programme says of points that are spent.
 *
 * @param graceDays how long points live that come back although their lot has died; with 0 they die
 *     at once
 * @param earnsOnWhole whether an order earns on the money that points took off it, too
 * @param cashOff what points take off the price of an order, null for nothing
 * @param catalogue what else they buy, by item
 * @param draws lotteries whose entries they buy
 */
public record Redeem(
    int graceDays, boolean earnsOnWhole, CashOff cashOff, List<Item> catalogue, List<Draw> draws) {
  /** Of a programme that says nothing. */
  public static final Redeem NONE = new Redeem(0);

  /** Under this name a redemption asks for money off an order. */
  public static final String CASH_OFF = "cash_off";

  public Redeem {
    catalogue = List.copyOf(catalogue);
    draws = List.copyOf(draws);
  }

  /** Nothing is to be had. */
  public Redeem(int graceDays) {
    this(graceDays, false, null, List.of(), List.of());
  }

  /** The item of that name, an entry of a draw among them; null for none. */
  public Item item(String name) {
    for (Item item : catalogue) if (item.item().equals(name)) return item;
    Draw draw = name.startsWith(Draw.ITEM) ? draw(name.substring(Draw.ITEM.length())) : null;
    return draw == null ? null : draw.entry();
  }

  /** The draw of that name, null for none. */
  public Draw draw(String name) {
    for (Draw draw : draws) if (draw.draw().equals(name)) return draw;
    return null;
  }

  /** The catalogue with the entries of draws. */
  public List<Item> items() {
    var items = new ArrayList<>(catalogue);
    for (Draw draw : draws) items.add(draw.entry());
    return items;
  }

  /** What points buy, in words, in the order of the file. */
  public List<Said> told() {
    var told = new ArrayList<Said>();
    if (cashOff != null) told.add(cashOff.said());
    if (cashOff != null && earnsOnWhole)
      told.add(
          new Said(
              "积分抵扣的金额同样累积积分", "an order earns on what its goods cost, whatever points took off"));
    for (Item item : catalogue) told.add(item.said());
    for (Draw draw : draws) told.add(draw.said());
    if (graceDays > 0 && !isEmpty())
      told.add(
          new Said(
              "退回的积分若已过期，自退回之日起" + graceDays + "天内有效",
              "points that come back after they would have expired live for "
                  + graceDays
                  + (graceDays == 1 ? " day" : " days")
                  + " more"));
    return told;
  }

  /** Whether anything is to be had for points. */
  public boolean isEmpty() {
    return cashOff == null && catalogue.isEmpty() && draws.isEmpty();
  }
}
