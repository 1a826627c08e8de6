package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ChannelNewVerbTest {
  private static final String ORDERS =
      """
      订单号,会员,金额(分),实付(分),已退(分),状态,下单时间,支付时间,店员
      20260501000000001,w_li,19900,14900,5000,完成,2026-05-01 09:00:00,2026-05-01 09:01:00,甲
      """;

  @TempDir Path directory;

  private Ran ran(String... args) {
    return Ran.in(directory, args);
  }

  @Test
  void an_unknown_file_becomes_a_channel_of_the_home_without_a_build() throws Exception {
    ran("init");
    Path file = directory.resolve("批发.csv");
    Files.writeString(file, ORDERS, Charset.forName("GB18030"));
    assertThat(ran("channel", "check", "批发.csv", "--json").exit()).isEqualTo(8);

    Ran first = ran("channel", "new", "批发.csv", "--channel", "wholesale", "--json");
    assertThat(first.exit()).as(first.out()).isZero();
    JsonNode json = first.json();
    assertThat(json.get("schema").asString()).isEqualTo("omnipoints.channel/1");
    assertThat(json.get("grain").asString()).isEqualTo("order");
    assertThat(json.get("encoding").asString()).isEqualTo("gb18030");
    assertThat(json.get("fields").get("gross").asString()).isEqualTo("金额(分)");
    assertThat(json.get("known_columns").toString()).isEqualTo("[\"店员\"]");
    assertThat(json.get("next").get(0).asString())
        .isEqualTo("./omnipoints channel check 批发.csv --channel wholesale --records");

    Path mappings = directory.resolve("home/mappings");
    assertThat(Files.readString(mappings.resolve("wholesale.yaml")))
        .startsWith("# yaml-language-server: $schema=channel.schema.json\n")
        .contains("完成: COMPLETED");
    assertThat(mappings.resolve("channel.schema.json")).exists();

    Ran check = ran("channel", "check", "批发.csv", "--channel", "wholesale", "--records");
    assertThat(check.exit()).isZero();
    assertThat(check.out())
        .contains("\"channel\":\"wholesale\"")
        .contains("\"gross_fen\":19900")
        .contains("\"refunded_fen\":5000,\"net_fen\":14900");
  }

  @Test
  void a_template_is_completed_by_a_file() throws Exception {
    ran("init");
    Files.writeString(directory.resolve("v.csv"), ORDERS);
    assertThat(ran("channel", "new", "v.csv", "--channel", "vipshop", "--json").exit()).isZero();
    assertThat(Files.readString(directory.resolve("home/mappings/vipshop.yaml")))
        .contains("title: \"Vipshop 唯品会\"");
    assertThat(ran("channel", "check", "v.csv", "--channel", "vipshop", "--json").exit()).isZero();
    // What its API answers is read as before.
    Files.copy(
        Path.of("../mappings/samples/vipshop/api_order_detail.json"), directory.resolve("v.json"));
    assertThat(ran("channel", "check", "v.json", "--channel", "vipshop", "--json").exit()).isZero();
  }

  @Test
  void nothing_is_written_over_and_no_known_channel_is_replaced() throws Exception {
    ran("init");
    Files.writeString(directory.resolve("v.csv"), ORDERS);
    Ran known = ran("channel", "new", "v.csv", "--channel", "tmall", "--json");
    assertThat(known.exit()).isEqualTo(8);
    assertThat(known.json().get("code").asString()).isEqualTo("CHANNEL_KNOWN");
    assertThat(directory.resolve("home/mappings/tmall.yaml")).doesNotExist();

    Path there = directory.resolve("home/mappings/v.yaml");
    assertThat(ran("channel", "new", "v.csv").exit()).isZero();
    String before = Files.readString(there);
    Ran again = ran("channel", "new", "v.csv", "--json");
    assertThat(again.exit()).isEqualTo(8);
    assertThat(again.json().get("code").asString()).isEqualTo("ALREADY_THERE");
    assertThat(Files.readString(there)).isEqualTo(before);
  }

  @Test
  void without_a_home_the_mapping_lies_where_the_command_was_typed_or_told() throws Exception {
    Files.writeString(directory.resolve("My Orders 1.csv"), ORDERS);
    Ran here = Ran.chinese(directory, "channel", "new", "My Orders 1.csv");
    assertThat(here.exit()).isZero();
    assertThat(here.out()).contains("粒度 order").contains("请核对").contains("init --home DIR");
    assertThat(directory.resolve("my_orders_1.yaml")).exists();
    assertThat(ran("channel", "new", "My Orders 1.csv", "--out", "other.yaml").exit()).isZero();
    assertThat(Files.readString(directory.resolve("other.yaml"))).contains("channel: other\n");
  }

  @Test
  void a_file_nobody_understands_or_a_bad_code_is_told() throws Exception {
    Files.writeString(directory.resolve("x.csv"), "甲,乙\n1,2\n");
    Ran ran = ran("channel", "new", "x.csv", "--json");
    assertThat(ran.exit()).isEqualTo(8);
    assertThat(ran.json().get("code").asString()).isEqualTo("NO_MAPPING");
    assertThat(directory.resolve("x.yaml")).doesNotExist();
    assertThat(ran("channel", "new", "x.csv", "--channel", "A B", "--json").exit()).isEqualTo(2);
    assertThat(ran("channel", "new", "none.csv", "--json").exit()).isEqualTo(2);
  }
}
