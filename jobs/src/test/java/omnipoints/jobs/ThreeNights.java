package omnipoints.jobs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Three nights of one installation with something of everything: two Tmall shops, tills with
 * returns, members that merge, rows that contradict each other, rejects, revisions, repeated files,
 * points that become available, are clawed back, owed and expire. Hold one day, validity two days.
 */
final class ThreeNights {

  static final String FIRST = "2026-03-01";
  static final String SECOND = "2026-03-02";
  static final String THIRD = "2026-03-03";

  private static final String TILL = "kh,dtime,spbm,sl,sj,je,spmc,jf,syjh,djh,gzbh,gzmc";
  private static final String MEMBER = "card,phone,birthday,join_date,home_shop";
  private static final String BINDING = "channel,order_no,platform_id,phone,card,unionid,bound_at";

  private ThreeNights() {}

  static TestHome home(java.nio.file.Path dir) {
    var more = new StringBuilder();
    for (String channel : PlatformNights.CHANNELS)
      more.append("  ").append(channel).append(": {}\n");
    return new TestHome(dir, more.toString())
        .settings("    shops: {s1: [旗舰店], s2: [旗舰店], s3: [旗舰店]}")
        .program("1", "2d");
  }

  /** A home whose first night is closed, with the files of the second in its inbox. */
  static TestHome beforeTheSecond(TestHome home) {
    of(FIRST).forEach(export -> export.dropInto(home));
    home.night(FIRST);
    of(SECOND).forEach(export -> export.dropInto(home));
    return home;
  }

  /** A home under rules that multiply: what they made of a line is a decision of its own. */
  static TestHome ruled(java.nio.file.Path dir) {
    return home(dir)
        .rules(
            """
            stack: {across: multiply, max_times: 3}
            variants: {key: spring, shares: {a: 1/2, b: 1/2}}
            rules:
            - {id: tmall, when: {channel: tmall}, times: 3/2}
            - {id: goods, when: {sku: SKU-A}, times: 2}
            - {id: away, when: {shop: {not: home_shop}}, times: 6/5}
            - {id: sundays, window: {weekdays: [SUN]}, times: 4/3}
            - {id: half, when: {variant: b}, times: 5/4}
            - {id: tier_rate, times_by: {tier: {silver: 6/5, gold: 3/2}}}
            tiers:
              cycle: rolling
              measure: {days: 2}
              levels:
              - {id: base}
              - {id: silver, enter: {paid_net_fen: {gte: 5000}}}
              - {id: gold, enter: {paid_net_fen: {gte: 20000}, any: [{points_earned: {gte: 100}}, {active_days: {gte: 2}}]}}
            """);
  }

  /** What arrives for a night, in no particular order. */
  static List<Export> of(String night) {
    int stage = List.of(FIRST, SECOND, THIRD).indexOf(night);
    var files =
        new ArrayList<Export>(
            switch (stage) {
              case 0 -> first();
              case 1 -> second();
              default -> third();
            });
    files.addAll(PlatformNights.of(stage));
    if (stage > 0) files.add(refunds(stage));
    return files;
  }

  /** Refund documents of what the order lists of a stage say was refunded. */
  private static Export refunds(int stage) {
    var rows = new ArrayList<List<String>>();
    orders(stage == 1 ? SECOND : THIRD)
        .forEach(
            (n, order) -> {
              if (order.refunded() == 0 || n % 2 == 1) return;
              String amount = java.math.BigDecimal.valueOf(order.refunded(), 2).toPlainString();
              rows.add(List.of(order.no() + ",R" + order.no() + stage + ",,," + amount + ",退款成功"));
            });
    return new Export(
        "tmall/s1", "refunds" + stage + ".csv", Platforms.TMALL_REFUNDS, rows, Tmall.GBK);
  }

  private static List<Export> first() {
    Map<Integer, Tmall.Order> orders = orders(FIRST);
    return List.of(
        orderList("s1", "ExportOrderList1.csv", orders, n -> n < 36),
        lineList("s1", "ExportItemList1.csv", orders, n -> n < 36 && n != 10),
        orderList("s2", "ExportOrderList1.csv", orders(FIRST), n -> n % 7 == 1),
        lineList("s2", "ExportItemList1.csv", orders(FIRST), n -> n % 7 == 1),
        new Export(
            "pos/p1",
            "sales0301.csv",
            TILL,
            List.of(
                List.of(
                    till("C0001", "2026-02-28 10:00:00", "SKU-A", 1, 9990, 99, "0001"),
                    till("C0001", "2026-02-28 10:00:00", "SKU-A", 1, 9990, 99, "0001"),
                    till("C0001", "2026-02-28 10:00:00", "SKU-B", 2, 5050, 101, "0001")),
                List.of(till("C0002", "2026-02-28 11:30:00", "SKU-A", 1, 9990, 98, "0002")),
                List.of(till("C0003", "2026-03-01 12:00:00", "SKU-C", 3, 7700, 231, "0003")),
                List.of(till("", "2026-03-01 12:05:00", "SKU-C", 1, 7700, 0, "0004")),
                List.of(till("C0004", "2026-03-01 18:00:00", "SKU-D", 1, 123456, 1234, "0005"))),
            StandardCharsets.UTF_8),
        new Export(
            "program",
            "members.csv",
            MEMBER,
            rows(
                "C0001,13800000001,1990-02-28,2020-01-01,p1",
                "C0002,13800000002,,2021-05-05,p1",
                "C0005,,1985-12-31,2022-02-02,"),
            StandardCharsets.UTF_8),
        new Export(
            "program",
            "bindings1.csv",
            BINDING,
            rows("tmall,,买家1,13800000011,,,2026-03-01 09:00:00"),
            StandardCharsets.UTF_8));
  }

