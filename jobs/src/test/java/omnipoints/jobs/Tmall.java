package omnipoints.jobs;

import java.nio.charset.Charset;

/** Small Tmall exports of the 2020+ generation, with the columns that matter. */
final class Tmall {

  static final Charset GBK = Charset.forName("GB18030");
  private static final String ORDERS =
      "订单编号,买家会员名,买家应付邮费,总金额,买家实际支付金额,订单状态,订单创建时间,订单付款时间 ,宝贝总数量,店铺名称,退款金额,确认收货时间\n";
  private static final String LINES =
      "子订单编号,主订单编号,标题,价格,购买数量,外部系统编号,订单状态,商家编码,买家应付货款,买家实际支付金额,退款状态,退款金额\n";

  private Tmall() {}

  static String orders(String... rows) {
    return ORDERS + String.join("\n", rows) + "\n";
  }

  static String lines(String... rows) {
    return LINES + String.join("\n", rows) + "\n";
  }

  /** A paid and completed order of one buyer; amounts in yuan, freight 0. */
  static String completed(String order, String nick, String total, String refunded, int items, String paid, String done) {
    String net = new java.math.BigDecimal(total).subtract(new java.math.BigDecimal(refunded)).toPlainString();
    return "=\"" + order + "\"," + nick + ",0.00," + total + "," + net + ",交易成功," + paid + "," + paid + "," + items
        + ",旗舰店," + refunded + "," + done;
  }

  static String line(String line, String order, String sku, String price, int qty, String due, String refund) {
    String state = refund.equals("0") ? "没有申请退款" : "退款成功";
    return line + "," + order + ",商品," + price + "," + qty + "," + sku + ",交易成功," + sku + "," + due + "," + due + ","
        + state + "," + refund;
  }
}
