package omnipoints.books;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import omnipoints.books.LineArithmetic.LineAmounts;
import omnipoints.points.PinnedRule;
import omnipoints.points.Program;
import omnipoints.points.rules.Facts;
import omnipoints.points.rules.MissingFact;
import omnipoints.points.tiers.Tiers;

/**
 * What nobody told of an order, for want of which rules of its version did not count for its rate.
 * A decision keeps what counted, so this is asked of what the books tell of the order, its goods
 * and its owner by now: what was told only after the award is not among it.
 */
final class FactsThatWereMissing {
  private FactsThatWereMissing() {}

  private record Told(
      String channel,
      String shop,
      Instant at,
      String orderType,
      String payment,
      String sku,
      String category,
      String brand) {}

  /**
   * In the order of the programme's file; nothing of an award beside the rate, or where the order
   * is no longer there.
   *
   * @param version it was made under; null where that is no longer there
   * @param params of the entry: order_key, line_key, member, night, zone
   */
  static List<MissingFact> of(
      Books books, Program version, PinnedRule rule, Map<String, Object> params) {
    if (rule == null || rule.grant() != null) return List.of();
    if (version == null || version.rates().isEmpty()) return List.of();
    Facts facts = facts(books, params);
    return facts == null ? List.of() : version.rates().missing(rule.times().rules(), facts);
  }

  private static Facts facts(Books books, Map<String, Object> params) {
    Optional<Told> told = books.one(Explaining.SQL.statement("told"), params, Told.class);
    if (told.isEmpty() || told.get().at() == null) return null;
    Map<String, Object> whole = new HashMap<>(params);
    whole.put("line_key", "");
    LineAmounts order = LineMoney.of(books, whole);
    LineAmounts line = params.get("line_key").equals("") ? null : LineMoney.of(books, params);
    if (order == null) return null;
    Told of = told.get();
    LocalDateTime at = LocalDateTime.ofInstant(of.at(), books.zone());
    return new Facts(
        at,
        new Facts.Order(of.channel(), of.shop(), order.baseFen(), of.orderType(), of.payment()),
        line == null
            ? null
            : new Facts.Line(
                of.sku() == null ? "" : of.sku(), of.category(), of.brand(), line.baseFen()),
        MemberFacts.of(
                books,
                (String) params.get("member"),
                of.at(),
                List.of(),
                at.toLocalDate(),
                Tiers.NONE)
            .orElse(null));
  }
}
