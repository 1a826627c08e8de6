package omnipoints.mappings;

import static omnipoints.mappings.Xlsx.number;
import static omnipoints.mappings.Xlsx.row;
import static omnipoints.mappings.Xlsx.rowAt;
import static omnipoints.mappings.Xlsx.texts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

/** Samples of what platforms do with workbooks and archives. */
final class QuirkContainers {
  private QuirkContainers() {}

  static Map<String, byte[]> all() {
    Map<String, byte[]> samples = new LinkedHashMap<>();
    samples.put("jd/quirk_07_two_level_header_and_pivot_table.xlsx", twoLevels());
    samples.put("tmall/quirk_07_several_sheets.xlsx", sheets());
    samples.put("tmall/quirk_13_bundle_with_a_summary.zip", bundle());
    samples.put("jd/quirk_19_date_serials.xlsx", serials());
    samples.put("pos/quirk_19_date_and_time_in_two_cells.xlsx", twoCells());
    return samples;
  }

  private static byte[] twoLevels() {
    return new Xlsx()
        .sheet("汇总", row(texts("店铺", "应付金额")), row(texts("示例店", "489.00")))
        .sheet(
            "费用明细",
            rowAt(
                1,
                texts("订单信息", null, null, null, null, "金额", null, "状态", null, "备注"),
                "<c/><c/>",
                texts("行标签", "求和项")),
            rowAt(
                2,
                texts(
                    "订单号", "商品ID", "订购数量", "下单时间", "付款确认时间", "京东价", "应付金额", "订单状态", "商家SKUID",
                    "商家备注"),
                "<c/><c/>",
                texts("已完成", "489")),
            rowAt(
                4,
                texts("355000000001"),
                number("10160070484511"),
                number("1"),
                texts("2026-05-10 14:41:34", "2026-05-10 14:41:50"),
                number("499"),
                texts("489.00（系统计算中，该值仅供参考）", "完成", "PILLOW-1", null),
                "<c/><c/>",
                texts("总计", "489")))
        .bytes();
  }

  /** The report of 2024 and later has no state, no buyer and no number of items. */
  private static byte[] sheets() {
    return new Xlsx()
        .sheet(
            "订单报表",
            row(texts("订单编号", "买家应付邮费", "总金额", "买家实付金额", "订单创建时间", "订单付款时间", "商品标题", "退款金额")),
            row(
                texts("2511000000000000001"),
                number("10"),
                number("1309"),
                number("1309"),
                texts("2025-11-01 09:00:00", "2025-11-01 09:01:05", "示例锅", "0.00")))
        .sheet(
            "销售明细",
            row(texts("子订单编号", "主订单编号", "商品标题", "商品价格", "购买数量", "商家编码", "买家应付货款")),
            row(
                texts("2511000000000000051", "2511000000000000001", "示例锅"),
                number("1299"),
                number("1"),
                texts("POT-1"),
                number("1299")))
        .sheet("发货报表", row(texts("运单号", "物流公司")), row(texts("SF0000000000001", "示例快递")))
        .bytes();
  }

  private static byte[] serials() {
    return new Xlsx()
        .sheet(
            "s",
            row(texts("订单号", "商品ID", "订购数量", "下单时间", "付款确认时间", "京东价", "应付金额", "订单状态", "商家备注")),
            row(
                texts("355000000011", "10160070484511", "1"),
                number("46152.612199074", 1),
                number("46152.612384259", 1),
                texts("499.00", "489.00", "等待出库", null)),
            // A serial that nothing shows as a date is one all the same: the column says so.
            row(
                texts("355000000012", "10160070484512", "1"),
                number("46152.612199074"),
                number("46152.612384259"),
                texts("60.00", "60.00", "等待出库", null)))
        .bytes();
  }

  private static byte[] twoCells() {
    return new Xlsx()
        .sheet(
            "s",
            row(texts("销售日期", "扫码销售时间", "单品编码", "销量(千克)", "销售单价(元/千克)", "销售类型")),
            row(texts("2020-07-01", "09:15:07.924", "102900005117168", "0.396", "7.60", "销售")),
            row(
                number("44013", 1),
                number("0.386805555555556", 1),
                texts("102900005115960"),
                number("0.849"),
                number("3.2"),
                texts("销售")),
            // A date that holds a time already, and a time that is none.
            row(
                number("44013.5", 1),
                number("0.25", 1),
                texts("102900005115960", "1", "3.20", "销售")),
            row(number("44013", 1), number("1.25", 1), texts("102900005115960", "1", "3.20", "销售")))
        .bytes();
  }

  private static byte[] bundle() {
    Map<String, byte[]> nested = new LinkedHashMap<>();
    nested.put("明细.csv", sample("tmall/quirk_13_detail_file_of_two.csv"));
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("订单.csv", sample("tmall/quirk_13_order_file_of_two.csv"));
    members.put("明细.zip", Xlsx.Zip.ofBytes(nested));
    members.put("汇总.csv", "店铺,订单数,合计\n示例旗舰店,1,190.00\n".getBytes(StandardCharsets.UTF_8));
    return Xlsx.Zip.ofBytes(members, Charset.forName("GBK"));
  }

  private static byte[] sample(String name) {
    try {
      return Files.readAllBytes(Samples.FOLDER.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
