package omnipoints.points.rules;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All facts a condition may ask, by their word. */
final class FactKinds {
  static final Map<String, Fact> ALL =
      byWord(
          List.of(
              new ChannelFact(),
              new ShopFact(),
              new HomeShopFact(),
              new CategoryFact(),
              new SkuFact(),
              new BrandFact(),
              new LineFenFact(),
              new OrderFenFact(),
              new OrderTypeFact(),
              new PaymentFact(),
              new TierFact(),
              new PassFact(),
              new TagFact(),
              new SegmentFact(),
              new ReturnRateFact(),
              new JoinedDaysFact(),
              new JoinChannelFact(),
              new BirthdayFact(),
              new TypeFact(),
              new PlatformFact(),
              new FriendOrderFenFact(),
              new PrincipalFenFact(),
              new VariantFact()));

  private static final Map<Fact, Integer> PLACES = new IdentityHashMap<>();

  static {
    for (Fact fact : ALL.values()) PLACES.put(fact, PLACES.size());
  }

  private FactKinds() {}

  /** A number of its own for each, from 0. */
  static int place(Fact fact) {
    return PLACES.get(fact);
  }

  private static Map<String, Fact> byWord(List<Fact> facts) {
    var all = new LinkedHashMap<String, Fact>();
    for (Fact fact : facts) all.put(fact.word(), fact);
    return all;
  }
}
