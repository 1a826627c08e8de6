package omnipoints.bench;

import java.nio.file.Path;
import java.time.LocalDate;
import omnipoints.bench.Bought.Item;
import omnipoints.bench.Bought.Shown;

/** Writes what the shops of the {@link World} export in a night, in the columns of real exports. */
final class Exports {

  static final String SHOP = "BLOOM";

  private static final String TMALL_ORDERS =
      "订单编号,买家会员名,买家会员昵称,支付单号,支付详情,买家应付货款,买家应付邮费,买家支付积分,总金额,返点积分,"
          + "买家实际支付金额,买家实际支付积分,订单状态,买家留言,收货人姓名,收货地址,运送方式,联系电话,联系手机,"
          + "虚拟号过期时间,订单创建时间,订单付款时间,宝贝标题,宝贝种类,物流单号,物流公司,订单备注,宝贝总数量,店铺Id,"
          + "店铺名称,订单关闭原因,卖家服务费,买家服务费,发票抬头,是否手机订单,分阶段订单信息,特权订金订单id,"
          + "是否上传合同照片,是否上传小票,是否代付,定金排名,修改后的sku,修改后的收货地址,异常信息,天猫卡券抵扣,"
          + "集分宝抵扣,是否是O2O交易,满返红包金额,新零售交易类型,退款金额,预约门店,确认收货时间,打款商家金额,主订单编号";
  private static final String TMALL_LINES =
      "子订单编号,主订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,订单状态,商家编码,支付单号,"
          + "买家应付货款,买家实际支付金额,退款状态,退款金额,订单创建时间,订单付款时间";
  private static final String TILL = "kh,dtime,spbm,sl,sj,je,spmc,jf,syjh,djh,gzbh,gzmc";
  private static final String DOUYIN =
      "主订单编号,子订单编号,选购商品,商品规格,商品数量,商品ID,商家编码,商品单价,订单应付金额,运费,优惠总金额,平台优惠,"
          + "商家优惠,达人优惠,商家改价,支付优惠,红包抵扣,支付方式,手续费,收件人,收件人手机号,省,市,区,街道,详细地址,"
          + "是否修改过地址,地址修改时段,买家留言,订单提交时间,旗帜颜色,商家备注,订单完成时间,支付完成时间,APP渠道,"
          + "流量来源,订单状态,承诺发货时间,订单类型,鲁班落地页ID,达人ID,达人昵称,所属门店ID,售后状态,取消原因";
  private static final String BINDINGS = "channel,order_no,platform_id,phone,card,unionid,bound_at";
  private static final String[] GOODS = {
    "保湿修护精华液", "氨基酸洁面乳", "清透防晒霜", "玻尿酸面膜礼盒", "植物洗发水", "男士控油套装", "婴儿润肤乳", "维C亮肤水"
  };
  private static final String[] FORMS = {
    "30ml", "50ml*2", "100g", "5片/盒", "500ml", "三件套", "200ml", "150ml;标准装"
  };

  /** What a night's files hold. Rows count repetitions, orders do not. */
  record Written(
      long orders,
      long knownOrders,
      long lineRows,
      long tillRows,
      long douyinRows,
      long bindings,
      long bytes) {

    private Written withBytes(Night files) {
      long sum = 0;
      for (Path file : files.all()) sum += file.toFile().length();
      return new Written(orders, knownOrders, lineRows, tillRows, douyinRows, bindings, sum);
    }
  }

  private final World world;
  private final boolean receiptsTellPoints;

  Exports(World world) {
    this(world, true);
  }

  /**
   * @param receiptsTellPoints what a till prints for a line, by the base rate, as it knows no other
   */
  Exports(World world, boolean receiptsTellPoints) {
    this.world = world;
    this.receiptsTellPoints = receiptsTellPoints;
  }

  /** The files of a night, below a folder. */
  record Night(Path tmallOrders, Path tmallLines, Path till, Path douyin, Path bindings) {

    static Night in(Path folder, LocalDate date) {
      return new Night(
          folder.resolve("tmall/" + SHOP + "/ExportOrderList" + date + ".csv"),
          folder.resolve("tmall/" + SHOP + "/ExportItemList" + date + ".csv"),
          folder.resolve("pos/" + SHOP + "/sales_" + date + ".csv"),
          folder.resolve("douyin/" + SHOP + "/orders_" + date + ".csv"),
          folder.resolve("program/bindings_" + date + ".csv"));
    }

    Path[] all() {
      return new Path[] {tmallOrders, tmallLines, till, douyin, bindings};
    }
  }

  Written write(int night, Path folder) {
    Night files = Night.in(folder, world.sizes.date(night));
    long[] orders = new long[2];
    Written written;
    try (var orderList = new CsvFile(files.tmallOrders(), TMALL_ORDERS);
        var lineList = new CsvFile(files.tmallLines(), TMALL_LINES);
        var till = new CsvFile(files.till(), TILL);
        var douyin = new CsvFile(files.douyin(), DOUYIN);
        var bindings = new CsvFile(files.bindings(), BINDINGS)) {
      world.tmallOf(
          night,
          shown -> {
            orders[0]++;
            if (shown.order().night() < world.sizes.shownFirstBy(night)) orders[1]++;
            orderRow(shown, night, orderList);
            for (int k = 0; k < shown.order().items().size(); k++)
              lineRow(shown, k, night, lineList);
          });
      world.tillOf(night, scan -> tillRow(scan, till));
      world.douyinOf(night, order -> douyinRows(order, douyin));
      world.bindingsOf(night, binding -> bindingRow(binding, bindings));
      written =
          new Written(
              orders[0], orders[1], lineList.rows, till.rows, douyin.rows, bindings.rows, 0);
    }
    return written.withBytes(files);
  }

