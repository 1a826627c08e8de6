package omnipoints.mappings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import omnipoints.facts.CompleteWhen;
import omnipoints.files.yaml.SetupFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChannelsTest {
  private static final String SMALL =
      """
      channel: jd
      title: JD
      encodings: [utf-8]
      shop: {from: [folder]}
      complete_when: item_count_matches
      times: {formats: ["yyyy-MM-dd HH:mm:ss"]}
      money: {unit: fen}
      vocabularies:
        states: {完成: COMPLETED}
      documents:
        orders:
          grain: order
          fields:
            order: {column: 订单号, type: id, required: value}
            state: {column: 状态, type: status, vocabulary: states, required: value}
            gross: {column: 金额, type: money, required: value}
      """;

  @TempDir Path home;

  private List<String> problems(String yaml) throws IOException {
    Files.writeString(home.resolve("jd.yaml"), yaml);
    SetupFailed failed = catchThrowableOfType(SetupFailed.class, () -> Channels.load(home));
    return failed.problems().stream()
        .map(problem -> problem.line() + ": " + problem.message())
        .toList();
  }

  @Test
  void the_shipped_channels_load() {
    Channels channels = Channels.load(null);
    assertThat(channels.codes())
        .containsExactly(
            "douyin", "jd", "pos", "program", "tmall", "vipshop", "wechat_store", "youzan");
    Channel tmall = channels.channel("tmall");
    assertThat(tmall.completeWhen()).isEqualTo(CompleteWhen.ITEM_COUNT_MATCHES);
    assertThat(tmall.postIncompleteAfterNights()).isEmpty();
    assertThat(tmall.platformToken()).isEqualTo("tmall_nick");
    assertThat(tmall.documents())
        .extracting(Document::name)
        .containsExactly(
            "order_list",
            "order_report",
            "refunds",
            "line_list",
            "api_trades",
            "api_refunds",
            "alipay_flow",
            "wechat_flow",
            "wechat_flow_8_columns");
    assertThat(channels.channel("pos").completeWhen()).isEqualTo(CompleteWhen.ALWAYS);
    assertThat(channels.channel("program").completeWhen()).isNull();
  }

  @Test
  void every_shipped_mapping_accepts_utf8_gb18030_and_utf16() {
    for (String code : Samples.CHANNELS.codes()) {
      assertThat(Samples.CHANNELS.channel(code).encodings())
          .as(code)
          .containsExactly("utf-8", "gb18030", "utf-16");
    }
  }

  /** Else a word that lost its last signs at the end of a torn file would mean something else. */
  @Test
  void no_word_of_a_vocabulary_begins_another_one_of_other_meaning() {
    for (String code : Samples.CHANNELS.codes()) {
      for (Document document : Samples.CHANNELS.channel(code).documents()) {
        // A torn JSON text is refused as a whole.
        if (document.ofJson()) continue;
        for (Field field : document.fields().values()) {
          field.vocabulary().forEach((word, meaning) -> checkPrefix(field, word, meaning));
        }
      }
    }
  }

  private static void checkPrefix(Field field, String word, String meaning) {
    field
        .vocabulary()
        .forEach(
            (longer, other) -> {
              if (longer.startsWith(word)) assertThat(other).as(longer).isEqualTo(meaning);
            });
  }

  @Test
  void a_mapping_of_the_home_replaces_the_shipped_one_and_changes_the_hashes() throws IOException {
    Channels shipped = Channels.load(null);
    String tmall = Files.readString(Path.of("channels/tmall.yaml"));
    Files.writeString(
        home.resolve("tmall.yaml"),
        tmall.replace("exclusions: []", "exclusions: [FREIGHT, DIFF-1]"));
    Files.writeString(home.resolve("jd.yaml"), SMALL);
    Channels channels = Channels.load(home);
    assertThat(channels.codes()).contains("jd");
    assertThat(channels.channel("tmall").exclusions())
        .containsExactlyInAnyOrder("FREIGHT", "DIFF-1");
    assertThat(channels.channel("tmall").hash())
        .isNotEqualTo(shipped.channel("tmall").hash())
        .hasSize(64);
    assertThat(channels.channel("pos").hash()).isEqualTo(shipped.channel("pos").hash());
    assertThat(channels.hash()).isNotEqualTo(shipped.hash());
    assertThat(Channels.load(null).hash()).isEqualTo(shipped.hash());
  }

  @Test
  void a_copy_of_the_shipped_mappings_has_their_hash() throws IOException {
    Files.copy(Path.of("channels/pos.yaml"), home.resolve("pos.yaml"));
    assertThat(Channels.load(home).hash()).isEqualTo(Channels.load(null).hash());
  }

  @Test
  void all_problems_of_all_files_are_told_at_once_with_file_and_line() throws IOException {
    Files.writeString(
        home.resolve("jd.yaml"),
        SMALL.replace("title: JD", "titel: JD").replace("[utf-8]", "[gbk]"));
    Files.writeString(home.resolve("pdd.yaml"), "channel: pdd\n  title: x\n");
    Files.writeString(home.resolve("vip.yml"), "");
    assertThatThrownBy(() -> Channels.load(home))
        .isInstanceOf(SetupFailed.class)
        .hasMessageStartingWith("the channel mappings cannot be used, 5 problems:\n")
        .hasMessageContaining(home.resolve("jd.yaml") + ":1: required property 'title' not found")
        .hasMessageContaining(home.resolve("jd.yaml") + ":2: ")
        .hasMessageContaining(home.resolve("jd.yaml") + ":3: ")
        .hasMessageContaining(home.resolve("pdd.yaml") + ":2: no valid YAML: ")
        .hasMessageContaining(
            home.resolve("vip.yml")
                + ": a mapping is called <channel>.yaml; rename the file or take it away");
  }

  @Test
  void a_key_written_twice_is_a_problem() throws IOException {
    assertThat(problems(SMALL.replace("title: JD\n", "title: JD\ntitle: JD again\n")))
        .containsExactly("3: key 'title' stands here a second time (first on line 2)");
  }

  @Test
  void a_channel_is_called_like_its_file() throws IOException {
    assertThat(problems(SMALL.replace("channel: jd", "channel: jdx")))
        .containsExactly("1: channel 'jdx' stands in a file called jd.yaml; make them equal");
  }

  @Test
  void what_a_schema_cannot_say_is_checked_too() throws IOException {
    assertThat(
            problems(
                SMALL
                        .replace("complete_when: item_count_matches\n", "")
                        .replace("{from: [folder]}", "{from: []}")
                        .replace("dd HH:mm:ss", "dd hh:mm:ss")
                        .replace("完成: COMPLETED", "完成: DONE")
                        .replace("      gross: {column: 金额, type: money, required: value}\n", "")
                    + "      paid: {column: 实付, type: money}\n"
                    + "      colour: {column: 颜色, type: text}\n"
                    + "      shop: {column: 店铺, type: number}\n"
                    + "      created_at: {column: 时间, type: datetime, formats: [yyyy-MM-dd]}\n"))
        .containsExactlyInAnyOrder(
            "1: complete_when is missing: say item_count_matches, order_present or always",
            "4: orders belongs to a shop: say where its name comes from (folder, column, file_name)",
            "5: date format yyyy-MM-dd hh:mm:ss: 'hh' is none of yyyy MM M dd d HH H mm ss XXX",
            "8: '完成' means 'DONE', which is none of UNKNOWN, UNPAID, PAID, SHIPPED, COMPLETED, CLOSED",
            "10: orders: say paid_is_net_of_refund: true or false, is the paid amount already reduced by refunds?",
            "12: orders: grain order needs a field 'gross'",
            "16: grain order has no field 'colour'; it has buyer, card, children, completed_at, created_at,"
                + " freight, gross, item_count, modified_at, order, order_type, paid, paid_at, payment, phone, refunded, shop, state,"
                + " unionid",
            "17: field shop cannot be of type number, only text",
            "18: format yyyy-MM-dd does not fit type datetime");
  }

  @Test
  void an_unknown_channel_is_answered_with_the_known_ones() {
    assertThatThrownBy(() -> Channels.load(null).channel("taobao"))
        .hasMessage(
            "no channel taobao; known are douyin, jd, pos, program, tmall, vipshop, wechat_store, youzan");
  }

  @Test
  void the_schema_explains_every_word_in_an_editor_and_may_lie_beside_the_mappings(
      @TempDir Path mappings) throws IOException {
    JsonNode schema = JsonMapper.shared().readTree(Channels.schema());
    List<String> silent = new ArrayList<>();
    unexplained(schema, "", silent);
    assertThat(silent).isEmpty();
    Files.write(mappings.resolve(Channels.SCHEMA), Channels.schema());
    assertThat(Channels.load(mappings).codes()).isEqualTo(Channels.load(null).codes());
    for (String code : Channels.load(null).codes()) {
      assertThat(Files.readString(Path.of("channels/" + code + ".yaml")))
          .startsWith("# yaml-language-server: $schema=" + Channels.SCHEMA + "\n");
    }
  }

  private static void unexplained(JsonNode node, String at, List<String> silent) {
    node.path("properties")
        .properties()
        .forEach(
            word -> {
              if (!word.getValue().has("description")) silent.add(at + "/" + word.getKey());
            });
    node.properties()
        .forEach(child -> unexplained(child.getValue(), at + "/" + child.getKey(), silent));
  }
}
