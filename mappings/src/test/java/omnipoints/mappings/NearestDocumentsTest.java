package omnipoints.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import omnipoints.facts.FactRecord;
import omnipoints.facts.RejectReason;
import omnipoints.files.DeliveryOutcome;
import omnipoints.mappings.Recognition.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file no mapping reads is answered with what is near it, or with the channel that knows it. */
class NearestDocumentsTest {
  private static final String JD = "订单号,商品ID,订购数量,下单时间,京东价,应付金额,订单状态,下单帐号,付款确认时间,运费金额\n";

  @TempDir Path folder;

  private Recognition recognise(String text, String channelOrNull) throws IOException {
    Path file = Files.writeString(folder.resolve("f.csv"), text);
    return Samples.CHANNELS.recognise(file, channelOrNull, "f.csv");
  }

  private List<CheckReport> check(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("f.csv"), text);
    return CheckReport.all(
        Samples.CHANNELS, file, "jd", "S1", java.time.ZoneId.of("Asia/Shanghai"), record -> {});
  }

  @Test
  void the_three_nearest_are_told_and_the_rest_is_counted() throws IOException {
    Refused refused =
        (Refused) recognise("kh,dtime,spbm,sl,sj,je,syjh\nC1,2026-05-01,A,1,1,1,1\n", null);
    assertThat(refused.outcome()).isEqualTo(DeliveryOutcome.NO_MAPPING);
    List<String> lines = refused.message().lines().toList();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(1)).isEqualTo("  pos/store_sales: row 1 lacks djh (or 单据号)");
    assertThat(lines.get(4)).matches("  … and \\d+ less like it; channel check --all");
    assertThat(refused.others()).hasSizeGreaterThan(12).contains(lines.get(1).strip());
  }

  @Test
  void a_file_in_the_folder_of_another_channel_is_answered_with_the_right_one() throws IOException {
    String binding = "channel,order_no,platform_id,phone,card,unionid,bound_at\n";
    Refused refused = (Refused) recognise(binding, "tmall");
    assertThat(refused.outcome()).isEqualTo(DeliveryOutcome.NO_MAPPING);
    assertThat(refused.message())
        .startsWith(
            "f.csv: no mapping recognises this file (read as utf-8), but as program/binding it is"
                + " known: it lies in the wrong folder\n  tmall/");
    assertThat(refused.next())
        .containsExactly(
            "put it where the files of program arrive: inbox/program/",
            "./omnipoints channel check FILE --channel program");
    assertThat(((Refused) recognise(JD, "pos")).next())
        .contains("put it where the files of jd arrive: inbox/jd/<shop>/");
  }

  @Test
  void jd_files_without_the_column_of_splits_are_read_but_for_rows_that_may_be_split()
      throws IOException {
    CheckReport report =
        check(
                JD
                    + "1,A,1,2026-05-01 10:00:00,10,10,完成,li,2026-05-01 10:01:00,0\n"
                    + "2,B,1,2026-05-01 10:00:00,20,20,取消,he,,0\n")
            .get(0);
    assertThat(report.refusal()).isNull();
    assertThat(report.summary().rejectedRows()).isZero();
    assertThat(report.counts()).containsEntry("order", 2L);
    CheckReport closed =
        check(
                JD
                    + "1,A,1,2026-05-01 10:00:00,10,10,完成,li,2026-05-01 10:01:00,0\n"
                    + "3,C,1,2026-05-01 10:00:00,30,30,取消,wu,2026-05-01 10:01:00,0\n")
            .get(0);
    assertThat(closed.counts()).containsEntry("order", 1L).containsEntry("reject", 1L);
    assertThat(closed.rejects())
        .extracting(FactRecord.Reject::reason, FactRecord.Reject::column, FactRecord.Reject::order)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(RejectReason.MISSING_REQUIRED, "商家备注", "3"));
  }

  @Test
  void thirty_thousand_columns_that_nobody_knows_are_counted_not_listed() throws IOException {
    StringBuilder header = new StringBuilder("kh,dtime,spbm,sl,sj,je,syjh,djh");
    for (int i = 0; i < 30_000; i++) header.append(",junk").append(i);
    Recognition.Recognised known =
        (Recognition.Recognised) recognise(header.append('\n').toString(), "pos");
    String news = HeaderNews.line(known.document(), known.table(), null);
    assertThat(news).hasSizeLessThan(600).contains("junk19 … and 29980 more");
  }
}
