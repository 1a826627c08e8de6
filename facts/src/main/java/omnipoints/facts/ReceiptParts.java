package omnipoints.facts;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import omnipoints.facts.Shown.LineShown;
import omnipoints.facts.Shown.OrderShown;
import omnipoints.facts.Shown.ReturnShown;

/**
 * Which receipt the rows of one receipt number of a till belong to. Rows without a card beside rows
 * with one are a receipt of their own, {@code <number>-0}: they never take another row's card. Rows
 * of several cards contradict each other, or are receipts of their own, {@code <number>-HHmmss} of
 * their first row, where the till gives its numbers again; the card known first keeps the number.
 */
final class ReceiptParts {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");
  private static final String BARE = "-0";

  private ReceiptParts() {}

  /** Who a row of a till belongs to, in 64 bits. */
  static long card(byte[] hash) {
    return ByteBuffer.wrap(hash).getLong();
  }

  /** The number under which rows without a card stand beside others. */
  static String bare(String number) {
    return number + BARE;
  }

  /** The number under which the rows of one card stand beside those of others. */
  static String apart(JoinNight night, String number, Instant first) {
    return number + "-" + TIME.format(first.atZone(night.zone()));
  }

  /** The rows of one card, or of nobody. */
  private static final class Part {
    final List<Shown> rows = new ArrayList<>(2);
    Instant first;
    String number;

    void add(Shown row, Instant at) {
      rows.add(row);
      if (at != null && (first == null || at.isBefore(first))) first = at;
    }
  }

  /**
   * Splits the till rows of one receipt number of one shop.
   *
   * @param rows order, line and return rows of tills
   * @param known what is known under a number of the shop
   * @param rejections takes rows of another card than the known one, or of several cards
   * @return the rows under the numbers they belong to
   */
  static List<Shown> split(
      JoinNight night,
      String number,
      List<Shown> rows,
      GroupJoin.Known known,
      GroupJoin.Keys keys,
      List<Rejection> rejections) {
    Map<Long, Part> parts = new LinkedHashMap<>();
    boolean reused = false;
    for (Shown row : rows) {
      Long card = card(row);
      parts.computeIfAbsent(card, c -> new Part()).add(row, at(row));
      boolean counts = !(row instanceof OrderShown);
      reused |= counts && card != null && night.deliveries().get(row.delivery()).receiptReused();
    }
    String shop = rows.get(0).shop();
    Long first = cardOf(known.of(shop, number));
    boolean bare = parts.containsKey(null);
    long cards = parts.keySet().stream().filter(c -> c != null).count();
    boolean other =
        first != null && parts.keySet().stream().anyMatch(c -> c != null && !c.equals(first));
    boolean several = cards > 1 || other;
    if (!reused && !(bare && (cards > 0 || first != null)) && !several) return rows;
    Map<String, Integer> takers = new HashMap<>();
    for (Map.Entry<Long, Part> entry : parts.entrySet()) {
      Long card = entry.getKey();
      Part part = entry.getValue();
      if (card == null) {
        part.number = first != null || cards > 0 ? bare(number) : number;
      } else if (card.equals(first)) {
        part.number = number;
      } else if (reused && part.first != null) {
        String apart = apart(night, number, part.first);
        boolean knownApart = card.equals(cardOf(known.of(shop, apart)));
        part.number = several || knownApart ? apart : number;
      } else {
        part.number = several ? null : number;
      }
      if (card != null && part.number != null) takers.merge(part.number, 1, Integer::sum);
    }
    List<Shown> split = new ArrayList<>(rows.size());
    for (Map.Entry<Long, Part> entry : parts.entrySet()) {
      Part part = entry.getValue();
      boolean refused =
          part.number == null || (entry.getKey() != null && takers.get(part.number) > 1);
      for (Shown row : part.rows) {
        if (!refused) split.add(of(row, part.number));
        else if (!(row instanceof OrderShown)) {
          rejections.add(
              Rejection.of(
                  row,
                  RejectReason.CONFLICTING_ROWS,
                  number,
                  first == null
                      ? "receipt " + number + ": its rows have different cards"
                      : "receipt " + number + ": known with another card",
                  number,
                  // rows of another card than the known one are no part of the receipt
                  first == null ? keys.of(shop, number) : null));
        }
      }
    }
    return split;
  }

  private static Long cardOf(KnownOrder known) {
    return known.tokens().isEmpty() ? null : card(known.tokens().get(0).hash());
  }

  static Long card(Shown row) {
    if (row instanceof OrderShown order) return order.card();
    if (row instanceof LineShown line) return line.card();
    return ((ReturnShown) row).card();
  }

  private static Instant at(Shown row) {
    if (row instanceof LineShown line) return line.at();
    return row instanceof ReturnShown back ? back.at() : null;
  }

  private static Shown of(Shown row, String number) {
    if (row.order().equals(number)) return row;
    if (row instanceof OrderShown order) return order.of(number);
    if (row instanceof LineShown line) return line.of(number);
    return ((ReturnShown) row).of(number);
  }
}
