package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Texts that differ stay different keys, one key is one however it was copied, and none stops a
 * night.
 */
class KeyTextTest {

  private static final String NIGHT = "2026-01-05";
  private static final String REJECTS =
      "select reason || ' ' || column_name || ' ' || row from quarantine"
          + " where file = '%s' order by row, column_name";

  @TempDir Path dir;

  private static String sale(String card, String sku, String receipt) {
    return Pos.row(card, NIGHT + " 10:00:00", sku, 30, "1", receipt);
  }

  private static String order(String no, String nick) {
    return Tmall.completed(no, nick, "100.00", "0.00", 1, NIGHT + " 10:00:00", "");
  }

  private static String line(String no) {
    return Tmall.line(no + "-1", no, "A", "100.00", 1, "100.00", "0");
  }

  /** A workbook in which {@code @} followed by four hexadecimal digits is the escape of XML. */
  private static byte[] workbook(String sheet) {
    var out = new ByteArrayOutputStream();
    byte[] plain = ContainersTest.workbook(Map.of("Sheet1", sheet));
    try (var in = new ZipInputStream(new ByteArrayInputStream(plain));
        var zip = new ZipOutputStream(out)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        byte[] bytes = in.readAllBytes();
        if (entry.getName().endsWith("sharedStrings.xml")) {
          String text = new String(bytes, StandardCharsets.UTF_8);
          bytes = text.replaceAll("@([0-9A-F]{4})", "_x$1_").getBytes(StandardCharsets.UTF_8);
        }
        zip.putNextEntry(new ZipEntry(entry.getName()));
        zip.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Test
  void different_texts_are_different_keys_or_none() {
    try (TestHome home = new TestHome(dir)) {
      home.drop(
          "tmall/s1/control.csv",
          Tmall.orders(
              order("9001", "nick"),
              order("9002", "nick\u0001"),
              order("9003", "nick\u0002"),
              order("9004", "\u007fnick"),
              order("90\u000705", "else"),
              order("\u202d9006\u202c", "\u2068marked\u2069"),
              order("9007", "mar\u00adked\ufeff")));
      home.drop(
          "tmall/s1/lines.csv",
          Tmall.lines(
              line("9001"), line("9002"), line("9003"), line("9004"), line("9006"), line("9007")));
      home.drop("tmall/s1/again.csv", Tmall.orders(order("9006\u200b", "marked")));
      home.drop(
          "pos/p1/half.xlsx",
          workbook(
              Pos.file(
                  sale("CU@D83D2", "A", "1"),
                  sale("CU@D83E2", "A", "2"),
                  sale("CU?2", "A", "3"),
                  sale("CU@D83D@DE002", "A", "4"),
                  sale("CU4", "A@0000", "5"))));
      home.night(NIGHT);
      assertThat(home.rows(REJECTS.formatted("control.csv")))
          .containsExactly(
              "UNDECODABLE 买家会员名 3",
              "UNDECODABLE 买家会员名 4",
              "UNDECODABLE 买家会员名 5",
              "UNDECODABLE 订单编号 6");
      assertThat(home.rows(REJECTS.formatted("half.xlsx")))
          .containsExactly("UNDECODABLE kh 2", "UNDECODABLE kh 3", "UNDECODABLE spbm 6");
      assertThat(home.ledger(NIGHT))
          .extracting(entry -> entry.replaceAll(" 2026-01-05 10:00:00 ", " "))
          .containsExactlyInAnyOrder(
              "EARN 100 9001/9001-1",
              "EARN 100 9006/9006-1",
              "EARN 100 9007/9007-1",
              "EARN 30 20260105-1-3/A#0000003000#001",
              "EARN 30 20260105-1-4/A#0000003000#001");
      assertThat(home.rows("select shown from token order by shown"))
          .containsExactly("CU?2", "CU\ud83d\ude002", "marked", "nick");
    }
  }

  @Test
  void a_key_longer_than_any_is_a_reject_and_healthy_rows_of_the_night_are_booked() {
    try (TestHome home = new TestHome(dir)) {
      String most = "k".repeat(128);
      home.drop(
          "pos/p1/long.csv",
          Pos.file(
              sale("C1", "random".repeat(700), "1"),
              sale("C1", "汉".repeat(1400), "2"),
              sale("C1", most + "k", "3"),
              sale(most + "k", "A", "4"),
              sale("C1", "A", "5".repeat(25)),
              sale(most, "😀".repeat(128), "6".repeat(24))));
      home.drop(
          "tmall/s1/long.csv",
          Tmall.orders(order("1".repeat(65), "n1"), order("2".repeat(64), most)));
      home.drop("tmall/s1/lines.csv", Tmall.lines(line("2".repeat(64))));
      home.drop(
          "program/member.csv",
          "card,phone,birthday,join_date,home_shop\nC1,13800000001,,," + "店".repeat(3000) + "\n");
      assertThat(home.night(NIGHT).exit()).isEqualTo(3);
      assertThat(home.rows(REJECTS.formatted("long.csv")))
          .containsExactlyInAnyOrder(
              "TOO_LONG spbm 2",
              "TOO_LONG spbm 3",
              "TOO_LONG spbm 4",
              "TOO_LONG kh 5",
              "TOO_LONG djh 6",
              "TOO_LONG 订单编号 2");
      assertThat(home.ledger(NIGHT)).hasSize(2);
      assertThat(home.rows("select length(home_shop) from member_fact")).containsExactly("1000");
    }
  }

  @Test
  void equal_rows_and_neighbouring_prices_are_lines_of_their_own() {
    try (TestHome home = new TestHome(dir)) {
      // One row more, which stands alone: a file of which every row stands twice would wait.
      List<String> rows =
          IntStream.rangeClosed(0, 1050)
              .mapToObj(i -> sale("C1", i < 1050 ? "A" : "Z", "1"))
              .toList();
      home.drop("pos/p1/many.csv", Pos.file(rows.toArray(String[]::new)));
      String dear = "C2," + NIGHT + " 10:00:00,B,1,123456789.0%s,%s,商品,0,1,2,g1,柜组";
      home.drop(
          "pos/p1/dear.csv", Pos.file(dear.formatted("1", "10.00"), dear.formatted("9", "20.00")));
      String back = "C3," + NIGHT + " 11:00:00,B,-1,123456789.0%s,%s,商品,0,1,3,g1,柜组";
      home.drop(
          "pos/p1/back.csv",
          Pos.file(back.formatted("1", "-10.00"), back.formatted("9", "-20.00")));
      home.night(NIGHT);
      assertThat(
              home.rows(
                  "select file || ' ' || merged || ' ' || duplicate from night_input order by file"))
          .containsExactly("back.csv 2 0", "dear.csv 2 0", "many.csv 1051 0");
      assertThat(home.rows("select sum(points) from entry where kind = 'EARN'"))
          .containsExactly("" + (1051 * 30 + 30));
      assertThat(home.rows("select count(*) from till_return")).containsExactly("2");

      // The same again, one row of it unreadable: the keys follow what is known.
      rows = new java.util.ArrayList<>(rows);
      rows.set(7, rows.get(7).replace("30.00", "x"));
      home.drop("pos/p1/again.csv", Pos.file(rows.toArray(String[]::new)));
      home.night("2026-01-06");
      assertThat(home.rows("select count(*) from order_line where sku = 'A'"))
          .containsExactly("1050");
      assertThat(home.ledger("2026-01-06")).isEmpty();
    }
  }

  @Test
  void a_header_cell_with_a_null_character_stops_no_night() {
    try (TestHome home = new TestHome(dir)) {
      String sheet = Pos.file(sale("C1", "A", "1")).replace("gzmc\n", "gzmc,note@0000\n");
      home.drop("pos/p1/null.xlsx", workbook(sheet.replace("柜组\n", "柜组,@0000@001B\n")));
      home.night(NIGHT);
      assertThat(home.ledger(NIGHT)).hasSize(1);
      assertThat(home.rows("select header[13] from night_input")).containsExactly("note<U+0000>");
    }
  }
}