  private static void orderRow(Shown shown, int night, CsvFile to) {
    Bought order = shown.order();
    long draw = order.draw();
    to.guarded(order.number()).cell(World.nick(order.buyer())).cell("");
    to.cell("2026" + order.number().substring(0, 16))
        .cell("")
        .yuan(order.goods() - order.discount());
    to.yuan(order.freight())
        .cell(0)
        .yuan(order.gross())
        .cell(0)
        .yuan(order.gross() - shown.refunded());
    to.cell(0).cell(shown.completed() ? "交易成功" : "买家已付款，等待卖家发货");
    to.cell(Draw.happens(draw, 60, 50) ? "\"请尽快发货,谢谢 \"\"急\"\"\"" : "").cell("张**");
    to.cell("广东省 深圳市 南山区 粤海街道***").cell("快递").cell("").cell("'1**********").cell("");
    to.at(order.paid().minusSeconds(35)).at(order.paid()).cell(GOODS[Draw.below(draw, 61, 8)]);
    to.cell(order.items().size()).cell("No:SF" + (1_000_000_000_000L + (draw >>> 24))).cell("顺丰速运");
    to.cell("").cell(order.quantity()).cell(0).cell(SHOP).cell("").cell(0).cell("0元").cell("");
    to.cell("手机订单").cell("").cell("").cell("否").cell("否").cell("否");
    for (int i = 0; i < 9; i++) to.cell("");
    to.yuan(shown.refunded()).cell("");
    if (shown.completed()) to.at(order.completed());
    else to.cell("");
    to.cell((order.gross() - shown.refunded()) / 100 + "元").cell(order.number());
    to.end(Draw.happens(draw, 62 + night, 3));
  }

  private static void lineRow(Shown shown, int k, int night, CsvFile to) {
    Bought order = shown.order();
    Item item = order.items().get(k);
    boolean here = k == shown.line();
    int goods = Draw.below(order.draw(), 63 + k, 8);
    String number = order.number();
    to.guarded(number.substring(0, 18) + (k + 1))
        .guarded(number)
        .cell(GOODS[goods])
        .yuan(item.price());
    to.cell(item.qty()).cell("").cell("规格：" + FORMS[goods]).cell("null").cell("");
    to.cell(shown.completed() ? "交易成功" : "买家已付款，等待卖家发货").cell(item.sku());
    to.cell("2026" + number.substring(0, 16)).yuan(item.due()).yuan(item.base());
    if (!here) to.cell("没有申请退款").yuan(0);
    else if (shown.refunded() > 0) to.cell("退款成功").yuan(shown.refunded());
    else to.cell(shown.open() ? "买家已经申请退款，等待卖家同意" : "退款关闭").yuan(0);
    to.at(order.paid().minusSeconds(35)).at(order.paid());
    to.end(Draw.happens(order.draw(), 66 + night * 3 + k, 5));
  }

  private void tillRow(World.Scan scan, CsvFile to) {
    to.cell(scan.card()).at(scan.at()).cell(scan.sku()).cell(scan.qty()).yuan(scan.price());
    to.yuan(scan.amount()).cell("商品");
    if (receiptsTellPoints) to.cell(scan.amount() / 100);
    else to.cell("");
    to.cell("01").cell(scan.receipt());
    to.cell("g1").cell("柜组");
    to.end(false);
  }

  private static void douyinRows(Bought order, CsvFile to) {
    for (int k = 0; k < order.items().size(); k++) {
      Item item = order.items().get(k);
      to.cell("\"\t" + order.number() + "\"");
      to.cell("\"\t" + (Long.parseLong(order.number()) + k) + "\"");
      to.cell(GOODS[k])
          .cell(FORMS[k])
          .cell(item.qty())
          .cell("\"\t36" + item.sku().substring(2) + "\"");
      to.cell("\"\t" + item.sku() + "\"").yuan(item.price()).yuan(item.due()).yuan(0);
      for (int i = 0; i < 7; i++) to.yuan(0);
      to.cell("抖音支付").yuan(0).cell("##密文").cell("$$密文").cell("广东省").cell("广州市").cell("天河区");
      to.cell("示例街道").cell("##密文").cell("-").cell("-").cell("").at(order.paid().minusSeconds(20));
      to.cell("-").cell("-").at(order.completed()).at(order.paid()).cell("抖音").cell("精选联盟");
      to.cell("已完成").cell("-").cell("-").cell("-").cell("-").cell("-").cell("-").cell("-").cell("");
      to.end(false);
    }
  }

  private static void bindingRow(World.Binding binding, CsvFile to) {
    to.cell(binding.channel())
        .cell(binding.order())
        .cell(binding.nick())
        .cell("")
        .cell(binding.card());
    to.cell("").at(binding.at());
    to.end(false);
  }
}
