package omnipoints.console;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import omnipoints.points.Quote;
import omnipoints.points.rules.Facts;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The order that {@code quote} is asked about: {@code
 * {member?,channel,shop,order_type?,paid_at,cash_off_fen?,lines:[{line,sku,qty,base_fen}]}}.
 *
 * @param member id, or null
 * @param orderType its kind, or null
 * @param cashOffFen money that points take off it
 */
record QuoteRequest(
    String member,
    String channel,
    String shop,
    String orderType,
    Instant paidAt,
    List<Quote.Item> items,
    long cashOffFen) {
  private static final Set<String> ORDER =
      Set.of("member", "channel", "shop", "order_type", "paid_at", "cash_off_fen", "lines");
  private static final Set<String> LINE = Set.of("line", "sku", "qty", "base_fen");

  /** Beyond it an amount is a slip, in files too. */
  private static final long MOST_FEN = 1_000_000_000_000L;

  /**
   * @throws Refusal exit 2 with everything that is wrong with it
   */
  static QuoteRequest read(String text, Call call) {
    JsonNode json;
    try {
      json = JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      throw call.usage("quote.nojson");
    }
    var wrong = new ArrayList<String>();
    unknown(json, ORDER, "", wrong);
    String channel = text(json, "channel", "", wrong);
    String shop = text(json, "shop", "", wrong);
    Instant paidAt = moment(text(json, "paid_at", "", wrong), wrong);
    var items = new ArrayList<Quote.Item>();
    var seen = new HashSet<String>();
    if (!json.path("lines").isArray() || json.path("lines").isEmpty()) wrong.add("lines: missing");
    for (JsonNode line : json.path("lines")) {
      String at = "lines." + items.size() + ".";
      unknown(line, LINE, at, wrong);
      String key = text(line, "line", at, wrong);
      if (!seen.add(key)) wrong.add(at + "line: " + key + " stands twice");
      items.add(
          new Quote.Item(key, ifAny(line, "sku", at, wrong), fen(line, "base_fen", at, wrong)));
    }
    String member = ifAny(json, "member", "", wrong);
    String orderType = ifAny(json, "order_type", "", wrong);
    long off = json.has("cash_off_fen") ? fen(json, "cash_off_fen", "", wrong) : 0;
    if (!wrong.isEmpty()) throw call.usage("quote.wrong", "\n  " + String.join("\n  ", wrong));
    return new QuoteRequest(
        member.isEmpty() ? null : member,
        channel,
        shop,
        orderType.isEmpty() ? null : orderType,
        paidAt,
        items,
        off);
  }

  private static void unknown(JsonNode node, Set<String> known, String at, List<String> wrong) {
    for (String key : node.propertyNames())
      if (!known.contains(key))
        wrong.add(
            at
                + key
                + ": unknown; known are "
                + String.join(", ", known.stream().sorted().toList()));
  }

  private static String text(JsonNode node, String key, String at, List<String> wrong) {
    String text = ifAny(node, key, at, wrong);
    if (text.isEmpty()) wrong.add(at + key + ": missing");
    return text;
  }

  private static String ifAny(JsonNode node, String key, String at, List<String> wrong) {
    JsonNode value = node.path(key);
    if (!value.isContainer()) return value.asString();
    wrong.add(at + key + ": " + value + " is no text");
    return "";
  }

  private static Instant moment(String text, List<String> wrong) {
    if (text.isEmpty()) return null;
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      wrong.add("paid_at: " + text + " is no moment such as 2026-11-02T10:00:00+08:00");
      return null;
    }
  }

  private static long fen(JsonNode node, String key, String at, List<String> wrong) {
    JsonNode fen = node.path(key);
    boolean good =
        fen.isIntegralNumber()
            && fen.canConvertToLong()
            && fen.longValue() >= 0
            && fen.longValue() <= MOST_FEN;
    if (good) return fen.longValue();
    wrong.add(at + key + ": " + fen + " is no amount in fen");
    return 0;
  }

  /**
   * @param noGoods SKUs that earn nothing and reach no threshold
   */
  Quote.Basket basket(Facts.Member owner, Set<String> noGoods) {
    List<Quote.Item> goods =
        items.stream()
            .map(
                item ->
                    noGoods.contains(item.sku())
                        ? new Quote.Item(item.line(), item.sku(), 0)
                        : item)
            .toList();
    return new Quote.Basket(channel, shop, orderType, paidAt, goods, cashOffFen, owner);
  }
}
