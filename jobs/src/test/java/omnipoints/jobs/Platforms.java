package omnipoints.jobs;

/** Small exports of the platforms, with the columns that matter; amounts in yuan. */
final class Platforms {

  static final String DOUYIN =
      "主订单编号,子订单编号,商品数量,商家编码,商品单价,订单应付金额,运费,订单提交时间,订单完成时间,支付完成时间,订单状态,售后状态";
  static final String DOUYIN_AFTER_SALES = "售后单号,订单号,商品单号,退商品金额（元）,售后状态,商家退款时间,用户到账时间,商家编码";
  static final String JD =
      "订单号,商品ID,订购数量,下单时间,京东价,订单金额,余额支付,应付金额,订单状态,下单帐号,商家备注,运费金额,付款确认时间,货号,订单完成时间";
  static final String WECHAT =
      "订单号,订单下单时间,订单确认收货时间,订单状态,订单实际支付金额,订单运费,支付时间,商品编码(平台),SKU编码(自定义),商品价格(单件),商品实际价格(总共),商品数量,商品已退款金额";
  static final String YOUZAN = "订单号,归属店铺,订单状态,订单创建时间,买家付款时间,交易成功时间,运费,订单实付金额,买家手机号,订单已退款金额";
  static final String YOUZAN_LINES = YOUZAN + ",商品编码,商品单价,商品数量,商品已退款金额";
  static final String TMALL_REPORT = "订单编号,支付单号,买家应付邮费,总金额,买家实付金额,订单创建时间,订单付款时间,退款金额";
  static final String TMALL_REFUNDS = "订单编号,退款编号,商品编码,退款完结时间,买家退款金额,退款状态";
  static final String SCANS = "销售日期,扫码销售时间,单品编码,销量(千克),销售单价(元/千克),销售类型,是否打折销售";

  private Platforms() {}

  static String file(String header, String... rows) {
    return header + "\n" + String.join("\n", rows) + "\n";
  }

  /** A sub-order; {@code paid} and {@code done} may be {@code -}. */
  static String douyin(
      String order, String line, String due, String state, String after, String paid, String done) {
    return String.join(
        ",",
        "\"\t" + order + "\"",
        "\"\t" + line + "\"",
        "1",
        "SKU-" + line,
        due,
        due,
        "0.00",
        "2026-01-05 09:00:00",
        done,
        paid,
        state,
        after);
  }

  static String douyinAfterSale(
      String id, String order, String line, String amount, String state, String at) {
    return String.join(",", id, "'" + order, "'" + line, amount, state, at, "", "");
  }

  /** A row of JD's export: order amounts repeat in each row of the order. */
  static String jd(
      String order,
      String sku,
      String price,
      String balance,
      String due,
      String state,
      String note,
      String paid,
      String done) {
    return String.join(
        ",",
        order,
        "15" + sku,
        "1",
        "2026-01-05 09:00:00",
        price,
        due,
        balance,
        due,
        state,
        "jd_pin_1",
        note,
        "0.00",
        paid,
        sku,
        done);
  }
}
