package omnipoints.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged or rearranged files yield the same records, rejects, or a refusal: never another record.
 */
class MutationTest {
  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final Map<String, String> ALIASES =
      Map.of(
          "买家实际支付金额", "买家实付金额",
          "价格", "商品价格",
          "kh", "会员卡号",
          "je", "消费金额",
          "spbm", "商品编码",
          "主订单编号", " 主 订单编号　");
  private static final List<String> WRAPPERS =
      List.of("'%s", "`%s", "\t%s", "%s\t", "=\"%s\"", " %s ", "%s\r", "\t'%s");
  private static final List<String> SAMPLES =
      List.of(
          "tmall/order_list_2017_gbk.csv",
          "tmall/order_list_2022_utf8_bom.csv",
          "tmall/line_list_2017_gbk_trailing_comma.csv",
          "tmall/line_list_2021_gbk.csv",
          "tmall/line_list_2025_aliases.csv",
          "pos/store_sales_utf8.csv",
          "pos/store_sales_chinese_headers_gbk.csv",
          "program/binding.csv",
          "program/member_utf8_bom.csv");

  @TempDir Path folder;

  @Test
  void reordered_columns_yield_the_same_records() throws IOException {
    for (String sample : SAMPLES) {
      for (int seed = 0; seed < 30; seed++) {
        Table table = Table.of(sample);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < table.width(); i++) order.add(i);
        Collections.shuffle(order, new Random(seed));
        assertSame(sample, "seed " + seed, table.reordered(order).bytes(StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void columns_renamed_to_an_alias_yield_the_same_records() throws IOException {
    for (String sample : SAMPLES) {
      Table table = Table.of(sample);
      table.rows.get(0).replaceAll(header -> ALIASES.getOrDefault(header, header + " "));
      assertSame(sample, "aliases", table.bytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void every_encoding_yields_the_same_records() throws IOException {
    for (String sample : SAMPLES) {
      Table table = Table.of(sample);
      assertSame(sample, "utf-8", table.bytes(StandardCharsets.UTF_8));
      assertSame(sample, "gb18030", table.bytes(GB18030));
      ByteArrayOutputStream bom = new ByteArrayOutputStream();
      bom.write(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf});
      bom.write(table.bytes(StandardCharsets.UTF_8));
      assertSame(sample, "bom", bom.toByteArray());
      for (Charset wide : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
        String marked = "\ufeff" + new String(table.bytes(wide), wide);
        assertSame(sample, wide.name(), marked.getBytes(wide));
      }
    }
  }

  @Test
  void every_separator_yields_the_same_records() throws IOException {
    for (String sample : SAMPLES) {
      Table table = Table.of(sample);
      for (char separator : new char[] {'\t', ';'}) {
        assertSame(
            sample, "separator " + separator, table.bytes(StandardCharsets.UTF_8, separator));
      }
    }
  }

  @Test
  void a_text_of_two_byte_characters_cut_anywhere_yields_no_other_record() throws IOException {
    for (String sample : SAMPLES) {
      Table table = Table.of(sample);
      byte[] bytes =
          ("\ufeff" + new String(table.bytes(StandardCharsets.UTF_8, '\t'), StandardCharsets.UTF_8))
              .getBytes(StandardCharsets.UTF_16LE);
      for (int length = 0; length < bytes.length; length += 1 + length % 7) {
        assertNothingNew(sample, "cut at " + length, Arrays.copyOf(bytes, length));
      }
    }
  }

  @Test
  void a_sheet_of_the_same_cells_yields_the_same_records() throws IOException {
    for (String sample : SAMPLES) {
      Table table = Table.of(sample);
      String[] rows =
          table.rows.stream()
              .map(row -> Xlsx.row(Xlsx.texts(row.toArray(String[]::new))))
              .toArray(String[]::new);
      assertSame(sample, "xlsx", new Xlsx().sheet("s", rows).bytes());
    }
  }

  @Test
  void wrapped_cells_yield_the_same_records() throws IOException {
    for (String sample : SAMPLES) {
      for (int seed = 0; seed < 30; seed++) {
        Random random = new Random(seed);
        Table table = Table.of(sample);
        for (List<String> row : table.rows) {
          row.replaceAll(cell -> random.nextInt(3) > 0 ? cell : wrapped(cell, random));
        }
        assertSame(sample, "seed " + seed, table.bytes(StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void permuted_rows_yield_the_same_records() throws IOException {
    for (String sample : SAMPLES) {
      if (sample.startsWith("pos/")) continue;
      Table table = Table.of(sample);
      Collections.shuffle(table.rows.subList(1, table.rows.size()), new Random(5));
      assertSame(sample, "permuted", table.bytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void a_damaged_id_is_a_reject_never_another_id() throws IOException {
    for (String sample : SAMPLES) {
      for (int seed = 0; seed < 50; seed++) {
        Random random = new Random(seed);
        Table table = Table.of(sample);
        for (List<String> row : table.rows.subList(1, table.rows.size())) {
          row.replaceAll(
              cell ->
                  cell.replaceAll("\\D", "").length() > 15 && random.nextBoolean()
                      ? excel(cell)
                      : cell);
        }
        assertNothingNew(sample, "seed " + seed, table.bytes(StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void a_file_cut_anywhere_yields_no_other_record() throws IOException {
    for (String sample : SAMPLES) {
      byte[] bytes = Files.readAllBytes(Samples.FOLDER.resolve(sample));
      for (int length = 0; length < bytes.length; length += 1 + length % 5) {
        assertNothingNew(sample, "cut at " + length, Arrays.copyOf(bytes, length));
      }
    }
  }

  @Test
  void a_lost_quote_or_line_end_yields_no_other_record() throws IOException {
    for (String sample : SAMPLES) {
      byte[] bytes = Files.readAllBytes(Samples.FOLDER.resolve(sample));
      for (int i = 0; i < bytes.length; i++) {
        if (bytes[i] != '"' && bytes[i] != '\n') continue;
        byte[] without = new byte[bytes.length - 1];
        System.arraycopy(bytes, 0, without, 0, i);
        System.arraycopy(bytes, i + 1, without, i, without.length - i);
        assertNothingNew(sample, "without byte " + i, without);
      }
    }
  }

  @Test
  void a_lost_or_added_separator_yields_no_other_record() throws IOException {
    for (String sample : SAMPLES) {
      if (!sample.startsWith("pos/") && !sample.contains("2025")) continue;
      Table table = Table.of(sample);
      for (int r = 1; r < table.rows.size(); r++) {
        for (int c = 0; c < table.width() - 1; c++) {
          Table shifted = Table.of(sample);
          List<String> row = shifted.rows.get(r);
          row.set(c, row.get(c) + row.remove(c + 1));
          assertNothingNew(
              sample, "joined cells " + r + "/" + c, shifted.bytes(StandardCharsets.UTF_8));
        }
      }
    }
  }

  private static String wrapped(String cell, Random random) {
    return WRAPPERS.get(random.nextInt(WRAPPERS.size())).formatted(cell);
  }

  private static String excel(String cell) {
    String digits = cell.replaceAll("\\D", "");
    return digits.charAt(0) + "." + digits.substring(1, 6) + "E+" + (digits.length() - 1);
  }

  private void assertSame(String sample, String how, byte[] mutated) throws IOException {
    assertThat(contents(sample, mutated)).as(sample + " " + how).isEqualTo(original(sample));
  }

  private void assertNothingNew(String sample, String how, byte[] mutated) throws IOException {
    Map<String, Integer> original = original(sample);
    contents(sample, mutated)
        .forEach(
            (content, count) -> {
              assertThat(original).as(sample + " " + how + ": another record").containsKey(content);
              assertThat(count)
                  .as(sample + " " + how + ": a doubled record")
                  .isLessThanOrEqualTo(original.get(content));
            });
  }

  private Map<String, Integer> original(String sample) throws IOException {
    return contents(sample, Files.readAllBytes(Samples.FOLDER.resolve(sample)));
  }

  /** How often each content is in the file; none if the file is refused. */
  private Map<String, Integer> contents(String sample, byte[] bytes) throws IOException {
    Path file = folder.resolve("mutated.csv");
    Files.write(file, bytes);
    Map<String, Integer> contents = new TreeMap<>();
    String channel = sample.substring(0, sample.indexOf('/'));
    if (!(Samples.recognise(file, channel) instanceof Recognition.Recognised recognised))
      return contents;
    Contents hash = new Contents();
    try {
      RecordReader.read(
          recognised,
          file,
          Samples.SHOP,
          Samples.SHANGHAI,
          record -> {
            if (record instanceof Record.Reject) return;
            String kind = record.getClass().getSimpleName() + " ";
            contents.merge(
                kind + HexFormat.of().formatHex(hash.hash(plain(record))), 1, Integer::sum);
          });
      return contents;
    } catch (DeliveryRefused e) {
      return Map.of();
    }
  }

  /**
   * The home shop of a member is an attribute nothing is decided by: a torn one is not told from a
   * whole one.
   */
  private static Record plain(Record record) {
    if (!(record instanceof Record.MemberRecord member)) return record;
    return new Record.MemberRecord(0, member.person(), member.birthday(), member.joinDate(), null);
  }

  /** A sample as rows of cells, written back as plain CSV. */
  private record Table(List<List<String>> rows) {
    static Table of(String sample) {
      Path file = Samples.FOLDER.resolve(sample);
      Recognition.Recognised recognised = Samples.recognised(file, null);
      List<List<String>> rows = new ArrayList<>();
      Channel.Limits limits = recognised.channel().limits();
      try (RowSource source =
          CsvRowSource.open(file, sample, recognised.encoding(), ',', limits, true)) {
        for (Row row = source.next(); row != null; row = source.next()) {
          List<String> cells = new ArrayList<>();
          for (int i = 0; i < recognised.headers().size(); i++) cells.add(row.text(i));
          rows.add(cells);
        }
      }
      return new Table(rows);
    }

    int width() {
      return rows.get(0).size();
    }

    Table reordered(List<Integer> order) {
      List<List<String>> reordered = new ArrayList<>();
      for (List<String> row : rows)
        reordered.add(new ArrayList<>(order.stream().map(row::get).toList()));
      return new Table(reordered);
    }

    byte[] bytes(Charset charset) {
      return bytes(charset, ',');
    }

    byte[] bytes(Charset charset, char separator) {
      StringBuilder text = new StringBuilder();
      for (List<String> row : rows) {
        for (int i = 0; i < row.size(); i++) {
          if (i > 0) text.append(separator);
          text.append('"').append(row.get(i).replace("\"", "\"\"")).append('"');
        }
        text.append("\r\n");
      }
      return text.toString().getBytes(charset);
    }
  }
}
