package omnipoints.facts;

/**
 * The source key of an order line; compares as text by code point, which settles every tie.
 *
 * @param line line key within the order: platform line id, or generated key; for an orphan return
 *     the return row's key
 */
public record LineKey(String channel, String shop, String order, String line)
    implements Comparable<LineKey> {
  @Override
  public int compareTo(LineKey other) {
    int c = CodePoints.compare(channel, other.channel);
    if (c == 0) c = CodePoints.compare(shop, other.shop);
    if (c == 0) c = CodePoints.compare(order, other.order);
    return c != 0 ? c : CodePoints.compare(line, other.line);
  }

  /** {@code <order>/<line>}: how the ledger names the cause of an entry. */
  public String cause() {
    return order + "/" + line;
  }
}
