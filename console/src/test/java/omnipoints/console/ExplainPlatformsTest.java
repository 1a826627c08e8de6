package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import omnipoints.sql.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Entries of platforms explained from the files they came from, over two real nights. */
class ExplainPlatformsTest {
  @TempDir static Path directory;
  private static TestDatabase database;

  @BeforeAll
  static void two_nights() throws IOException {
    database = TestDatabase.fresh();
    assertThat(Ran.in(directory, "init").exit()).isZero();
    Path settings = directory.resolve("home/omnipoints.yaml");
    Files.writeString(
        settings,
        Files.readString(settings).replace("channels:\n", "channels:\n  douyin: {}\n  youzan: {}\n")
            + "database:\n  url: "
            + database.url()
            + "\n");
    drop(
        "douyin/d1/orders.csv",
        "主订单编号,子订单编号,商品数量,商家编码,商品单价,订单应付金额,运费,订单提交时间,订单完成时间,支付完成时间,订单状态,售后状态\n"
            + "69001,690011,1,A,55.55,50.55,5.00,2026-01-01 09:00:00,-,2026-01-01 09:00:05,已发货,-\n");
    drop(
        "program/bindings.csv",
        "channel,order_no,platform_id,phone,card,unionid,bound_at\n"
            + "douyin,69001,,13800000001,,,2026-01-01 10:00:00\n");
    drop(
        "youzan/orders.csv",
        "订单号,归属店铺,订单状态,订单创建时间,买家付款时间,交易成功时间,运费,订单实付金额,买家手机号,订单已退款金额\n"
            + "E1,示例店,已发货,2026-01-01 08:00:00,2026-01-01 08:00:09,,6.00,106.50,13800000001,0.00\n");
    Ran first = Ran.in(directory, "nightly", "--date", "2026-01-01");
    assertThat(first.exit()).as(first.err()).isZero();
    drop(
        "douyin/d1/after.csv",
        "售后单号,订单号,商品单号,退商品金额（元）,售后状态,商家退款时间,用户到账时间\n"
            + "S1,69001,690011,20.00,退款成功,2026-01-02 10:00:00,2026-01-02 11:00:00\n");
    Ran second = Ran.in(directory, "nightly", "--date", "2026-01-02");
    assertThat(second.exit()).as(second.err()).isZero();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private static void drop(String path, String content) throws IOException {
    Path file = directory.resolve("home/inbox").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.createFile(file.resolveSibling(file.getFileName() + ".done"));
  }

  /** {@code kind cause: arithmetic, file:row} of every entry of a night. */
  private static List<String> explained(String night) {
    Ran ledger = Ran.in(directory, "ledger", "--date", night, "--csv");
    List<String> all = new ArrayList<>();
    for (String row : ledger.out().lines().skip(1).toList()) {
      String[] cells = row.split(",");
      JsonNode json = Ran.in(directory, "explain", cells[0], "--json").json();
      JsonNode source = json.get("source");
      all.add(
          cells[3]
              + " "
              + cells[9]
              + ": "
              + json.get("arithmetic").asString()
              + ", "
              + source.get("file").asString()
              + ":"
              + source.get("row").asInt());
    }
    return all;
  }

  @Test
  void an_award_names_its_row_and_its_arithmetic_freight_left_out() {
    assertThat(explained("2026-01-01"))
        .containsExactly(
            "EARN E1/*: floor(10050/100)*1, orders.csv:2",
            "EARN 69001/690011: floor(4555/100)*1, orders.csv:2");
  }

  @Test
  void a_clawback_names_the_refund_document_behind_it() {
    assertThat(explained("2026-01-02"))
        .containsExactly(
            "CLAWBACK 69001/690011: floor(4555/100)*1 - floor(2555/100)*1, after.csv:2");
  }
}
