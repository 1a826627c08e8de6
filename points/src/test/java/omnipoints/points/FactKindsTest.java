package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What conditions say of facts; a fact that nobody told fulfils none, not even its opposite. */
class FactKindsTest {
  private static final Map<String, String> LISTS =
      Map.of(
          "sets/partners.csv", "name,value\nriver,S2\nhill,S3\n",
          "sets/beauty.csv", "value\nlipstick\ncream\n");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      {channel: tmall} | channel=tmall | yes
      {channel: [jd, tmall]} | channel=tmall | yes
      {channel: [jd, douyin]} | channel=tmall | no
      {channel: {not: tmall}} | channel=jd | yes
      {channel: {not: [jd, tmall]}} | channel=jd | no
      {shop: S1} | shop=S1 | yes
      {shop: {in: partners}} | shop=S3 | yes
      {shop: {in: partners}} | shop=S1 | no
      {shop: {not: {in: partners}}} | shop=S1 | yes
      # a fact beside another
      {shop: {not: home_shop}} | shop=S1 home_shop=S2 | yes
      {shop: {not: home_shop}} | shop=S1 home_shop=S1 | no
      {shop: {not: home_shop}} | shop=S1 | no
      {shop: {in: partners, not: home_shop}} | shop=S2 home_shop=S1 | yes
      {shop: {in: partners, not: home_shop}} | shop=S2 home_shop=S2 | no
      {home_shop: S2} | home_shop=S2 | yes
      {home_shop: {not: S2}} | shop=S1 | no
      {category: {in: beauty}} | category=cream | yes
      {category: {in: beauty}} | category=shoes | no
      {category: {not: cream}} | sku=A | no
      {sku: [A, B]} | sku=B | yes
      {sku: 6901234} | sku=6901234 | yes
      {brand: Bee} | brand=Bee | yes
      {line_fen: {gte: 20000}} | line_fen=20000 | yes
      {line_fen: {gt: 20000}} | line_fen=20000 | no
      {order_fen: {gte: 50000}} | order_fen=50000 | yes
      {order_fen: {gte: 50000}} | order_fen=49999 | no
      {order_fen: {gte: 100, lt: 200}} | order_fen=200 | no
      {order_fen: {not: {gte: 100}}} | order_fen=99 | yes
      {order_type: presale} | order_type=presale | yes
      {order_type: {not: presale}} | order_fen=1 | no
      {payment: alipay} | payment=alipay | yes
      {tier: gold} | tier=gold | yes
      {tier: {not: gold}} | shop=S1 | no
      # sets are never unknown
      {pass: birthday_double} | pass=free_post,birthday_double | yes
      {pass: birthday_double} | shop=S1 | no
      {pass: {not: birthday_double}} | shop=S1 | yes
      {tag: {not: traveller}} | nobody=1 | yes
      {tag: [a, b]} | tag=b,c | yes
      {segment: loyal} | segment=loyal | yes
      {return_rate: {gte: 3/10}} | return_rate=3/10 | yes
      {return_rate: {lt: 3/10}} | return_rate=1/3 | no
      {return_rate: {lt: 3/10}} | shop=S1 | no
      {joined_days: {lte: 30}} | joined=2026-04-20 at=2026-05-20T10:00 | yes
      {joined_days: {lte: 30}} | joined=2026-04-19 at=2026-05-20T10:00 | no
      {joined_days: {gte: 0}} | joined=2026-05-21 at=2026-05-20T10:00 | no
      {joined_days: {gte: 0}} | nobody=1 | no
      {join_channel: pos} | join_channel=pos | yes
      {birthday: 02-29} | birthday=2000-02-29 | yes
      # all of them, and one of the alternatives
      {channel: tmall, sku: A} | channel=tmall sku=B | no
      {any: [{tier: gold}, {tag: friend}]} | tag=friend | yes
      {any: [{tier: gold}, {tag: friend}]} | tag=enemy | no
      {sku: A, any: [{tier: gold}, {channel: jd}]} | channel=jd sku=B | no
      # an unknown alternative leaves the others
      {any: [{tier: {not: gold}}, {channel: jd}]} | channel=jd | yes
      {any: [{tier: {not: gold}}, {channel: jd}]} | channel=pos | no
      {any: [{tier: {not: gold}}, {brand: {not: Bee}}]} | channel=pos | no
      {any: [{channel: jd, tier: {not: gold}}]} | channel=jd | no
      {tier: {not: gold}, any: [{channel: jd}]} | channel=jd | no
      {shop: {not: {not: home_shop}}} | shop=S1 | no
      {shop: {not: {not: home_shop}}} | shop=S1 home_shop=S1 | yes
      """)
  void a_condition_holds(String when, String facts, String holds) {
    Program program = RuleText.program("rules: [{id: r, when: " + when + ", times: 2}]\n", LISTS);
    boolean doubled = program.rule(FactsText.of(facts)).times().rules().contains("r");
    assertThat(doubled ? "yes" : "no").as(when + " " + facts).isEqualTo(holds);
  }
}
