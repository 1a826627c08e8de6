package omnipoints.jobs;

import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/** Small Tmall exports of the 2020+ generation, with the columns that matter. */
final class Tmall {

  static final Charset GBK = Charset.forName("GB18030");
  static final String ORDERS =
      "订单编号,买家会员名,买家应付邮费,总金额,买家实际支付金额,订单状态,订单创建时间,订单付款时间 ,宝贝总数量,店铺名称,退款金额,确认收货时间";
  static final String LINES = "子订单编号,主订单编号,标题,价格,购买数量,外部系统编号,订单状态,商家编码,买家应付货款,买家实际支付金额,退款状态,退款金额";

  private Tmall() {}

  static String orders(String... rows) {
    return ORDERS + "\n" + String.join("\n", rows) + "\n";
  }

  static String lines(String... rows) {
    return LINES + "\n" + String.join("\n", rows) + "\n";
  }

  /** A paid and completed order of one buyer; amounts in yuan, freight 0. */
  static String completed(
      String order,
      String nick,
      String total,
      String refunded,
      int items,
      String paid,
      String done) {
    String net = new BigDecimal(total).subtract(new BigDecimal(refunded)).toPlainString();
    return "=\"" + order + "\"," + nick + ",0.00," + total + "," + net + ",交易成功," + paid + ","
        + paid + "," + items + ",旗舰店," + refunded + "," + done;
  }

  static String line(
      String line, String order, String sku, String price, int qty, String due, String refund) {
    String state = refund.equals("0") ? "没有申请退款" : "退款成功";
    return line + "," + order + ",商品," + price + "," + qty + "," + sku + ",交易成功," + sku + "," + due
        + "," + due + "," + state + "," + refund;
  }

  /** One order as it stands at some moment; every change gives another value. Amounts in fen. */
  record Order(
      String no,
      String nick,
      long freight,
      List<Line> lines,
      String state,
      String paid,
      String done,
      long refunded) {

    static Order unpaid(String no, String nick, long freight, Line... lines) {
      return new Order(no, nick, freight, List.of(lines), "等待买家付款", "", "", 0);
    }

    Order paid(String at) {
      return new Order(no, nick, freight, lines, "买家已付款，等待卖家发货", at, "", refunded);
    }

    Order shipped() {
      return new Order(no, nick, freight, lines, "卖家已发货，等待买家确认", paid, "", refunded);
    }

    Order completed(String at) {
      return new Order(no, nick, freight, lines, "交易成功", paid, at, refunded);
    }

    Order closed() {
      return new Order(no, nick, freight, lines, "交易关闭", paid, done, paid.isEmpty() ? 0 : gross());
    }

    Order refunded(long fen) {
      return new Order(no, nick, freight, lines, state, paid, done, fen);
    }

    /** The same with the after-sale state of one line changed. */
    Order after(int line, String state, long fen) {
      var changed = new ArrayList<>(lines);
      changed.set(line, lines.get(line).after(state, fen));
      return new Order(no, nick, freight, List.copyOf(changed), this.state, paid, done, refunded);
    }

    long goods() {
      return lines.stream().mapToLong(Line::due).sum();
    }

    long gross() {
      return goods() + freight;
    }

    String row() {
      long items = lines.stream().mapToLong(Line::qty).sum();
      long net = paid.isEmpty() ? 0 : gross() - refunded;
      return String.join(
          ",",
          "=\"" + no + "\"",
          nick,
          yuan(freight),
          yuan(gross()),
          yuan(net),
          state,
          "2026-02-26 08:00:00",
          paid,
          String.valueOf(items),
          "旗舰店",
          yuan(refunded),
          done);
    }

    List<String> lineRows() {
      return lines.stream().map(line -> line.row(no, state)).toList();
    }
  }

  /** A line; an id of "" leaves the key to be generated. */
  record Line(String id, String sku, long price, long qty, String refundState, long refunded) {

    static Line of(String id, String sku, long price, long qty) {
      return new Line(id, sku, price, qty, "没有申请退款", 0);
    }

    Line after(String state, long fen) {
      return new Line(id, sku, price, qty, state, fen);
    }

    long due() {
      return price * qty;
    }

    String row(String order, String orderState) {
      return String.join(
          ",",
          id,
          "=\"" + order + "\"",
          "商品",
          yuan(price),
          String.valueOf(qty),
          sku,
          orderState,
          sku,
          yuan(due()),
          yuan(due()),
          refundState,
          yuan(refunded));
    }
  }

  private static String yuan(long fen) {
    return BigDecimal.valueOf(fen, 2).toPlainString();
  }
}
