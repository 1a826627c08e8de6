package omnipoints.mappings;

import static omnipoints.mappings.Xlsx.number;
import static omnipoints.mappings.Xlsx.row;
import static omnipoints.mappings.Xlsx.text;
import static omnipoints.mappings.Xlsx.texts;

/** An order workbook of Tmall: orders, their lines, and a sheet nobody reads. */
final class TmallBook {
  private TmallBook() {}

  static byte[] bytes() {
    return new Xlsx()
        .sheet(
            "订单报表",
            row(
                texts(
                    "订单编号", "买家会员名", "总金额", "买家应付邮费", "买家实付金额", "订单状态", "订单创建时间", "订单付款时间", "退款金额",
                    "宝贝总数量")),
            row(
                texts("9000000000000000001", "li_mei"),
                number("199.99"),
                number("0"),
                number("199.99"),
                texts("交易成功"),
                number("46143.416666666664", 1),
                number("46143.4173611111", 1),
                text("无退款申请"),
                number("1")))
        .sheet(
            "销售明细",
            row(texts("子订单编号", "主订单编号", "商品标题", "商品价格", "购买数量", "商家编码", "订单状态", "退款状态")),
            row(
                texts("9000000000000000002", "9000000000000000001", "锅"),
                number("199.99"),
                number("1"),
                texts("A-1", "交易成功", "没有申请退款")))
        .sheet("发货报表", row(texts("运单号", "物流公司")))
        .bytes();
  }
}