  private static List<Export> second() {
    Map<Integer, Tmall.Order> orders = orders(SECOND);
    Export damaged =
        new Export(
            "tmall/s1",
            "ExportOrderList2b.csv",
            Tmall.ORDERS,
            List.of(
                List.of(row(orders.get(3)).replace("交易关闭", "奇怪的状态")),
                List.of(
                    Tmall.completed(
                        "6.91793E+18",
                        "买家1",
                        "10.00",
                        "0.00",
                        1,
                        "2026-03-01 10:00:00",
                        "2026-03-02 09:00:00")),
                List.of(
                    Tmall.completed(
                        "20260302999",
                        "买家9",
                        "10.00",
                        "0.00",
                        1,
                        "2026-03-01 10:00:00",
                        "2026-03-02 09:00:00"),
                    Tmall.completed(
                        "20260302999",
                        "买家9",
                        "11.00",
                        "0.00",
                        1,
                        "2026-03-01 10:00:00",
                        "2026-03-02 09:00:00"))),
            Tmall.GBK);
    return List.of(
        orderList("s1", "ExportOrderList1.csv", orders, n -> n % 2 == 0),
        orderList("s1", "ExportOrderList2a.csv", orders, n -> n % 2 == 1 && n != 3),
        damaged,
        lineList("s1", "ExportItemList2.csv", orders, n -> true),
        orderList("s2", "again.csv", orders(FIRST), n -> n % 7 == 1),
        new Export("tmall/s2", "notes.csv", "日期,备注", rows("2026-03-02,盘点"), Tmall.GBK),
        new Export(
            "pos/p1",
            "sales0302.csv",
            TILL,
            List.of(
                List.of(till("C0001", "2026-03-02 10:00:00", "SKU-A", -1, 9990, -99, "0101")),
                List.of(till("C0001", "2026-03-02 10:30:00", "SKU-B", -1, 2020, -20, "0102")),
                List.of(till("C0003", "2026-03-02 11:00:00", "SKU-Z", -1, 30000, -300, "0103")),
                List.of(till("C0006", "2026-03-02 11:10:00", "SKU-Z", -1, 4500, -45, "0104")),
                List.of(till("", "2026-03-02 11:30:00", "SKU-A", -1, 9990, 0, "0105")),
                List.of(
                    till("C0004", "2026-03-02 12:00:00", "SKU-D", -1, 23400, -234, "0106"),
                    till("C0004", "2026-03-02 12:00:00", "SKU-E", 1, 80000, 800, "0106")),
                List.of(till("C0007", "2026-03-02 19:00:00", "SKU-A", 1, 9990, 99, "0107")),
                List.of(till("C0007", "2026-03-03 00:00:00", "SKU-A", 1, 19990, 199, "0108")),
                List.of(till("C0007", "1.3.2026", "SKU-A", 1, 19990, 199, "0109"))),
            StandardCharsets.UTF_8),
        new Export(
            "program",
            "bindings2.csv",
            BINDING,
            rows(
                "tmall,,买家2,,C0002,,2026-03-02 10:00:00",
                "tmall,20260301007,,13800000012,,,2026-03-02 11:00:00",
                "tmall,,买家1,13800000001,,,2026-03-02 12:00:00",
                "tmall,20260309999,,13800000013,,,2026-03-02 12:30:00",
                "tmall,,买家4,,C0004,,2026-03-03 10:00:00"),
            StandardCharsets.UTF_8));
  }

  private static List<Export> third() {
    Map<Integer, Tmall.Order> orders = orders(THIRD);
    return List.of(
        orderList("s1", "ExportOrderList3.csv", orders, n -> n % 4 != 1),
        lineList("s1", "ExportItemList3.csv", orders, n -> n % 4 != 1),
        new Export(
            "pos/p1",
            "sales0303.csv",
            TILL,
            List.of(
                List.of(till("C0001", "2026-03-03 10:00:00", "SKU-A", -1, 9990, -99, "0201")),
                List.of(till("C0003", "2026-03-03 11:00:00", "SKU-F", 1, 55500, 555, "0202"))),
            StandardCharsets.UTF_8));
  }

