package omnipoints.mappings.draft;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import omnipoints.mappings.Amounts;
import omnipoints.mappings.Channel;
import omnipoints.mappings.Grain;

/**
 * Which amounts of an unknown order file are what. Whether a paid amount is already reduced by
 * refunds is read from the rows; where they prove nothing, nothing is subtracted and a person is
 * asked.
 */
final class OrderAmounts {
  private static final Channel.MoneyStyle STYLE =
      new Channel.MoneyStyle(100, List.of("¥", "￥"), List.of("元"), true);

  private final UnknownTable table;
  private final Map<String, ColumnFacts> found;

  OrderAmounts(UnknownTable table, Map<String, ColumnFacts> found) {
    this.table = table;
    this.found = new HashMap<>(found);
  }

  /** Any amount of an order or line; null if there is none. */
  static ColumnFacts any(Map<String, ColumnFacts> found) {
    for (String field : new String[] {"paid", "total", "due"}) {
      if (found.get(field) != null) return found.get(field);
    }
    return null;
  }

  /** {@code own}: rows are lines with ids and amounts of their own. */
  void into(DocumentDraft draft, boolean own) {
    ColumnFacts total = found.get("total");
    ColumnFacts paid = found.get("paid");
    ColumnFacts refunded = found.get("refunded");
    ColumnFacts freight = found.get("freight");
    if (own) {
      ColumnFacts due = paid != null ? paid : any(found);
      draft.amount("due", due, "value");
      if (freight != null)
        draft.look.add(
            "if "
                + due.header
                + " includes freight, give due minus: ["
                + freight.header
                + "] and a field line_freight");
      if (refunded != null) draft.look.add(refunded.header + " may be line_refunded");
      return;
    }
    Net net = net(total, paid, refunded);
    ColumnFacts gross = total != null && (paid == null || net != Net.OTHER) ? total : paid;
    if (gross == null) gross = any(found);
    draft.amount("gross", gross, "value");
    if (net == Net.REDUCED || net == Net.KEPT) {
      draft.amount("paid", paid, "column");
      draft.settings.put("paid_is_net_of_refund", String.valueOf(net == Net.REDUCED));
    } else if (total != null && paid != null && net != Net.OTHER) {
      draft.look.add(
          "no row proves whether "
              + paid.header
              + " is already reduced by refunds: add field paid with paid_is_net_of_refund");
    }
    draft.look.add("gross is " + gross.header + ": is it what the buyer paid, freight included?");
    draft.amount("freight", freight, null);
    draft.amount("refunded", refunded, refunded == null ? null : "column");
    if (draft.grain == Grain.ORDER_LINE) {
      if (gross != found.get("due")) draft.amount("due", found.get("due"), null);
      draft.amount("line_refunded", found.get("line_refunded"), null);
    }
    if (refunded == null && found.get("line_refunded") == null)
      draft.look.add("no refunded amount was found: refunds must come from another document");
  }

  private enum Net {
    /** Paid = total − refunded, and a row has a refund. */
    REDUCED,
    /** Paid = total, whatever the refund, and a row has a refund. */
    KEPT,
    /** Paid = total in every row, and none has a refund. */
    UNPROVEN,
    /** Total and paid differ by something else: a discount. */
    OTHER
  }

  private Net net(ColumnFacts total, ColumnFacts paid, ColumnFacts refunded) {
    if (total == null || paid == null) return Net.UNPROVEN;
    boolean reduced = false;
    boolean kept = false;
    for (String[] row : table.rows()) {
      Long all = fen(row, total);
      Long part = fen(row, paid);
      Long back = refunded == null ? Long.valueOf(0) : fen(row, refunded);
      // An order that was never paid has nothing paid and proves nothing.
      if (all == null || part == null || back == null || part == 0 && back == 0) continue;
      if (part != all - back && !part.equals(all)) return Net.OTHER;
      reduced |= back > 0 && part == all - back;
      kept |= back > 0 && part.equals(all);
    }
    if (reduced && kept) return Net.OTHER;
    return reduced ? Net.REDUCED : kept ? Net.KEPT : Net.UNPROVEN;
  }

  private static Long fen(String[] row, ColumnFacts column) {
    String text = UnknownTable.cell(row, column);
    if (text == null) return null;
    Amounts amounts = new Amounts();
    long fen = amounts.fen(text.toCharArray(), 0, text.length(), 100, STYLE);
    return amounts.fault() == Amounts.Fault.NONE ? fen : null;
  }
}
