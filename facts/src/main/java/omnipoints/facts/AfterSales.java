package omnipoints.facts;

import omnipoints.facts.OrderFacts.Line;
import omnipoints.facts.OrderFacts.RefundDocument;

/** What the refund documents of an order concern. Pure. */
final class AfterSales {

  private AfterSales() {}

  /**
   * The live line a refund document names by its id, or by a SKU that no other line has; null if it
   * names none that is known.
   */
  static String namedLine(OrderFacts facts, int generation, RefundDocument document) {
    boolean byId = document.lineId() != null && generation == OrderFacts.PLATFORM_GENERATION;
    String named = null;
    for (Line line : facts.lines()) {
      if (line.generation() != generation) continue;
      if (byId ? !line.line().equals(document.lineId()) : !hasSku(line, document)) continue;
      if (named != null) return null;
      named = line.line();
    }
    return named;
  }

  /**
   * Whether an after-sale case of the line is open. A refund document concerns the line it names,
   * else the lines of its SKU, else all. One that names the line and ended no earlier than the
   * line's own row first showed an open case also ends what that row still shows.
   */
  static boolean open(OrderFacts facts, int generation, Line line) {
    boolean ended = false;
    for (RefundDocument document : facts.documents()) {
      String named = namedLine(facts, generation, document);
      boolean concerned =
          named != null
              ? named.equals(line.line())
              : facts.lines().stream().noneMatch(other -> hasSku(other, document))
                  || hasSku(line, document);
      if (!concerned) continue;
      if (document.state() == FactRecord.RefundStatus.OPEN) return true;
      ended |=
          named != null
              && line.openNight() != null
              && !document.changedNight().isBefore(line.openNight());
    }
    return line.refundState() == RefundState.OPEN && !ended;
  }

  private static boolean hasSku(Line line, RefundDocument document) {
    return !document.sku().isEmpty() && line.sku().equals(document.sku());
  }
}
