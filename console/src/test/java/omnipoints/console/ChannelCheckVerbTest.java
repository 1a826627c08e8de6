package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ChannelCheckVerbTest {
  private static final String BINDINGS =
      """
      channel,order_no,platform_id,phone,card,unionid,bound_at
      tmall,,小明,13800000001,,,2026-01-01 10:00:00
      tmall,T1,,,C1,,2026-01-01 10:00:00
      """;
  private static final String SALES =
      """
      dtime,spbm,sl,sj,je,spmc,jf,syjh,djh,gzbh,gzmc,kh
      2026-01-01 10:00:00,A,1,10,10,甲,10,1,7,1,柜,C1
      """;

  @TempDir Path directory;

  @Test
  void a_file_is_recognised_without_a_home() throws Exception {
    Files.writeString(directory.resolve("绑定.csv"), BINDINGS, Charset.forName("GB18030"));
    Ran ran = Ran.in(directory, "channel", "check", "绑定.csv", "--json");
    JsonNode json = ran.json();
    assertThat(ran.exit()).isZero();
    assertThat(json.get("schema").asString()).isEqualTo("omnipoints.channel/1");
    assertThat(json.get("channel").asString()).isEqualTo("program");
    assertThat(json.get("document").asString()).isEqualTo("binding");
    assertThat(json.get("encoding").asString()).isEqualTo("gb18030");
    assertThat(json.get("rows").asInt()).isEqualTo(2);
    assertThat(json.get("first").get(0).get("person").toString())
        .isEqualTo("[{\"kind\":\"phone\",\"value\":\"138****0001\"}]");
    assertThat(json.get("others").size()).isPositive();
    assertThat(directory)
        .isDirectoryNotContaining(path -> path.getFileName().toString().equals("home"));
  }

  @Test
  void rows_of_our_own_documents_are_counted_by_their_document() throws Exception {
    Files.writeString(
        directory.resolve("p.csv"),
        "sku,category,brand,excluded\nA,top,own,\nB,,,maybe\nC,,,yes\n");
    Ran ran = Ran.in(directory, "channel", "check", "p.csv", "--channel", "program");
    assertThat(ran.out().lines().map(String::strip)).contains("product 2", "reject 1");
  }

  @Test
  void records_are_one_json_object_a_line_in_file_order_and_nothing_else() throws Exception {
    Files.writeString(directory.resolve("b.csv"), BINDINGS);
    Ran ran = Ran.in(directory, "channel", "check", "b.csv", "--records");
    assertThat(ran.exit()).isZero();
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out().lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).startsWith("{\"record\":\"binding\""));
    assertThat(ran.out().lines().map(line -> line.replaceAll(".*\"row\":(\\d+).*", "$1")))
        .containsExactly("2", "3");
  }

  @Test
  void a_file_in_an_inbox_takes_channel_and_shop_from_its_folder() throws Exception {
    Ran.in(directory, "init");
    Path shop = Files.createDirectories(directory.resolve("home/inbox/pos/一号店"));
    Files.writeString(shop.resolve("sales.csv"), SALES);
    Files.writeString(directory.resolve("sales.csv"), SALES);

    assertThat(
            Ran.in(directory, "channel", "check", "home/inbox/pos/一号店/sales.csv", "--records")
                .out())
        .contains("\"shop\":\"一号店\"");
    assertThat(
            Ran.in(directory, "channel", "check", "sales.csv", "--shop", "二号店", "--records").out())
        .contains("\"shop\":\"二号店\"");
    assertThat(Ran.in(directory, "channel", "check", "sales.csv", "--records").out())
        .contains("\"shop\":null");
  }

  @Test
  void a_file_of_another_channel_is_refused_and_says_what_is_missing() throws Exception {
    Files.writeString(directory.resolve("b.csv"), BINDINGS);
    Ran ran = Ran.in(directory, "channel", "check", "b.csv", "--channel", "pos", "--json");
    assertThat(ran.exit()).isEqualTo(8);
    assertThat(ran.json().get("code").asString()).isEqualTo("NO_MAPPING");
    assertThat(ran.json().get("message").asString()).contains("b.csv").contains("pos/store_sales");
    assertThat(ran.json().get("next").size()).isPositive();
  }

  @Test
  void a_part_that_is_refused_is_told_beside_the_records_of_the_others() throws Exception {
    Path bundle = directory.resolve("a.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bundle))) {
      zip.putNextEntry(new ZipEntry("../evil.csv"));
      zip.write(BINDINGS.getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("good.csv"));
      zip.write(BINDINGS.getBytes(StandardCharsets.UTF_8));
    }
    Ran ran = Ran.in(directory, "channel", "check", "a.zip", "--records");
    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.out().lines()).hasSize(2);
    assertThat(ran.err())
        .isEqualTo(
            "EVIL_NAME: a.zip/../evil.csv: the name leads out of its folder; it was not unpacked\n");
  }

  @Test
  void rows_of_one_order_that_contradict_each_other_are_rejects_as_a_whole() throws Exception {
    Files.writeString(
        directory.resolve("jd.csv"),
        """
        订单号,商品ID,订购数量,下单时间,京东价,应付金额,订单状态,付款确认时间,商家备注
        1,A,1,2026-01-01 10:00:00,100,80,等待出库,2026-01-01 10:01:00,
        1,B,1,2026-01-01 10:00:00,100,81,等待出库,2026-01-01 10:01:00,
        """);
    Ran ran = Ran.in(directory, "channel", "check", "jd.csv", "--channel", "jd", "--records");
    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.out())
        .isEqualTo(
            """
            {"record":"reject","reason":"CONFLICTING_ROWS","row":2,"column":"应付金额","value":"80.00"}
            {"record":"reject","reason":"CONFLICTING_ROWS","row":3,"column":"应付金额","value":"81.00"}
            """);
  }

  @Test
  void several_parts_of_one_file_are_shown_one_after_the_other() throws Exception {
    Path samples = Path.of("../mappings/samples").toAbsolutePath();
    String book = samples.resolve("tmall/order_report_workbook.xlsx").toString();
    Ran ran = Ran.in(directory, "channel", "check", book, "--json");
    assertThat(ran.exit()).isZero();
    assertThat(ran.json().get("document").asString()).isEqualTo("order_list");
    JsonNode parts = ran.json().get("parts");
    assertThat(parts.size()).isEqualTo(2);
    assertThat(parts.get(0).get("sheet").asString()).isEqualTo("订单报表");
    assertThat(parts.get(1).get("document").asString()).isEqualTo("line_list");
    assertThat(Ran.in(directory, "channel", "check", book, "--records").out().lines()).hasSize(2);

    String bundle = samples.resolve("pos/store_sales_bundle.zip").toString();
    Ran members = Ran.in(directory, "channel", "check", bundle, "--channel", "pos", "--json");
    assertThat(members.exit()).isEqualTo(3);
    assertThat(members.json().get("parts").size()).isEqualTo(4);
    assertThat(members.json().get("parts").get(2).get("outcome").asString()).isEqualTo("EVIL_NAME");
    assertThat(Ran.chinese(directory, "channel", "check", bundle).out())
        .contains("store_sales_bundle.zip/S1/五月.csv")
        .contains("未使用，EVIL_NAME：");
  }

  @Test
  void an_old_workbook_is_one_part_and_says_nothing_beside_the_result() throws Exception {
    Path book = Path.of("../mappings/samples/pos/store_sales_old_workbook.xls").toAbsolutePath();
    Ran ran = Ran.in(directory, "channel", "check", book.toString(), "--json");
    assertThat(ran.exit()).isZero();
    assertThat(ran.err()).isEmpty();
    assertThat(ran.json().has("parts")).isFalse();
    assertThat(ran.json().get("encoding").asString()).isEqualTo("xls");
  }

  @Test
  void a_changed_header_is_told_and_changes_no_exit_code() throws Exception {
    Files.writeString(
        directory.resolve("s.csv"), SALES.replace("kh", "kh1").replace("gzmc", "营业员"));
    Ran ran = Ran.in(directory, "channel", "check", "s.csv", "--json");
    assertThat(ran.exit()).isZero();
    assertThat(ran.json().get("grain").asString()).isEqualTo("receipt_line");
    assertThat(ran.json().get("drift").toString())
        .isEqualTo(
            "{\"new\":[\"营业员\"],\"missing\":[],\"renamed\":"
                + "[{\"field\":\"card\",\"column\":\"kh\",\"header\":\"kh1\"}]}");
    Ran text = Ran.chinese(directory, "channel", "check", "s.csv");
    assertThat(text.out())
        .contains("表头有变化：new 营业员; kh1 may be kh")
        .contains("if kh1 is kh, add it to the aliases of field card");
  }

  @Test
  void a_renamed_required_column_is_refused_with_what_to_type() throws Exception {
    Files.writeString(directory.resolve("s.csv"), SALES.replace("dtime", "dtimes"));
    Ran ran = Ran.in(directory, "channel", "check", "s.csv", "--channel", "pos", "--json");
    assertThat(ran.exit()).isEqualTo(8);
    assertThat(ran.json().get("message").asString())
        .contains("nearest is pos/store_sales: dtimes may be dtime");
    assertThat(ran.json().get("next").toString())
        .contains("if dtimes is dtime, add it to the aliases of field at of document store_sales")
        .contains("./omnipoints channel new s.csv");
  }

  @Test
  void a_template_is_refused_with_the_command_that_completes_it() throws Exception {
    Files.writeString(directory.resolve("s.csv"), SALES);
    Ran ran = Ran.in(directory, "channel", "check", "s.csv", "--channel", "vipshop", "--json");
    assertThat(ran.exit()).isEqualTo(8);
    assertThat(ran.json().get("message").asString())
        .contains("the mapping of vipshop is a template");
    assertThat(ran.json().get("next").toString())
        .isEqualTo("[\"./omnipoints channel new s.csv --channel vipshop\"]");
  }

  @Test
  void too_many_rejects_end_with_3_and_every_problem_is_told() throws Exception {
    Files.writeString(
        directory.resolve("b.csv"),
        BINDINGS + "tmall,T2,,021-5678,,,2026-01-01 10:00:00\n,,,,,,x\n");
    Ran ran = Ran.in(directory, "channel", "check", "b.csv", "--json");
    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.json().get("rejected_rows").asInt()).isEqualTo(2);
    assertThat(ran.json().get("rejects").get(0).get("record").asString()).isEqualTo("reject");
    Ran text = Ran.chinese(directory, "channel", "check", "b.csv");
    assertThat(text.exit()).isEqualTo(3);
    assertThat(text.out()).contains("BAD_NUMBER 数字无效");
  }

  @Test
  void an_unknown_file_or_channel_is_a_usage_error() throws Exception {
    Files.write(directory.resolve("b.csv"), BINDINGS.getBytes(StandardCharsets.UTF_8));
    assertThat(Ran.in(directory, "channel", "check", "none.csv", "--json").exit()).isEqualTo(2);
    Ran ran = Ran.in(directory, "channel", "check", "b.csv", "--channel", "taobao", "--json");
    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.json().get("message").asString())
        .startsWith("there is no channel \"taobao\"; there are: ");
  }
}