  /** The 36 orders of a shop as they stand at the end of a night. */
  static Map<Integer, Tmall.Order> orders(String night) {
    int stage = List.of(FIRST, SECOND, THIRD).indexOf(night);
    var orders = new TreeMap<Integer, Tmall.Order>();
    for (int n = 0; n < 36; n++) orders.put(n, order(n, stage));
    return orders;
  }

  private static Tmall.Order order(int n, int stage) {
    String no = "202603010" + (n < 10 ? "0" : "") + n;
    String nick = n % 9 == 7 ? "买**7" : "买家" + n % 13;
    Tmall.Order made = Tmall.Order.unpaid(no, nick, n % 3 == 0 ? 800 : 0, lines(n, no));
    Tmall.Order paid = made.paid("2026-02-" + (26 + n % 3) + " 1" + n % 10 + ":00:00");
    Tmall.Order now =
        switch (n % 6) {
          case 0 -> paid.completed("2026-02-28 20:00:00");
          case 1 -> paid.completed("2026-03-01 09:30:00");
          case 2 -> stage == 0 ? paid.shipped() : paid.completed("2026-03-02 07:00:00");
          case 3 -> stage == 0 ? paid : paid.closed();
          case 4 ->
              stage == 0
                  ? paid.completed("2026-02-28 08:00:00")
                  : refunded(paid.completed("2026-02-28 08:00:00"), stage);
          default -> stage == 0 ? made : paid(made, n);
        };
    if (n == 12) now = now.after(0, stage == 0 ? "买家已经申请退款，等待卖家同意" : "退款关闭", 0);
    if (n == 18 && stage == 2) now = now.refunded(now.gross());
    return now;
  }

  private static Tmall.Order paid(Tmall.Order made, int n) {
    return made.paid(n == 17 ? "2026-03-03 09:00:00" : "2026-03-02 1" + n % 10 + ":15:00");
  }

  private static Tmall.Order refunded(Tmall.Order order, int stage) {
    Tmall.Line line = order.lines().get(0);
    if (!line.id().isEmpty()) return order.after(0, "退款成功", line.due()).refunded(line.due());
    return order.refunded(stage == 1 ? order.goods() / 3 : order.goods() / 2);
  }

  private static Tmall.Line[] lines(int n, String no) {
    var lines = new ArrayList<Tmall.Line>();
    boolean keyed = n % 4 != 3 && n % 5 != 4;
    for (int k = 0; k <= n % 3; k++) {
      lines.add(
          Tmall.Line.of(
              keyed ? no + k : "", keyed ? "SKU" + k : "SKU", 1999 + 101L * n, 1 + k % 2));
    }
    return lines.toArray(Tmall.Line[]::new);
  }

  private interface Chosen {
    boolean is(int n);
  }

  private static Export orderList(
      String shop, String name, Map<Integer, Tmall.Order> orders, Chosen chosen) {
    return export(shop, name, Tmall.ORDERS, orders, chosen, order -> List.of(row(order)));
  }

  private static Export lineList(
      String shop, String name, Map<Integer, Tmall.Order> orders, Chosen chosen) {
    return export(shop, name, Tmall.LINES, orders, chosen, Tmall.Order::lineRows);
  }

  private static Export export(
      String shop,
      String name,
      String header,
      Map<Integer, Tmall.Order> orders,
      Chosen chosen,
      java.util.function.Function<Tmall.Order, List<String>> rows) {
    var chosenRows = new ArrayList<List<String>>();
    orders.forEach(
        (n, order) -> {
          if (chosen.is(n)) chosenRows.add(numbered(shop, rows.apply(order)));
        });
    return new Export("tmall/" + shop, name, header, chosenRows, Tmall.GBK);
  }

  /** Of a platform no two shops have an order of one number: those of s2 have their own. */
  private static List<String> numbered(String shop, List<String> rows) {
    if (!shop.equals("s2")) return rows;
    return rows.stream().map(row -> row.replace("202603010", "202603080")).toList();
  }

  private static String row(Tmall.Order order) {
    return order.row();
  }

  private static List<List<String>> rows(String... rows) {
    return java.util.Arrays.stream(rows).map(List::of).toList();
  }

  private static String till(
      String card, String at, String sku, int qty, long fen, int points, String receipt) {
    String amount = java.math.BigDecimal.valueOf(qty < 0 ? -fen : fen, 2).toPlainString();
    String price = java.math.BigDecimal.valueOf(fen / Math.abs(qty), 2).toPlainString();
    return String.join(
        ",",
        card,
        at,
        sku,
        String.valueOf(qty),
        price,
        amount,
        "商品",
        String.valueOf(points),
        "03",
        receipt,
        "G1",
        "女装");
  }
}
