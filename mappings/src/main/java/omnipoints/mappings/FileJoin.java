package omnipoints.mappings;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import omnipoints.facts.Delivery;
import omnipoints.facts.FactRecord;
import omnipoints.facts.FactRecord.LineRecord;
import omnipoints.facts.FactRecord.OrderRecord;
import omnipoints.facts.FactRecord.RefundRecord;
import omnipoints.facts.GroupJoin;
import omnipoints.facts.JoinNight;
import omnipoints.facts.JoinResult;
import omnipoints.facts.KnownOrder;
import omnipoints.facts.LineRow;
import omnipoints.facts.OrderKeys;
import omnipoints.facts.OrderRow;
import omnipoints.facts.Rejection;
import omnipoints.facts.ReturnRow;
import omnipoints.facts.Sha256;
import omnipoints.facts.Shown;
import omnipoints.facts.Token;
import omnipoints.facts.TokenisedRecords;

/**
 * What the join of a night makes of the rows of one file where nothing else is known: which of them
 * contradict each other, which receipt those of a till belong to, and what order several of them
 * are. Only what rows do not say by themselves is kept, by row.
 */
final class FileJoin {
  private static final int FILE = 1;

  private static final GroupJoin.Known NOTHING =
      new GroupJoin.Known() {
        @Override
        public KnownOrder of(String shop, String number) {
          return KnownOrder.NOTHING;
        }

        @Override
        public List<String> shops(String number) {
          return List.of();
        }
      };

  private final Document document;
  private final Delivery.Shows shows;
  private final JoinNight night;
  private final BiPredicate<String, String> rejected;
  private final OrderKeys keys = new OrderKeys();
  private final TokenisedRecords tokenised =
      new TokenisedRecords(FileJoin::hash, PersonTokens::shown);
  private final BitSet conflicting = new BitSet();
  private final BitSet ofConflictingOrder = new BitSet();
  private final Map<Integer, OrderRecord> orders = new HashMap<>();
  private final Map<Integer, String> numbers = new HashMap<>();
  private final Map<Integer, String> returns = new HashMap<>();

  /**
   * @param rejected whether a row of an order, by shop ("" where unknown) and number, could not be
   *     read
   */
  FileJoin(Document document, ZoneId zone, BiPredicate<String, String> rejected) {
    this.document = document;
    this.shows = Delivery.Shows.named(document.grain().name());
    this.rejected = rejected;
    Delivery file =
        new Delivery(FILE, document.channel(), "", shows, false, document.receiptReused());
    // The date decides nothing of what is asked here.
    this.night =
        new JoinNight(
            LocalDate.EPOCH,
            Instant.MAX,
            zone,
            Map.of(FILE, file),
            Long.MAX_VALUE,
            Map.of(),
            false);
  }

  /** Whether several rows of this document may be one order, as a till's rows are a receipt. */
  boolean gathersOrders() {
    return shows == Delivery.Shows.ORDER_LINE || shows == Delivery.Shows.RECEIPT_LINE;
  }

  /** The row contradicts others of its key: none of them is used. */
  boolean conflicting(int row) {
    return conflicting.get(row);
  }

  /** It does, because rows of its order do: none of the order's is used. */
  boolean ofConflictingOrder(int row) {
    return ofConflictingOrder.get(row);
  }

  /** The order that several rows are, at the row that stands for it; else null. */
  OrderRecord order(int row) {
    return orders.get(row);
  }

  /** Number of the receipt that a row belongs to. */
  String number(int row, String asRead) {
    return numbers.getOrDefault(row, asRead);
  }

  /** Id of a return row of a till: (receipt, SKU, price, k-th of them). */
  String returned(int row) {
    return returns.get(row);
  }

  /** Takes all records of the file that show orders, lines or refunds of one number. */
  void join(String number, List<FactRecord> records) {
    JoinResult result = joined(records);
    Map<UUID, OrderRow> known = new HashMap<>();
    for (OrderRow order : result.orders.added) known.put(order.orderKey(), order);
    Set<UUID> contradicted = new HashSet<>();
    for (Rejection rejection : result.rejections) {
      conflicting.set(rejection.row());
      contradicted.add(rejection.orderKey());
      OrderRow order = known.get(rejection.orderKey());
      if (document.grain().ofOrders() && (order == null || !order.present()))
        ofConflictingOrder.set(rejection.row());
    }
    if (shows == Delivery.Shows.ORDER_LINE) {
      for (OrderRow order : known.values())
        if (order.present())
          orders.put(
              order.sourceRow(), sum(order, records, !contradicted.contains(order.orderKey())));
    } else if (shows == Delivery.Shows.RECEIPT_LINE) receipts(number, records, result, known);
  }

  private JoinResult joined(List<FactRecord> records) {
    List<Shown> rows = new ArrayList<>(records.size());
    // Orders are shown as their rows tell; who paid one by completing it, the night decides.
    for (FactRecord record : records) tokenised.put(record, FILE, shows, false, rows::add);
    String channel = document.channel();
    var result = new JoinResult(night);
    new GroupJoin(night, channel, (shop, no) -> keys.of(channel, shop, no), NOTHING, false, result)
        .join(rows);
    return result;
  }

  private OrderRecord sum(OrderRow order, List<FactRecord> records, boolean agreed) {
    OrderSum sum = new OrderSum();
    for (FactRecord record : records) {
      if (record instanceof OrderRecord one && order.shop().equals(shop(one.shop()))) sum.add(one);
      if (record instanceof LineRecord line && order.shop().equals(shop(line.shop())))
        sum.add(line);
    }
    boolean whole = agreed && !rejected.test(order.shop(), order.orderNo());
    boolean linesTellRefunds =
        document.field("refund_state") != null || document.field("line_refunded") != null;
    return sum.of(order, whole, linesTellRefunds);
  }

  private void receipts(
      String number, List<FactRecord> records, JoinResult result, Map<UUID, OrderRow> known) {
    Map<UUID, Long> sums = new HashMap<>();
    for (LineRow line : result.lines.added) {
      move(line.sourceRow(), number, known.get(line.orderKey()).orderNo());
      sums.merge(line.orderKey(), line.dueFen() == null ? 0L : line.dueFen(), Math::addExact);
    }
    Map<Integer, ReturnRow> back = new HashMap<>();
    for (ReturnRow row : result.returns) back.put(row.sourceRow(), row);
    Map<Integer, OrderRow> standing = new HashMap<>();
    for (OrderRow order : known.values())
      if (order.present()) standing.put(order.sourceRow(), order);
    for (FactRecord record : records) {
      if (record instanceof OrderRecord one && standing.containsKey(one.row())) {
        OrderRow order = standing.get(one.row());
        long sum = sums.getOrDefault(order.orderKey(), 0L);
        orders.put(one.row(), OrderSum.ofReceipt(one, order.orderNo(), sum));
      } else if (record instanceof RefundRecord refund && back.containsKey(refund.row())) {
        ReturnRow row = back.get(refund.row());
        move(row.sourceRow(), number, row.orderNo());
        String price = String.format("%012d", refund.priceFen());
        returns.put(
            row.sourceRow(),
            row.orderNo() + "/" + row.sku() + "/" + price + "/" + row.occurrence());
      }
    }
  }

  private void move(int row, String from, String to) {
    if (!from.equals(to)) numbers.put(row, to);
  }

  private static String shop(String shopOrNull) {
    return Objects.toString(shopOrNull, "");
  }

  /** Tokens leave no file that is only looked at: any hash tells them apart. */
  private static byte[] hash(Token token) {
    String text = token.kind() + "\n" + token.channel() + "\n" + token.value();
    return Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
  }
}
