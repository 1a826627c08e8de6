package omnipoints.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What statements call a movement, and what that is. The words are those that
 * frankford824/dataAnalysis collected from real statements (models/cn-ecommerce/dictionary.csv); a
 * word of none of these kinds is told as FEE_UNKNOWN.
 */
class FeeVocabularyTest {
  private static final Channels CHANNELS = Channels.load(null);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "tmall; alipay_flow; 0010001|交易收款-交易收款; PAYMENT",
        "tmall; alipay_flow; 0010027T|交易收款-邮费补贴; SUBSIDY",
        "tmall; alipay_flow; 0020001|交易退款-余额退款; REFUND",
        "tmall; alipay_flow; 0020002|交易退款-保证金退款; REFUND",
        "tmall; alipay_flow; 0020011|交易退款-交易退款; REFUND",
        "tmall; alipay_flow; 0030003|软件服务费-类目软件服务费（原天猫佣金）; FEE",
        "tmall; alipay_flow; 003003800001|软件服务费-支付宝服务费-花呗分期; FEE",
        "tmall; alipay_flow; 0050005|保险支出-卖家版运费险; FEE",
        "tmall; alipay_flow; 0060092T|营销支出-消费券代付资金扣回; FEE",
        "tmall; alipay_flow; 0070002|其他支出-交易赔付（保证金扣款）; OTHER",
        "tmall; alipay_flow; 0070023|其他支出-百亿补贴预收; FEE",
        "tmall; alipay_flow; 008000200001|保证金-天猫-缴存; TRANSFER",
        "tmall; alipay_flow; 008000200003|保证金-天猫-扣除转移; OTHER",
        "tmall; alipay_flow; 008002800010|保证金-淘宝-扣除转移; OTHER",
        "tmall; alipay_flow; 008002800018 保证金-淘宝-缴存（红包退回）; TRANSFER",
        "tmall; alipay_flow; 0170120T|服务费-淘宝大促软件技术服务费; FEE",
        "tmall; alipay_flow; 0170064T00001T|服务费-物流赔付; OTHER",
        "tmall; alipay_flow; 0530282T|技术&服务费-88VIP淘宝消费券技术服务费; FEE",
        "tmall; alipay_flow; 品牌新享淘宝老客礼金软件服务费; FEE",
        "tmall; alipay_flow; 88VIP淘宝消费券技术服务费返佣; FEE",
        "tmall; alipay_flow; 类目软件服务费（原天猫佣金）; FEE",
        "tmall; alipay_flow; 卖家延迟发货赔付红包; OTHER",
        "tmall; alipay_flow; 0990001|从未见过; ",
        "douyin; fund_flow; 货款结算入账; PAYMENT",
        "douyin; fund_flow; 退款-极速退二阶段商家资金回补; REFUND",
        "douyin; fund_flow; 退款-订单退款触发-退补贴; SUBSIDY",
        "douyin; fund_flow; 评价有礼保证金扣款; OTHER",
        "douyin; fund_flow; 偏远地区物流服务; FEE",
        "douyin; fund_flow; 退款给谁; ",
        "jd; daily_bill; 货款; PAYMENT",
      })
  void of_several_beginnings_the_longest_counts(
      String channel, String document, String word, String kind) {
    Field field =
        CHANNELS.channel(channel).documents().stream()
            .filter(one -> one.name().equals(document))
            .findFirst()
            .orElseThrow()
            .fields()
            .get("kind");
    assertThat(field.meaning(Headers.normaliseStatus(word))).isEqualTo(kind);
  }
}
