package omnipoints.points.rules;

import java.util.List;

/**
 * One cause while the rules of a version are asked about it: each of them once, whatever is wanted
 * of what they said. Not for several threads.
 */
public final class Asked {
  private final Deciding rules;
  private final Facts facts;
  private final String variant;
  private Deciding.Held held;

  /**
   * @param variant the experiment's, in which the member is; null where there is none
   */
  Asked(Deciding rules, Facts facts, String variant) {
    this.rules = rules;
    this.facts = facts;
    this.variant = variant;
  }

  /** What is asked, the variant of the member with it. */
  public Facts facts() {
    return facts;
  }

  /** What the rules multiply by. */
  public Multiplier times() {
    return of(held().rates());
  }

  /**
   * The grants whose rules hold, by id; of one group there may be several.
   *
   * @param ofOrder those that are given for the order, else those of the line
   */
  public List<Offer> offers(boolean ofOrder) {
    if (!rules.grant()) return List.of();
    return in(held().offers(ofOrder));
  }

  /**
   * Factors that are given once for an order, as they multiply this line of it; by id.
   *
   * @param order the order as a whole
   */
  public List<Offer> factors(Asked order) {
    return in(held().factors(order.held()));
  }

  private List<Offer> in(List<Offer> offers) {
    if (variant == null) return offers;
    return offers.stream()
        .map(offer -> new Offer(offer.rule(), offer.with(), of(offer.rates())))
        .toList();
  }

  private Multiplier of(Multiplier made) {
    return variant == null ? made : made.in(variant);
  }

  private Deciding.Held held() {
    if (held == null) held = rules.held(facts);
    return held;
  }
}
