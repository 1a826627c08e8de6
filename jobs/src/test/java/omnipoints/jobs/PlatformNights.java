package omnipoints.jobs;

import static omnipoints.jobs.Platforms.douyin;
import static omnipoints.jobs.Platforms.douyinAfterSale;
import static omnipoints.jobs.Platforms.jd;

import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The same three nights on the other platforms: sub-orders that wait for a binding, after-sale
 * cases that open, end and pay back, a split, cancelled orders, orders whose lines come a night
 * later, partial refunds. Stage 0, 1, 2 is the end of the first, second, third night.
 */
final class PlatformNights {

  static final List<String> CHANNELS = List.of("douyin", "jd", "wechat_store", "youzan");

  private static final Charset UTF_8 = StandardCharsets.UTF_8;

  private PlatformNights() {}

  static List<Export> of(int stage) {
    var files = new ArrayList<Export>();
    files.add(
        new Export(
            "douyin/d1", "orders" + stage + ".csv", Platforms.DOUYIN, douyinOrders(stage), UTF_8));
    if (stage > 0)
      files.add(
          new Export(
              "douyin/d1",
              "after" + stage + ".csv",
              Platforms.DOUYIN_AFTER_SALES,
              douyinAfterSales(stage),
              UTF_8));
    files.add(
        new Export("jd/j1", "orders" + stage + ".csv", Platforms.JD, jdOrders(stage), Tmall.GBK));
    files.add(
        new Export(
            "wechat_store/w1",
            "orders" + stage + ".csv",
            Platforms.WECHAT,
            wechatOrders(stage),
            UTF_8));
    files.add(
        new Export(
            "youzan", "orders" + stage + ".csv", Platforms.YOUZAN, youzanOrders(stage), UTF_8));
    if (stage > 0)
      files.add(
          new Export(
              "youzan",
              "lines" + stage + ".csv",
              Platforms.YOUZAN_LINES,
              youzanLines(stage),
              UTF_8));
    files.add(
        new Export(
            "program",
            "platform-bindings" + stage + ".csv",
            "channel,order_no,platform_id,phone,card,unionid,bound_at",
            bindings(stage),
            UTF_8));
    return files;
  }

  private static String no(String prefix, int n) {
    return prefix + (n < 10 ? "0" : "") + n;
  }

  private static String yuan(long fen) {
    return BigDecimal.valueOf(fen, 2).toPlainString();
  }

  /** A moment of the last days of February, other for every n. */
  private static String paid(int n) {
    return "2026-02-" + (25 + n % 3) + " 1" + n % 10 + ":30:00";
  }

  private static List<List<String>> douyinOrders(int stage) {
    var orders = new ArrayList<List<String>>();
    for (int n = 0; n < 16; n++) {
      String order = no("69300000000000000", n);
      String paid = n % 8 == 7 && stage == 0 ? "-" : paid(n);
      boolean closed = n % 7 == 5 && stage > 0;
      boolean done = n % 4 == 0 || stage == 2;
      String state = paid.equals("-") ? "待支付" : closed ? "已关闭" : done ? "已完成" : "已发货";
      String doneAt =
          done && !closed && !paid.equals("-") ? "2026-02-28 1" + n % 10 + ":00:00" : "-";
      if (n == 2 && stage == 0) {
        orders.add(
            List.of(
                douyin(order, order + "1;" + order + "2", yuan(30000), state, "-", paid, doneAt)));
        continue;
      }
      var lines = new ArrayList<String>();
      for (int k = 0; k <= n % 3; k++) {
        boolean case0 = n % 5 == 3 && k == 0 && stage > 0;
        String after = closed ? "退款成功" : !case0 ? "-" : stage == 1 ? "售后待处理" : "退款成功";
        lines.add(
            douyin(
                order,
                order + (k + 1),
                yuan(n == 2 ? 10000 : 1999 + 137L * n * (k + 1)),
                state,
                after,
                paid,
                doneAt));
      }
      orders.add(lines);
    }
    return orders;
  }

  private static List<List<String>> douyinAfterSales(int stage) {
    var cases = new ArrayList<List<String>>();
    for (int n = 3; n < 16; n += 5) {
      String order = no("69300000000000000", n);
      String state = stage == 1 ? "待退货" : "同意退款，退款成功";
      String at = stage == 1 ? "" : "2026-03-03 1" + n % 10 + ":00:00";
      cases.add(
          List.of(
              douyinAfterSale(
                  "S" + n, order, order + "1", yuan(500 + n), state.replace("，", "、"), at),
              douyinAfterSale("S" + n + "b", order, order + "1", "1.00", "售后关闭", "")));
    }
    // a case whose order nobody has shown
    cases.add(
        List.of(
            douyinAfterSale(
                "S99",
                "6939999999999999999",
                "69399999999999999991",
                "9.99",
                "退款成功",
                "2026-03-02 08:00:00")));
    return cases;
  }

