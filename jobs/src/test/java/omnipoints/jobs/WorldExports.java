package omnipoints.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import omnipoints.routes.simulator.World;
import omnipoints.routes.simulator.World.Line;
import omnipoints.routes.simulator.World.Order;
import omnipoints.routes.simulator.World.Refund;
import omnipoints.routes.simulator.World.State;

/**
 * The export files of a world's orders, as each platform writes them. Those of the WeChat Store and
 * Youzan tell what went back, not when; JD's do not tell it at all, so that a file of the shop's
 * own does. No export of Vipshop's is known: its files are of the kind that a shop has completed
 * the template for.
 */
final class WorldExports {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(TestHome.ZONE);

  private WorldExports() {}

  /** Binds every order to the card of its buyer. */
  static String binding(String channel, World world) {
    StringBuilder rows =
        new StringBuilder("channel,order_no,platform_id,phone,card,unionid,bound_at\n");
    for (Order order : world.orders())
      rows.append(channel)
          .append(',')
          .append(order.number())
          .append(String.format(",,,C%05d,,2026-06-01 00:00:00%n", order.buyer()));
    return rows.toString();
  }

  /** Files of all orders of a shop, by name. */
  static Map<String, String> of(String channel, World world) {
    return switch (channel) {
      case "douyin" -> Map.of("orders.csv", douyin(world), "after_sales.csv", afterSales(world));
      case "wechat_store" ->
          Map.of(
              "orders.csv",
              wechatStore(world, false),
              "refunds.csv",
              ownRefunds(world, "MERCHANT_REFUND_SUCCESS"));
      case "youzan" ->
          Map.of("lines.csv", youzan(world, false), "refunds.csv", ownRefunds(world, "SUCCESS/2"));
      case "tmall" ->
          Map.of(
              "orders.csv", tmall(world), "lines.csv", items(world), "refunds.csv", refunds(world));
      case "jd" -> Map.of("orders.csv", jd(world), "refunds.csv", ownRefunds(world, "13"));
      case "vipshop" -> Map.of("orders.csv", vipshop(world));
      default -> throw new IllegalArgumentException(channel);
    };
  }

  /** The order exports of the two whose exports can tell what went back, with those amounts. */
  static Map<String, String> tellingRefunds(String channel, World world) {
    return switch (channel) {
      case "wechat_store" -> Map.of("orders.csv", wechatStore(world, true));
      case "youzan" -> Map.of("lines.csv", youzan(world, true));
      default -> throw new IllegalArgumentException(channel);
    };
  }

  private static String douyin(World world) {
    Map<State, String> states =
        Map.of(
            State.UNPAID, "待支付",
            State.PAID, "待发货",
            State.SHIPPED, "已发货",
            State.COMPLETED, "已完成",
            State.CANCELLED, "已关闭");
    StringBuilder rows =
        new StringBuilder(
            "主订单编号,子订单编号,商品数量,商品ID,商家编码,商品单价,订单应付金额,运费,订单提交时间,支付完成时间,订单完成时间,订单状态,售后状态\n");
    for (Order order : world.orders())
      for (Line line : order.lines()) {
        Refund refund = order.refundOrNull();
        boolean back = refund != null && refund.line().equals(line.id());
        row(
            rows,
            order.number(),
            line.id(),
            line.qty(),
            1,
            line.sku(),
            yuan(line.priceFen()),
            yuan(line.dueFen()),
            "0.00",
            time(order.createdAt(), "-"),
            time(order.paidAt(), "-"),
            time(order.completedAt(), "-"),
            states.get(order.state()),
            back ? "退款成功" : "-");
      }
    return rows.toString();
  }

  private static String afterSales(World world) {
    StringBuilder rows = new StringBuilder("售后单号,订单号,商品单号,商家编码,退商品金额（元）,售后状态,商家退款时间,用户到账时间\n");
    for (Order order : world.orders()) {
      Refund refund = order.refundOrNull();
      if (refund == null) continue;
      row(
          rows,
          refund.id(),
          order.number(),
          refund.line(),
          "",
          yuan(refund.fen()),
          "同意退款，退款成功",
          "-",
          time(refund.at(), "-"));
    }
    return rows.toString();
  }

