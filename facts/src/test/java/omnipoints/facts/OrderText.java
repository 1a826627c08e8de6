package omnipoints.facts;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/**
 * Facts of an order as examples write them, one line each: {@code terms}, {@code order}, {@code
 * line KEY}, {@code refund [KEY] FEN on DAY}, {@code document STATE}, {@code returned KEY FEN on
 * DAY}, {@code posted *}. Behind that stand words and pairs of a name and a value, in any order.
 */
final class OrderText {
  private static final Set<String> FLAGS =
      Set.of("absent", "parked", "replaced", "excluded", "closed");

  private final List<OrderFacts.Line> lines = new ArrayList<>();
  private final List<OrderFacts.RefundSeen> refunds = new ArrayList<>();
  private final List<OrderFacts.RefundDocument> documents = new ArrayList<>();
  private final List<OrderFacts.Returned> returned = new ArrayList<>();
  private OrderFacts.Order order;
  private boolean pseudoPosted;
  private OrderDecision.Terms terms =
      new OrderDecision.Terms(
          CompleteWhen.ITEM_COUNT_MATCHES, OptionalInt.empty(), Days.NIGHT, Days.CUT);

  OrderText(List<String> given) {
    for (String line : given) {
      var words = new ArrayList<>(Arrays.asList(line.split(" ")));
      String what = words.remove(0);
      switch (what) {
        case "terms" -> terms = terms(new Pairs(words));
        case "order" -> order = order(new Pairs(words));
        case "line" -> lines.add(line(words.remove(0), new Pairs(words)));
        case "refund" -> {
          String key = words.get(1).equals("on") ? "" : words.remove(0);
          long fen = Long.parseLong(words.remove(0));
          refunds.add(new OrderFacts.RefundSeen(key, Days.at(words.get(1)), fen));
        }
        case "returned" ->
            returned.add(
                new OrderFacts.Returned(
                    words.get(0), Days.at(words.get(3)), Long.parseLong(words.get(1))));
        case "document" -> documents.add(document(words.remove(0), new Pairs(words)));
        case "posted" -> pseudoPosted = true;
        default -> throw new IllegalArgumentException(line);
      }
    }
  }

  OrderFacts facts() {
    return new OrderFacts(order, lines, refunds, documents, returned, pseudoPosted);
  }

  OrderDecision.Terms terms() {
    return terms;
  }

  private static OrderDecision.Terms terms(Pairs pairs) {
    String nights = pairs.text("post_after", null);
    return new OrderDecision.Terms(
        CompleteWhen.valueOf(pairs.text("complete_when", "ITEM_COUNT_MATCHES")),
        nights == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(nights)),
        Days.NIGHT,
        Days.CUT);
  }

  private static OrderFacts.Order order(Pairs pairs) {
    String owner = pairs.text("owner", "M1");
    return new OrderFacts.Order(
        new UUID(0, 1),
        "c",
        "s",
        "o",
        !pairs.flag("absent"),
        OrderState.valueOf(pairs.text("state", "PAID")),
        pairs.at("paid"),
        pairs.at("done"),
        pairs.fen("gross"),
        pairs.fen("freight"),
        pairs.number("items"),
        null,
        null,
        pairs.flag("parked"),
        pairs.flag("replaced"),
        pairs.day("first", 1),
        owner.equals("nobody") ? null : owner);
  }

  private static OrderFacts.Line line(String key, Pairs pairs) {
    return new OrderFacts.Line(
        key,
        Integer.parseInt(pairs.text("generation", "2")),
        pairs.text("sku", ""),
        pairs.number("qty"),
        pairs.fen("price"),
        pairs.fen("due"),
        OrderState.valueOf(pairs.text("state", "PAID")),
        pairs.flag("closed"),
        RefundState.valueOf(pairs.text("refund", "NONE")),
        pairs.day("since", null),
        pairs.at("at"),
        pairs.flag("excluded"));
  }

  private static OrderFacts.RefundDocument document(String state, Pairs pairs) {
    Long fen = pairs.fen("fen");
    return new OrderFacts.RefundDocument(
        pairs.text("line", null),
        pairs.text("sku", ""),
        FactRecord.RefundStatus.valueOf(state),
        fen == null ? 0 : fen,
        pairs.at("on"),
        pairs.day("changed", 5));
  }

  private static final class Pairs {
    private final Map<String, String> values = new HashMap<>();

    Pairs(List<String> words) {
      for (Iterator<String> word = words.iterator(); word.hasNext(); ) {
        String name = word.next();
        values.put(name, FLAGS.contains(name) ? "" : word.next());
      }
    }

    boolean flag(String name) {
      return values.containsKey(name);
    }

    String text(String name, String otherwise) {
      return values.getOrDefault(name, otherwise);
    }

    Long fen(String name) {
      return flag(name) ? Long.valueOf(values.get(name)) : null;
    }

    BigDecimal number(String name) {
      return flag(name) ? new BigDecimal(values.get(name)) : null;
    }

    Instant at(String name) {
      return flag(name) ? Days.at(values.get(name)) : null;
    }

    LocalDate day(String name, Integer otherwise) {
      if (flag(name)) return Days.date(Integer.parseInt(values.get(name)));
      return otherwise == null ? null : Days.date(otherwise);
    }
  }
}
