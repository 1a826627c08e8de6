package omnipoints.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import omnipoints.facts.FactRecord;
import omnipoints.files.DeliveryOutcome;
import org.junit.jupiter.api.Test;

class CheckReportTest {
  private final List<FactRecord> records = new ArrayList<>();

  private CheckReport check(String sample, String shop) {
    Path file = Samples.FOLDER.resolve(sample);
    return Samples.check(Samples.CHANNELS, file, null, shop, Samples.SHANGHAI, records::add);
  }

  @Test
  void the_report_tells_the_mapping_and_why_the_others_are_not_it() {
    CheckReport report = check("tmall/order_list_2022_gbk.csv", null);
    Recognition.Recognised recognised = (Recognition.Recognised) report.recognition();
    assertThat(recognised.document().title()).isEqualTo("tmall/order_list");
    assertThat(recognised.document().grain()).isEqualTo(Grain.ORDER);
    assertThat(recognised.encoding().name()).isEqualTo("gb18030");
    assertThat(report.others()).contains("tmall/line_list: row 1 lacks 购买数量, 价格 (or 商品价格)");
    assertThat(report.unmapped()).contains("收货人姓名", "联系手机").doesNotContain("订单编号", "买家会员昵称");
    assertThat(report.counts()).isEqualTo(Map.of("order", 7L));
    assertThat(report.first()).hasSize(7);
    assertThat(report.rejects()).isEmpty();
    assertThat(report.refusal()).isNull();
  }

  @Test
  void every_problem_of_the_file_is_in_the_report() {
    CheckReport report = check("tmall/order_list_rejects.csv", "S1");
    assertThat(report.summary().rows()).isEqualTo(10);
    assertThat(report.summary().rejectedRows()).isEqualTo(8);
    assertThat(report.counts()).isEqualTo(Map.of("order", 2L, "reject", 12L));
    assertThat(report.rejects()).hasSize(12);
  }

  @Test
  void a_receipt_is_shown_once_with_the_sum_of_its_sales() {
    check("pos/store_sales_utf8.csv", "S1");
    assertThat(records.get(0))
        .isInstanceOfSatisfying(
            FactRecord.OrderRecord.class, order -> assertThat(order.grossFen()).isEqualTo(29999));
    assertThat(records.stream().filter(FactRecord.OrderRecord.class::isInstance)).hasSize(3);
  }

  @Test
  void a_file_that_breaks_on_the_way_is_refused_in_the_report() {
    CheckReport report = check("tmall/order_list_torn.csv", null);
    assertThat(report.refusal().outcome()).isEqualTo(DeliveryOutcome.TRUNCATED);
    assertThat(report.summary()).isNull();
  }
}
