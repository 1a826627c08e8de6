package omnipoints.points.rules;

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
              new VariantFact()));

  private FactKinds() {}

  private static Map<String, Fact> byWord(List<Fact> facts) {
    var all = new LinkedHashMap<String, Fact>();
    for (Fact fact : facts) all.put(fact.word(), fact);
    return all;
  }
}
