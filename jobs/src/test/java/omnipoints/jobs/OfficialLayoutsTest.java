package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as platforms export them are nothing to warn about, in no night. */
class OfficialLayoutsTest {

  private static final Path SAMPLES = Path.of("../mappings/samples");

  /** Every generation of every document; those of one document lie in shops of their own. */
  private static final List<String> LAYOUTS =
      List.of(
          "tmall/a/order_list_2017_gbk",
          "tmall/a/line_list_2017_gbk_trailing_comma",
          "tmall/a/refunds_utf8_bom",
          "tmall/b/order_list_2022_gbk",
          "tmall/b/line_list_2021_gbk",
          "tmall/c/item_list_2025_full_header",
          "tmall/c/order_report_2024_utf8_bom",
          "jd/a/orders_2015_gbk_ragged_split",
          "jd/b/orders_2018_added_columns_gbk",
          "jd/c/orders_2020_added_columns_utf8_bom",
          "jd/d/orders_2026_columns_in_use",
          "douyin/a/orders_73_columns_utf8_bom",
          "douyin/a/after_sales_50_columns",
          "douyin/b/orders_75_columns",
          "douyin/c/orders_one_row_per_order_gb18030",
          "wechat_store/a/orders_57_columns_utf8_bom",
          "youzan/a/orders_60_columns_gb18030",
          "youzan/a/order_lines_first_row_only",
          "youzan/a/customers_points_balance",
          "pos/a/store_sales_utf8",
          "pos/a/scanned_sales_utf8_bom",
          "program/member_utf8_bom",
          "program/binding");

  @TempDir Path dir;

  @Test
  void no_night_warns_of_a_column_that_an_official_layout_does_not_have() throws IOException {
    String more = "  jd: {}\n  douyin: {}\n  wechat_store: {}\n  youzan: {}\n";
    try (TestHome home = new TestHome(dir, more)) {
      home.settings("    shops: {a: [示例旗舰店], b: [示例旗舰店], c: [示例旗舰店]}");
      for (String night : List.of("2026-11-01", "2026-11-02")) {
        for (String layout : LAYOUTS) drop(home, layout, night);
        home.night(night);
        assertThat(
                home.rows(
                    "select concat_ws(' ', file, message) from night_input where night = '"
                        + night
                        + "' and (message ~ 'header|column|missing' or outcome <> 'ACCEPTED')"))
            .isEmpty();
      }
      assertThat(home.rows("select count(*) from night_input"))
          .containsExactly(String.valueOf(2 * LAYOUTS.size()));
    }
  }

  /** Each night under another name and, by an empty last line, with other bytes. */
  private static void drop(TestHome home, String layout, String night) throws IOException {
    String[] names = layout.split("/");
    String sample = names[names.length - 1];
    var bytes = new ByteArrayOutputStream();
    bytes.write(Files.readAllBytes(SAMPLES.resolve(names[0]).resolve(sample + ".csv")));
    if (night.endsWith("02")) bytes.write('\n');
    home.drop(layout + "_" + night + ".csv", bytes.toByteArray());
  }
}
