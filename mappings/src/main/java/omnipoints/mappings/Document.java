package omnipoints.mappings;

import java.util.List;
import java.util.Map;

/**
 * One kind of file of a channel: how it is recognised and what its columns mean.
 *
 * @param channel code of the channel
 * @param name document name within the channel ({@code order_list})
 * @param paidIsNetOfRefund the paid amount is already reduced by the refund
 * @param ragged rows may lack trailing cells; without it a short row is rejected
 * @param skipRowsAfterHeader rows of explanation below the header
 * @param footerStartsWith texts that begin a footer row
 * @param footerRows how many rows the footer has from its first one on; 0: each begins with a
 *     marker
 * @param totals what the footer declares about the rows above it
 * @param without columns that no file of this document has: what tells it from a richer one
 * @param closedIsRefunded what is closed after it was paid has been refunded whole
 * @param paidWhenCompleted cash on delivery: an order without a payment time is paid when it
 *     completes
 * @param receiptReused the till gives its receipt numbers again: rows of other cards are other
 *     receipts
 * @param orderCellsInFirstRow the order's cells are filled in the first of its rows only
 * @param knownColumns headers of real files that no field reads: any other unread one is news
 * @param account name of the account whose money a statement tells, which other documents of that
 *     name tell as well in other layouts; empty where no other does
 * @param counts whether its movements count where no other layout tells them; false: others always
 *     do
 * @param json where the rows of a JSON document stand, whose columns are paths; null for tables
 */
public record Document(
    String channel,
    String name,
    Grain grain,
    boolean paidIsNetOfRefund,
    boolean ragged,
    int skipRowsAfterHeader,
    List<String> footerStartsWith,
    int footerRows,
    List<DeclaredTotal> totals,
    List<String> without,
    boolean closedIsRefunded,
    boolean paidWhenCompleted,
    boolean receiptReused,
    boolean orderCellsInFirstRow,
    List<String> knownColumns,
    Map<String, Field> fields,
    String account,
    boolean counts,
    JsonPlaces json) {

  /** The declared field, or null. */
  Field field(String fieldName) {
    return fields.get(fieldName);
  }

  /** Whether its files are JSON, whose columns are paths. */
  public boolean ofJson() {
    return json != null;
  }

  /** {@code tmall/order_list}. */
  public String title() {
    return channel + "/" + name;
  }
}
