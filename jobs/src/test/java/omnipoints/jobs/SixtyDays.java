package omnipoints.jobs;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What becomes of a shop's days, told naively: every day's events in order of time over all
 * members, each with what it does to one sum per member. It knows nothing of lots, nights' tables
 * or the product's classes.
 */
final class SixtyDays {
  static final int MUG_STOCK = 30;
  static final int COUPON_STOCK = 60;
  private static final String KEY =
      "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

  /** An event: what happens, and to whom. */
  interface Effect {
    void happen();
  }

  private record Event(String at, Effect effect) {}

  final Map<String, Long> points = new TreeMap<>();
  final Map<String, Long> spendFen = new TreeMap<>();
  final Map<String, Long> refundFen = new TreeMap<>();
  final Map<String, String> outcomes = new TreeMap<>();
  final Map<String, Long> taken = new TreeMap<>();
  final Set<String> friends = new HashSet<>();
  final Set<String> frozen = new HashSet<>();
  final List<String> entries = new ArrayList<>();
  final Map<String, String> entrant = new HashMap<>();

  private final Map<String, Long> stock = new HashMap<>();
  private final Map<String, Long> comesBack = new HashMap<>();
  private final Set<String> rolls = new HashSet<>();
  private final Set<String> rollsBack = new HashSet<>();
  private final Map<String, Integer> gifts = new HashMap<>();
  private final List<Event> today = new ArrayList<>();

  SixtyDays() {
    stock.put("mug", (long) MUG_STOCK);
    stock.put("ten", (long) COUPON_STOCK);
  }

  void at(String time, Effect effect) {
    today.add(new Event(time, effect));
  }

  /** Everything of a day happens, in order of time; what is given back is there tomorrow. */
  void close() {
    today.sort(Comparator.comparing(Event::at));
    for (Event event : today) event.effect().happen();
    today.clear();
    comesBack.forEach((item, qty) -> stock.merge(item, qty, Long::sum));
    comesBack.clear();
    rolls.removeAll(rollsBack);
    rollsBack.clear();
  }

  long of(String card) {
    return points.getOrDefault(card, 0L);
  }

  void add(String card, long some) {
    points.merge(card, some, Long::sum);
  }

  long left(String item) {
    return stock.get(item);
  }

  void reserve(String item, long qty) {
    stock.merge(item, -qty, Long::sum);
  }

  void giveBackNow(String item, long qty) {
    stock.merge(item, qty, Long::sum);
  }

  /** A request of an item of the catalogue: the first reason that holds refuses it. */
  void request(String no, String card, String item, long qty, long price) {
    String refused = null;
    if (frozen.contains(card)) refused = "FROZEN";
    else if (item.equals("roll") && (rolls.contains(card) || qty > 1)) refused = "LIMIT";
    else if (of(card) < price * qty) refused = "SHORT";
    else if (stock.containsKey(item) && stock.get(item) < qty) refused = "STOCK";
    outcomes.put(no, refused == null ? "GRANTED" : "REFUSED " + refused);
    if (refused != null) return;
    if (stock.containsKey(item)) stock.merge(item, -qty, Long::sum);
    if (item.equals("roll")) rolls.add(card);
    add(card, -price * qty);
    taken.put(no, price * qty);
  }

  /** A cancelled one gives its points back at once, stock and limit tomorrow. */
  void cancel(String no, String card, String item, long qty) {
    if (!"GRANTED".equals(outcomes.get(no))) return;
    add(card, taken.get(no));
    if (stock.containsKey(item)) comesBack.merge(item, qty, Long::sum);
    if (item.equals("roll")) rollsBack.add(card);
  }

  void gift(String no, String from, String to, long some, String month) {
    String refused = null;
    if (!friends.contains(from + " " + to)) refused = "RELATION";
    else if (frozen.contains(from) || frozen.contains(to)) refused = "FROZEN";
    else if (of(from) < 0) refused = "DEBT";
    else if (gifts.getOrDefault(from + " " + month, 0) >= 3) refused = "LIMIT";
    else if (of(from) < some) refused = "SHORT";
    outcomes.put(no, refused == null ? "GRANTED" : "REFUSED " + refused);
    if (refused != null) return;
    gifts.merge(from + " " + month, 1, Integer::sum);
    add(from, -some);
    add(to, some);
  }

  /** Who wins: requests by score, one prize a member. */
  List<String> winners(String draw, String value, List<String> list, int prizes) {
    byte[] seed = hmac(HexFormat.of().parseHex(KEY), draw);
    List<String> byScore = new ArrayList<>(list);
    byScore.sort(
        Comparator.comparing(
            no -> HexFormat.of().formatHex(hmac(seed, value + "\n" + draw + "\n" + no))));
    List<String> winners = new ArrayList<>();
    Set<String> won = new HashSet<>();
    for (String no : byScore)
      if (winners.size() < prizes && won.add(entrant.get(no))) winners.add(no);
    return winners;
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static LocalDate day(int n) {
    return LocalDate.of(2026, 3, 1).plusDays(n);
  }
}
