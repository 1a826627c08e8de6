package omnipoints.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import omnipoints.mappings.Drift.Missing;
import omnipoints.mappings.Drift.Renamed;
import omnipoints.mappings.Recognition.Recognised;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftTest {
  private static final Document ORDER_LIST = Samples.document("tmall", "order_list");
  private static final List<String> HEADER =
      List.of(
          "订单编号",
          "买家会员名",
          "店铺名称",
          "订单状态",
          "订单创建时间",
          "订单付款时间",
          "确认收货时间",
          "总金额",
          "买家应付邮费",
          "买家实际支付金额",
          "退款金额",
          "宝贝总数量");

  private static Drift drift(List<String> header) {
    return Drift.of(ORDER_LIST, header);
  }

  private static List<String> changed(String from, String... to) {
    List<String> header = new ArrayList<>(HEADER);
    header.remove(from);
    header.addAll(List.of(to));
    return header;
  }

  @Test
  void a_header_of_mapped_and_known_columns_has_none() {
    assertThat(drift(HEADER).isEmpty()).isTrue();
    assertThat(drift(changed("", "收货人姓名", " 物流 单号 ", "是否是Ｏ2O交易", "")).isEmpty()).isTrue();
    assertThat(drift(HEADER).line()).isEmpty();
  }

  @Test
  void a_column_nobody_knows_is_new() {
    Drift drift = drift(changed("", "淘鲜达渠道", "淘鲜达 渠道"));
    assertThat(drift.added()).containsExactly("淘鲜达渠道", "淘鲜达 渠道");
    assertThat(drift.line()).isEqualTo("new 淘鲜达渠道, 淘鲜达 渠道");
  }

  @Test
  void a_field_none_of_whose_columns_is_there_is_missing() {
    assertThat(drift(changed("宝贝总数量")).missing())
        .containsExactly(new Missing("item_count", List.of("宝贝总数量"), false));
    assertThat(drift(changed("买家会员名")).missing())
        .containsExactly(new Missing("buyer", List.of("买家会员名", "买家会员昵称"), false));
    assertThat(drift(changed("买家会员名", "买家会员昵称")).isEmpty()).isTrue();
    assertThat(drift(changed("总金额")).missing())
        .containsExactly(new Missing("gross", List.of("总金额"), true));
  }

  @Test
  void a_new_header_like_a_missing_column_may_be_its_new_name() {
    Drift drift = drift(changed("买家实际支付金额", "买家实付额", "淘鲜达渠道"));
    assertThat(drift.renamed()).containsExactly(new Renamed("paid", "买家实付金额", "买家实付额", true));
    assertThat(drift.added()).containsExactly("淘鲜达渠道");
    assertThat(drift.missing()).isEmpty();
    assertThat(drift.line()).isEqualTo("new 淘鲜达渠道; 买家实付额 may be 买家实付金额");
    assertThat(drift.advice(ORDER_LIST))
        .containsExactly(
            "if 买家实付额 is 买家实付金额, add it to the aliases of field paid of document order_list in"
                + " mappings/tmall.yaml of the home");
  }

  @Test
  void two_equally_likely_names_are_no_suggestion() {
    Drift drift = drift(changed("宝贝总数量", "宝贝总数量1", "宝贝总数量2"));
    assertThat(drift.renamed()).isEmpty();
    assertThat(drift.added()).containsExactly("宝贝总数量1", "宝贝总数量2");
    assertThat(drift.missing()).hasSize(1);
  }

  @Test
  void an_amount_that_would_be_added_is_missed_when_it_goes() {
    Document orders = Samples.document("jd", "orders");
    Recognised sample =
        Samples.recognised(Path.of("samples/jd/orders_2015_gbk_ragged_split.csv"), "jd");
    List<String> header = new ArrayList<>(sample.headers());
    header.remove("余额支付");
    assertThat(Drift.of(orders, header).missing())
        .contains(new Missing("gross", List.of("余额支付"), false));
  }

  @Test
  void a_shop_column_is_not_missed_where_the_folder_says_the_shop() {
    assertThat(drift(changed("店铺名称")).isEmpty()).isTrue();
  }

  @Test
  void a_delivery_tells_what_the_mapping_lacks_every_time_and_what_came_and_went_once() {
    List<String> before = changed("", "宝贝种类", "淘鲜达渠道");
    List<String> now = changed("宝贝总数量", "淘鲜达渠道", "店铺Id", "");
    assertThat(HeaderNews.line(ORDER_LIST, HEADER, null)).isEmpty();
    assertThat(HeaderNews.line(ORDER_LIST, before, null)).isEqualTo("header changed: new 淘鲜达渠道");
    assertThat(HeaderNews.line(ORDER_LIST, now, null))
        .isEqualTo("header changed: new 淘鲜达渠道; missing 宝贝总数量");
    assertThat(HeaderNews.line(ORDER_LIST, now, before))
        .isEqualTo("header changed: new 淘鲜达渠道; missing 宝贝总数量; came 店铺Id; gone 宝贝种类");
    assertThat(HeaderNews.line(ORDER_LIST, now, now)).isEqualTo("header changed: new 淘鲜达渠道");
    assertThat(HeaderNews.line(ORDER_LIST, changed("买家实际支付金额", "买家实付金额"), HEADER))
        .isEqualTo("header changed: came 买家实付金额; gone 买家实际支付金额");
  }

  @Test
  void no_column_of_a_sample_is_new_to_its_mapping() {
    for (Path sample : Samples.shipped()) {
      String name = sample.getFileName().toString();
      // Those of oddities may have any columns, those with moved columns got one more.
      if (name.startsWith("quirk_") || name.contains("_moved")) continue;
      if (!(Samples.recognise(sample, Samples.channel(sample)) instanceof Recognised known))
        continue;
      assertThat(known.drift().added()).as(sample.toString()).isEmpty();
      assertThat(known.drift().renamed()).as(sample.toString()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "买家实付额, 买家实际支付金额, true",
    "买家实付款, 买家实付金额, true",
    "退款编号, 退款单号, true",
    "付款日期, 订单付款时间, true",
    "买家应付货款, 买家实付金额, false",
    "商品件数, 商品种类数, false",
    "订单号, 订单编号, true",
    "付款时间, 订单付款时间, true",
    "下单账号, 下单帐号, true",
    "paid_amount, paid_amounts, true",
    "订单金额, 总金额, false",
    "买家应付货款, 买家应付邮费, false",
    "订单创建时间, 订单付款时间, false",
    "商品数量, 购买数量, false",
    "sl, sj, false",
    "标题, 备注, false"
  })
  void names_are_alike_when_few_signs_changed(String one, String other, boolean alike) {
    assertThat(Similarity.of(one, other) >= 60).isEqualTo(alike);
    assertThat(Similarity.of(one, other)).isEqualTo(Similarity.of(other, one));
  }
}