  private static String wechatStore(World world, boolean refunds) {
    Map<State, String> states =
        Map.of(
            State.UNPAID, "待付款",
            State.PAID, "待发货",
            State.SHIPPED, "待收货",
            State.COMPLETED, "已完成",
            State.CANCELLED, "已取消");
    StringBuilder rows =
        new StringBuilder(
            "订单号,订单下单时间,订单确认收货时间,订单状态,订单实际支付金额,订单运费,支付时间,商品编码(平台),商品编码(自定义),SKU编码(自定义),商品价格(单件),商品实际价格(总共),商品数量,商品已退款金额\n");
    for (Order order : world.orders())
      for (Line line : order.lines())
        row(
            rows,
            order.number(),
            time(order.createdAt(), ""),
            time(order.completedAt(), ""),
            states.get(order.state()),
            yuan(order.dueFen()),
            "0.00",
            time(order.paidAt(), ""),
            1,
            "",
            line.sku(),
            yuan(line.priceFen()),
            yuan(line.dueFen()),
            line.qty(),
            yuan(refunds ? refunded(order, line) : 0));
    return rows.toString();
  }

  private static String youzan(World world, boolean refunds) {
    Map<State, String> states =
        Map.of(
            State.UNPAID, "待付款",
            State.PAID, "待发货",
            State.SHIPPED, "已发货",
            State.COMPLETED, "交易完成",
            State.CANCELLED, "交易关闭");
    StringBuilder rows =
        new StringBuilder(
            "订单号,归属店铺,订单状态,订单创建时间,买家付款时间,交易成功时间,运费,订单实付金额,买家手机号,订单已退款金额,商品编码,商品单价,商品数量,商品已退款金额\n");
    for (Order order : world.orders())
      for (Line line : order.lines())
        row(
            rows,
            order.number(),
            "示例店",
            states.get(order.state()),
            time(order.createdAt(), ""),
            time(order.paidAt(), ""),
            time(order.completedAt(), ""),
            "0.00",
            yuan(order.dueFen()),
            "138****0000",
            yuan(refunds && order.refundOrNull() != null ? order.refundOrNull().fen() : 0),
            line.sku(),
            yuan(line.priceFen()),
            line.qty(),
            "");
    return rows.toString();
  }

  private static String tmall(World world) {
    StringBuilder rows =
        new StringBuilder("订单编号,买家会员名,总金额,买家应付邮费,买家实际支付金额,订单状态,订单创建时间,订单付款时间,宝贝总数量,退款金额,确认收货时间\n");
    for (Order order : world.orders()) {
      long back = order.refundOrNull() == null ? 0 : order.refundOrNull().fen();
      row(
          rows,
          order.number(),
          "示**",
          yuan(order.dueFen()),
          "0.00",
          yuan(order.paidAt() == null ? 0 : order.dueFen() - back),
          TMALL.get(order.state()),
          time(order.createdAt(), ""),
          time(order.paidAt(), ""),
          order.lines().stream().mapToInt(Line::qty).sum(),
          yuan(back),
          time(order.completedAt(), ""));
    }
    return rows.toString();
  }

  private static final Map<State, String> TMALL =
      Map.of(
          State.UNPAID, "等待买家付款",
          State.PAID, "买家已付款，等待卖家发货",
          State.SHIPPED, "卖家已发货，等待买家确认",
          State.COMPLETED, "交易成功",
          State.CANCELLED, "交易关闭");

  private static String items(World world) {
    StringBuilder rows = new StringBuilder("子订单编号,主订单编号,价格,购买数量,商家编码,订单状态,退款状态,买家应付货款\n");
    for (Order order : world.orders())
      for (Line line : order.lines()) {
        Refund refund = order.refundOrNull();
        boolean back = refund != null && refund.line().equals(line.id());
        row(
            rows,
            line.id(),
            order.number(),
            yuan(line.priceFen()),
            line.qty(),
            line.sku(),
            TMALL.get(order.state()),
            back ? "退款成功" : "没有申请退款",
            yuan(line.dueFen()));
      }
    return rows.toString();
  }

  private static String refunds(World world) {
    StringBuilder rows = new StringBuilder("退款编号,订单编号,退款状态,买家退款金额,退款完结时间\n");
    for (Order order : world.orders()) {
      Refund refund = order.refundOrNull();
      if (refund != null)
        row(rows, refund.id(), order.number(), "退款成功", yuan(refund.fen()), time(refund.at(), ""));
    }
    return rows.toString();
  }

