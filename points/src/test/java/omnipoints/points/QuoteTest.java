package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuoteTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Instant PAID = Instant.parse("2026-03-02T02:00:00Z");
  private static final List<Quote.Item> ITEMS =
      List.of(new Quote.Item("a", "SHOE", 10000), new Quote.Item("b", "SOCK", 5000));

  private static Quote quote(String rules, String orderType, long cashOffFen) {
    var programme = new Programme("cloud", List.of(RuleText.program(rules)));
    return Quote.of(
        programme,
        ZONE,
        Products.NONE,
        new Quote.Basket("tmall", "s", orderType, PAID, ITEMS, cashOffFen, null));
  }

  @Test
  void c2_c5_the_kind_of_the_order_decides_by_what_rules_and_when_its_points_are_there() {
    String rules =
        "rules: [{id: early, when: {order_type: presale}, times: 2}]\nhold: {days: 7, from: completed, by_order_type: {presale: 15}}\n";
    String file = RuleText.file("").replace("hold: {days: 7, from: completed}\n", rules);
    var programme =
        new Programme(
            "cloud",
            List.of(
                ProgramFile.readWithAnyTiers(
                    "cloud",
                    "cloud.yaml",
                    file.getBytes(StandardCharsets.UTF_8),
                    ListFiles.NONE.get())));
    Quote presale =
        Quote.of(
            programme,
            ZONE,
            Products.NONE,
            new Quote.Basket("tmall", "s", "presale", PAID, ITEMS, 0, null));
    assertThat(presale.points()).isEqualTo(300);
    assertThat(presale.availableOn()).isEqualTo(LocalDate.parse("2026-03-17"));
    Quote plain =
        Quote.of(programme, ZONE, Products.NONE, new Quote.Basket("tmall", "s", PAID, ITEMS, null));
    assertThat(plain.points()).isEqualTo(150);
    assertThat(plain.availableOn()).isEqualTo(LocalDate.parse("2026-03-09"));
  }

  @Test
  void d7_money_off_counts_where_orders_earn_on_the_whole() {
    String whole = "redeem: {cash_off: {points: 100, off_fen: 1000}, earn_on: whole}\n";
    assertThat(quote(whole, null, 5000).lines())
        .extracting(line -> line.line() + " " + line.points() + " " + line.formula())
        .containsExactly("a 133 floor(13333/100)*1", "b 66 floor(6667/100)*1");
    assertThat(quote(whole, null, 0).points()).isEqualTo(150);
    assertThat(quote(whole.replace("whole", "cash"), null, 5000).points()).isEqualTo(150);
  }
}
