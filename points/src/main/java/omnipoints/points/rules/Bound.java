package omnipoints.points.rules;

import java.util.EnumSet;
import java.util.Set;

/**
 * What bounds a grant over several causes, so that it cannot be decided at its own cause alone.
 *
 * @param slot null where any order may have it
 * @param budget null where there is no end
 * @param limit of what one member is given in a period, null where there is none
 */
public record Bound(Slot slot, Budget budget, Limit limit) {
  private static final Set<Limit.Per> OF_REFERRAL =
      EnumSet.of(Limit.Per.FRIEND, Limit.Per.MEMBER, Limit.Per.MEMBER_DAY, Limit.Per.MEMBER_MONTH);

  private static final Set<Limit.Per> OF_ORDERS =
      EnumSet.of(Limit.Per.ORDER, Limit.Per.MEMBER, Limit.Per.MEMBER_DAY, Limit.Per.MEMBER_MONTH);

  /** Of a grant that its own cause decides. */
  static final Bound NONE = new Bound(null, null, null);

  /**
   * Given for the earliest order of a member.
   *
   * @param minFen smallest order that counts
   * @param next whether the next order has it when the first came back whole
   */
  public record Slot(long minFen, boolean next) {}

  /**
   * Points over all members.
   *
   * @param refill whether returns give points back to it
   */
  public record Budget(long points, boolean refill) {}

  /** Whether something other than its cause decides it. */
  public boolean binds() {
    return slot != null || budget != null || limit != null;
  }

  static Bound read(Node rule) {
    return new Bound(slot(rule), budget(rule), limit(rule));
  }

  /** A referral is given once a friend, whatever else it says. */
  private static Limit limit(Node rule) {
    if (!rule.has("limit")) return null;
    if (!rule.has("on")) return Limit.read(rule.at("limit"), OF_ORDERS);
    if (!rule.at("on").text().equals("referral")) return null;
    Limit limit = Limit.read(rule.at("limit"), OF_REFERRAL);
    if (limit.per() != Limit.Per.FRIEND) return limit;
    if (limit.count() == null || limit.count() != 1)
      rule.at("limit").problem("a friend counts once; say count: 1, or leave it out");
    return null;
  }

  private static Slot slot(Node rule) {
    if (!rule.has("slot")) {
      for (String word : new String[] {"slot_min_fen", "after_return"})
        if (rule.has(word)
            && !(word.equals("after_return") && rule.at("on").text().equals("referral")))
          rule.at(word).problem("says something beside slot only; add slot: first_order");
      return null;
    }
    if (rule.has("on")) rule.at("slot").problem("an order has the slot; leave on out");
    return new Slot(
        rule.has("slot_min_fen") ? rule.at("slot_min_fen").value().longValue() : 1,
        rule.at("after_return").text().equals("next"));
  }

  private static Budget budget(Node rule) {
    if (!rule.has("budget")) {
      if (rule.has("refill"))
        rule.at("refill").problem("fills a budget up again; say budget: so many points");
      return null;
    }
    return new Budget(
        rule.at("budget").value().longValue(),
        rule.has("refill") && rule.at("refill").value().booleanValue());
  }

  /** Empty where nothing binds. */
  Said said() {
    Said said = Said.NOTHING;
    if (slot != null) {
      String yuan = Rational.of(slot.minFen(), 100).decimal();
      said =
          slot.minFen() > 1
              ? new Said(
                  "仅限首单（满" + yuan + "元）", "for the first order of ¥" + yuan + " or more only")
              : new Said("仅限首单", "for the first order only");
      said =
          slot.next()
              ? said.then(new Said("，首单全退后由下一单递补", ", for the next one when it came back whole"))
              : said;
    }
    if (limit != null) said = joined(said).then(limit.said(new Said("次", " times")));
    if (budget == null) return said;
    return joined(said)
        .then(
            new Said(
                "总额" + budget.points() + "积分，送完为止" + (budget.refill() ? "，退货退回总额" : ""),
                "as long as "
                    + budget.points()
                    + " points last"
                    + (budget.refill() ? ", which returns fill up again" : "")));
  }

  private static Said joined(Said said) {
    return said == Said.NOTHING ? said : said.then(new Said("，", ", "));
  }
}