  private static String jd(World world) {
    Map<State, String> states =
        Map.of(
            State.UNPAID, "等待付款",
            State.PAID, "等待出库",
            State.SHIPPED, "等待确认收货",
            State.COMPLETED, "已完成",
            State.CANCELLED, "已取消");
    StringBuilder rows = new StringBuilder("订单号,商品ID,订购数量,下单时间,京东价,应付金额,订单状态,付款确认时间,订单完成时间,商家备注\n");
    for (Order order : world.orders())
      for (Line line : order.lines())
        row(
            rows,
            order.number(),
            line.sku(),
            line.qty(),
            time(order.createdAt(), ""),
            yuan(line.priceFen()),
            yuan(order.dueFen()),
            states.get(order.state()),
            time(order.paidAt(), ""),
            time(order.completedAt(), ""),
            "");
    return rows.toString();
  }

  /** Gives a home the mapping that reads these files, where no shipped one does. */
  static void mapping(TestHome home, String channel) {
    String more =
        switch (channel) {
          case "vipshop" -> VIPSHOP_ORDERS;
          case "jd", "youzan" -> OWN_REFUNDS.formatted("api_refund");
          case "wechat_store" -> OWN_REFUNDS.formatted("api_after_sale");
          default -> "";
        };
    if (more.isEmpty()) return;
    try {
      Path shipped = Path.of("../mappings/channels/" + channel + ".yaml");
      home.write("mappings/" + channel + ".yaml", Files.readString(shipped) + more);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** After-sales as a shop writes them down by itself, under the platform's own numbers. */
  private static final String OWN_REFUNDS =
      """

        refunds_of_the_shop:
          grain: refund
          fields:
            refund: {column: 售后单号, type: id, required: value}
            order: {column: 订单号, type: id, required: value}
            state: {column: 状态, type: status, vocabulary: %s, required: value}
            amount: {column: 退款金额, type: money, required: value}
            at: {column: 退款时间, type: datetime}
      """;

  /** Files of Vipshop of the kind that a shop has completed the template for. */
  private static final String VIPSHOP_ORDERS =
      """

            orders:
              grain: order_line
              closed_is_refunded: true
              fields:
                order: {column: 订单号, type: id, required: value}
                state: {column: 状态, type: status, vocabulary: api_order_state, required: value}
                created_at: {column: 下单时间, type: datetime, required: value}
                paid_at: {column: 下单时间, type: datetime, required: value}
                gross: {column: 实付, type: money, required: value}
                sku: {column: 条形码, type: code}
                qty: {column: 数量, type: number, required: value}
                price: {column: 售价, type: money, required: value}
          """;

  private static String ownRefunds(World world, String state) {
    StringBuilder rows = new StringBuilder("售后单号,订单号,状态,退款金额,退款时间\n");
    for (Order order : world.orders()) {
      Refund refund = order.refundOrNull();
      if (refund != null)
        row(rows, refund.id(), order.number(), state, yuan(refund.fen()), time(refund.at(), ""));
    }
    return rows.toString();
  }

  private static String vipshop(World world) {
    Map<State, String> states =
        Map.of(
            State.UNPAID, "0",
            State.PAID, "10",
            State.SHIPPED, "22",
            State.COMPLETED, "60",
            State.CANCELLED, "97");
    StringBuilder rows = new StringBuilder("订单号,状态,下单时间,实付,条形码,数量,售价\n");
    for (Order order : world.orders())
      for (Line line : order.lines())
        row(
            rows,
            order.number(),
            states.get(order.state()),
            time(order.createdAt(), ""),
            yuan(order.dueFen()),
            line.sku(),
            line.qty(),
            yuan(line.priceFen()));
    return rows.toString();
  }

  private static long refunded(Order order, Line line) {
    Refund refund = order.refundOrNull();
    return refund != null && refund.line().equals(line.id()) ? refund.fen() : 0;
  }

  private static void row(StringBuilder rows, Object... cells) {
    for (int i = 0; i < cells.length; i++) rows.append(i == 0 ? "" : ",").append(cells[i]);
    rows.append('\n');
  }

  private static String yuan(long fen) {
    return String.format("%d.%02d", fen / 100, fen % 100);
  }

  private static String time(Instant at, String otherwise) {
    return at == null ? otherwise : TIME.format(at);
  }
}
