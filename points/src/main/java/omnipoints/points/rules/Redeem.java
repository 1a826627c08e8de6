package omnipoints.points.rules;

import java.util.List;

/**
 * What a programme says of points that are spent.
 *
 * @param graceDays how long points live that come back although their lot has died; with 0 they die
 *     at once
 * @param cashOff what points take off the price of an order, null for nothing
 * @param catalogue what else they buy, by item
 */
public record Redeem(int graceDays, CashOff cashOff, List<Item> catalogue) {
  /** Of a programme that says nothing. */
  public static final Redeem NONE = new Redeem(0);

  /** Under this name a redemption asks for money off an order. */
  public static final String CASH_OFF = "cash_off";

  public Redeem {
    catalogue = List.copyOf(catalogue);
  }

  /** Nothing is to be had. */
  public Redeem(int graceDays) {
    this(graceDays, null, List.of());
  }

  /** The item of that name, null for none. */
  public Item item(String name) {
    for (Item item : catalogue) if (item.item().equals(name)) return item;
    return null;
  }

  /** Whether anything is to be had for points. */
  public boolean isEmpty() {
    return cashOff == null && catalogue.isEmpty();
  }
}