  private static List<List<String>> jdOrders(int stage) {
    var orders = new ArrayList<List<String>>();
    for (int n = 0; n < 10; n++) {
      String order = no("1172900000", n);
      String state = n == 6 && stage > 0 ? "已取消" : n % 3 == 0 ? "完成" : "等待出库";
      String done = state.equals("完成") ? "2026-02-28 20:00:00" : "";
      if (n == 4 && stage > 0) {
        orders.add(
            List.of(
                jd(
                    order,
                    "A",
                    "300.00",
                    "0",
                    "300.00",
                    "(删除)等待出库",
                    "订单拆分为  117290000041    117290000042",
                    paid(n),
                    "")));
        orders.add(List.of(jd("117290000041", "A", "100.00", "0", "100.00", "等待出库", "", "", "")));
        orders.add(
            List.of(jd("117290000042", "A", "200.00", "0", "200.00", "等待出库", "", paid(n), "")));
      } else if (n == 4) {
        orders.add(List.of(jd(order, "A", "300.00", "0", "300.00", state, "", paid(n), done)));
      } else {
        String due = yuan(25000 + 333L * n);
        orders.add(
            List.of(
                jd(order, "A", yuan(10000 + n), "12.34", due, state, "", paid(n), done),
                jd(order, "B" + n, yuan(9999), "12.34", due, state, "", paid(n), done)));
      }
    }
    return orders;
  }

  private static List<List<String>> wechatOrders(int stage) {
    var orders = new ArrayList<List<String>>();
    for (int n = 0; n < 8; n++) {
      boolean cancelled = n == 7;
      String head =
          no("37046000000000000", n)
              + ",2026-02-25 09:00:00,"
              + (n % 2 == 0 ? "2026-02-28 08:00:00,已完成" : cancelled ? ",已取消" : ",待收货")
              + (cancelled ? ",¥0.00,¥0.00,," : ",¥" + yuan(20500 + n) + ",¥5.00," + paid(n) + ",");
      var lines = new ArrayList<String>();
      for (int k = 0; k <= n % 2; k++) {
        String refunded = n % 3 == 0 && stage == 2 && !cancelled ? "33.33" : "0.00";
        lines.add(
            head + "P" + k + ",S-" + k + ",¥150.00,¥" + yuan(10000 + 100L * k) + ",1,¥" + refunded);
      }
      orders.add(lines);
    }
    return orders;
  }

  private static String youzanHead(int n, int stage) {
    boolean refunded = n % 3 == 1 && stage == 2;
    return String.join(
        ",",
        no("E20260225100000000000", n),
        "示例店",
        n % 2 == 0 ? "交易完成" : "已发货",
        "2026-02-25 09:00:00",
        paid(n),
        n % 2 == 0 ? "2026-02-28 09:00:00" : "",
        "6.00",
        yuan(10600 + n),
        n % 4 == 3 ? "138****0003" : "1380000000" + (1 + n % 3),
        refunded ? "40.00" : "0.00");
  }

  private static List<List<String>> youzanOrders(int stage) {
    var orders = new ArrayList<List<String>>();
    for (int n = 0; n < 8; n++) orders.add(List.of(youzanHead(n, stage)));
    return orders;
  }

  private static List<List<String>> youzanLines(int stage) {
    var orders = new ArrayList<List<String>>();
    for (int n = 0; n < 8; n += 2) {
      boolean refunded = n % 3 == 1 && stage == 2;
      orders.add(
          List.of(
              youzanHead(n, stage) + ",CAKE,70.00,1," + (refunded ? "40.00" : "0.00"),
              youzanHead(n, stage) + ",TEA,15.00,2,0.00"));
    }
    return orders;
  }

  private static List<List<String>> bindings(int stage) {
    return switch (stage) {
      case 0 ->
          List.of(
              List.of("douyin,6930000000000000000,,13800000021,,,2026-03-01 10:00:00"),
              List.of("wechat_store,3704600000000000000,,,C0001,,2026-03-01 10:00:00"));
      case 1 ->
          List.of(
              List.of("douyin,6930000000000000003,,13800000021,,,2026-03-02 10:00:00"),
              List.of("douyin,6930000000000000002,,13800000022,,,2026-03-02 10:00:00"),
              List.of("jd,,jd_pin_1,13800000003,,,2026-03-02 11:00:00"));
      default ->
          List.of(
              List.of("douyin,6930000000000000005,,13800000021,,,2026-03-03 10:00:00"),
              List.of("wechat_store,3704600000000000003,,13800000022,,,2026-03-03 10:00:00"));
    };
  }
}
