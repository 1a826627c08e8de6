package omnipoints.bench;

import java.time.LocalDateTime;
import java.util.List;

/**
 * An order or receipt as it is in truth; files show it as it stands on a night. Amounts in fen.
 *
 * @param night the night that shows it first
 * @param buyer number of the person
 * @param shownPaid whether its first night shows it paid only; the next one shows it completed
 */
record Bought(
    long draw,
    int night,
    String number,
    long buyer,
    List<Item> items,
    long freight,
    long discount,
    LocalDateTime paid,
    LocalDateTime completed,
    boolean shownPaid) {

  /**
   * One line.
   *
   * @param due quantity times price
   * @param base its share of what the buyer paid for the goods
   */
  record Item(String sku, long price, int qty, long due, long base) {}

  /**
   * What a night's file shows of it.
   *
   * @param completed whether it is completed by now
   * @param line the line with an after-sale case, -1: none
   * @param open whether that case is still open; else {@code refunded} was given back, or nothing
   *     and the case ended without money
   */
  record Shown(Bought order, boolean completed, int line, boolean open, long refunded) {}

  long goods() {
    long sum = 0;
    for (Item item : items) sum += item.due();
    return sum;
  }

  long gross() {
    return goods() - discount + freight;
  }

  int quantity() {
    int sum = 0;
    for (Item item : items) sum += item.qty();
    return sum;
  }
}
