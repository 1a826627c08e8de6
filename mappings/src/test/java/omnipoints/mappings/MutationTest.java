package omnipoints.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import omnipoints.facts.Contents;
import omnipoints.facts.FactRecord;
import omnipoints.facts.OrderState;
import omnipoints.facts.RefundState;
import omnipoints.files.DeliveryRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged or rearranged files yield the same records, rejects, or a refusal: never another record.
 *
 * <p>Lines, refunds and people are counted: none may appear twice. An order is stated again by each
 * run of its rows, and says the same each time; how many runs there are means nothing, so orders
 * are compared as a set.
 */
class MutationTest {
  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final List<String> WRAPPERS =
      List.of("'%s", "`%s", "\t%s", "%s\t", "=\"%s\"", " %s ", "%s\r", "\t'%s");
  private static final List<String> SAMPLES =
      List.of(
          "tmall/order_list_2017_gbk.csv",
          "tmall/order_list_2022_utf8_bom.csv",
          "tmall/order_report_2026_moved_gbk.csv",
          "tmall/refunds_utf8_bom.csv",
          "tmall/line_list_2017_gbk_trailing_comma.csv",
          "tmall/line_list_2021_gbk.csv",
          "tmall/line_list_2025_aliases.csv",
          "tmall/item_list_2025_full_header.csv",
          "douyin/orders_73_columns_utf8_bom.csv",
          "douyin/orders_75_columns_moved_gb18030.csv",
          "douyin/quirk_12_several_ids_in_one_cell.csv",
          "douyin/after_sales_50_columns.csv",
          "douyin/after_sales_reordered_gbk_conflicting_rows.csv",
          "jd/orders_2015_gbk_ragged_split.csv",
          "jd/orders_2018_added_columns_gbk.csv",
          "jd/orders_2026_moved_gb18030.csv",
          "wechat_store/orders_57_columns_first_row_only.csv",
          "wechat_store/orders_57_columns_every_row_gb18030.csv",
          "youzan/orders_60_columns_gb18030.csv",
          "youzan/order_lines_first_row_only.csv",
          "youzan/order_lines_every_row_gb18030.csv",
          "pos/store_sales_utf8.csv",
          "pos/store_sales_chinese_headers_gbk.csv",
          "pos/scanned_sales_utf8_bom.csv",
          "program/binding.csv",
          "program/member_utf8_bom.csv");

  /** What of a record may be lost, and only lost, when a column of the field is not exported. */
  private static final Map<String, Set<String>> LOSS =
      Map.ofEntries(
          Map.entry("buyer", Set.of("buyer")),
          Map.entry("phone", Set.of("buyer", "person")),
          Map.entry("card", Set.of("buyer", "person")),
          // A row that may have been split is a reject without it.
          Map.entry("children", Set.of()),
          Map.entry("unionid", Set.of("buyer", "person")),
          Map.entry("sku", Set.of("sku", "skuAlso")),
          Map.entry("price", Set.of("priceFen")),
          Map.entry("due", Set.of("dueFen", "refundedFen")),
          Map.entry("line_freight", Set.of("freightFen")),
          Map.entry("freight", Set.of("freightFen")),
          Map.entry("paid", Set.of("paidFen", "netFen")),
          Map.entry("refunded", Set.of("refundedFen")),
          Map.entry("line_refunded", Set.of("refundedFen", "refundState")),
          Map.entry("refund_state", Set.of("refundState")),
          Map.entry("state", Set.of("state")),
          Map.entry("line", Set.of("line")),
          Map.entry("completed_at", Set.of("completedAt")),
          Map.entry("item_count", Set.of("itemCount")),
          Map.entry("till_points", Set.of("tillPoints")),
          Map.entry("at", Set.of("at")),
          Map.entry("shop", Set.of()));

  /** {@code -Dmutations=100000} damages every place there is. */
  private static final int MOST = Integer.getInteger("mutations", 100);

  @TempDir Path folder;
  private final Map<String, Document> documents = new HashMap<>();
  private final Map<String, SampleTable> tables = new HashMap<>();
  private final Map<String, Map<String, Integer>> originals = new HashMap<>();

  @Test
  void reordered_columns_yield_the_same_records() {
    for (String sample : SAMPLES) {
      for (int seed = 0; seed < 12; seed++) {
        SampleTable table = table(sample);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < table.width(); i++) order.add(i);
        Collections.shuffle(order, new Random(seed));
        assertSame(sample, "seed " + seed, table.reordered(order).bytes(StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void columns_renamed_to_an_alias_yield_the_same_records() {
    int renamed = 0;
    for (String sample : SAMPLES) {
      for (Field field : document(sample).fields().values()) {
        for (String name : field.columns()) {
          SampleTable table = table(sample).copy();
          int at = column(table, field.columns());
          if (at < 0 || shared(sample, table.header().get(at), field)) continue;
          table.header().set(at, name);
          assertSame(sample, field.name() + " as " + name, table.bytes(StandardCharsets.UTF_8));
          renamed++;
        }
      }
    }
    assertThat(renamed).isGreaterThan(100);
  }

  @Test
  void header_spellings_yield_the_same_records() {
    for (String sample : SAMPLES) {
      SampleTable table = table(sample).copy();
      table
          .header()
          .replaceAll(
              h -> " " + h.replace('(', '（').replace(')', '）').replace("账", "帐") + "　\u200b");
      assertSame(sample, "wide", table.bytes(StandardCharsets.UTF_8));
      table
          .header()
          .replaceAll(
              h -> h.replace('（', '(').replace('）', ')').replace("订单", "订 单").toUpperCase());
      assertSame(sample, "narrow", table.bytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void unknown_columns_change_nothing() {
    for (String sample : SAMPLES) {
      for (int seed = 0; seed < 12; seed++) {
        Random random = new Random(seed);
        SampleTable table = table(sample).copy();
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
          int at = random.nextInt(table.width() + 1);
          for (int r = 0; r < table.rows().size(); r++)
            table.rows().get(r).add(at, r == 0 ? "新增列" + n : noise(random));
        }
        assertSame(sample, "seed " + seed, table.bytes(StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void a_dropped_column_loses_what_it_said_and_changes_nothing_else() {
    int refused = 0;
    int read = 0;
    for (String sample : SAMPLES) {
      List<FactRecord> before = records(sample, table(sample).bytes(StandardCharsets.UTF_8));
      for (int column = 0; column < table(sample).width(); column++) {
        List<FactRecord> after =
            records(sample, table(sample).without(column).bytes(StandardCharsets.UTF_8));
        if (after.isEmpty()) {
          refused++;
          continue;
        }
        read++;
        Set<String> losable = losable(sample, table(sample).header(), column);
        for (FactRecord record : after) {
          if (record instanceof FactRecord.Reject) continue;
          String as = sample + " without " + table(sample).header().get(column) + ": " + record;
          assertThat(before.stream().anyMatch(one -> lost(one, record, losable))).as(as).isTrue();
        }
      }
    }
    assertThat(refused).isGreaterThan(100);
    assertThat(read).isGreaterThan(300);
  }

  @Test
  void every_encoding_yields_the_same_records() throws IOException {
    for (String sample : SAMPLES) {
      SampleTable table = table(sample);
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
  void every_separator_yields_the_same_records() {
    for (String sample : SAMPLES) {
      for (char separator : new char[] {'\t', ';'})
        assertSame(
            sample,
            "separator " + separator,
            table(sample).bytes(StandardCharsets.UTF_8, separator));
    }
  }

  @Test
  void a_text_of_two_byte_characters_cut_anywhere_yields_no_other_record() {
    for (String sample : SAMPLES) {
      byte[] utf8 = table(sample).bytes(StandardCharsets.UTF_8, '\t');
      byte[] bytes =
          ("\ufeff" + new String(utf8, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_16LE);
      for (int length : chosen(bytes.length))
        assertNothingNew(sample, "cut at " + length, Arrays.copyOf(bytes, length));
    }
  }

  @Test
  void a_sheet_of_the_same_cells_yields_the_same_records() throws IOException {
    for (String sample : SAMPLES) {
      String[] rows =
          table(sample).rows().stream()
              .map(row -> Xlsx.row(Xlsx.texts(row.toArray(String[]::new))))
              .toArray(String[]::new);
      assertSame(sample, "xlsx", new Xlsx().sheet("s", rows).bytes());
    }
  }

  @Test
  void wrapped_cells_yield_the_same_records() {
    for (String sample : SAMPLES) {
      for (int seed = 0; seed < 12; seed++) {
        Random random = new Random(seed);
        SampleTable table = table(sample).copy();
        for (List<String> row : table.rows())
          row.replaceAll(cell -> random.nextInt(3) > 0 ? cell : wrapped(cell, random));
        assertSame(sample, "seed " + seed, table.bytes(StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void permuted_rows_yield_the_same_records() {
    for (String sample : SAMPLES) {
      if (sample.contains("first_row_only")) continue;
      SampleTable table = table(sample).copy();
      List<List<String>> rows = table.rows();
      Collections.shuffle(rows.subList(1, rows.size()), new Random(5));
      assertSame(sample, "permuted", table.bytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void a_damaged_id_is_a_reject_never_another_id() {
    for (String sample : SAMPLES) {
      for (int seed = 0; seed < 20; seed++) {
        Random random = new Random(seed);
        SampleTable table = table(sample).copy();
        for (List<String> row : table.rows().subList(1, table.rows().size()))
          row.replaceAll(
              cell ->
                  cell.replaceAll("\\D", "").length() > 10 && random.nextBoolean()
                      ? excel(cell)
                      : cell);
        assertNothingNew(sample, "seed " + seed, table.bytes(StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void a_file_cut_anywhere_yields_no_other_record() throws IOException {
    for (String sample : SAMPLES) {
      byte[] bytes = Files.readAllBytes(Samples.FOLDER.resolve(sample));
      for (int length : chosen(bytes.length))
        assertNothingNew(sample, "cut at " + length, Arrays.copyOf(bytes, length));
    }
  }

  @Test
  void a_long_file_cut_at_every_kilobyte_and_anywhere_yields_no_other_record() {
    for (String sample : SAMPLES) {
      SampleTable table = table(sample).copy();
      List<List<String>> rows = List.copyOf(table.rows().subList(1, table.rows().size()));
      while (table.bytes(StandardCharsets.UTF_8).length < 12 << 10) table.rows().addAll(rows);
      byte[] bytes = table.bytes(StandardCharsets.UTF_8);
      Map<String, Integer> whole = contents(sample, bytes);
      Random random = new Random(12);
      for (int length = 1 << 10; length < bytes.length; length += 1 << 10) {
        assertNothingNew(sample, "cut at " + length, whole, Arrays.copyOf(bytes, length));
        int anywhere = random.nextInt(bytes.length);
        assertNothingNew(sample, "cut at " + anywhere, whole, Arrays.copyOf(bytes, anywhere));
      }
    }
  }

  @Test
  void a_lost_quote_or_line_end_yields_no_other_record() throws IOException {
    for (String sample : SAMPLES) {
      byte[] bytes = Files.readAllBytes(Samples.FOLDER.resolve(sample));
      List<Integer> ends = new ArrayList<>();
      for (int i = 0; i < bytes.length; i++)
        if (bytes[i] == '"' || bytes[i] == '\n' || bytes[i] == '\r') ends.add(i);
      for (int end : chosen(ends.size())) {
        int i = ends.get(end);
        assertNothingNew(sample, "without byte " + i, without(bytes, i, 1));
        if (bytes[i] == '\r')
          assertNothingNew(sample, "without row end " + i, without(bytes, i, 2));
      }
    }
  }

  @Test
  void a_lost_or_added_separator_yields_no_other_record() {
    for (String sample : SAMPLES) {
      int width = table(sample).width();
      for (int place : chosen((table(sample).rows().size() - 1) * width)) {
        int r = 1 + place / width;
        int c = place % width;
        SampleTable split = table(sample).copy();
        split.rows().get(r).add(c, "");
        assertNothingNew(sample, "a cell more at " + r + "/" + c, split);
        if (c == width - 1) continue;
        SampleTable joined = table(sample).copy();
        List<String> row = joined.rows().get(r);
        row.set(c, row.get(c) + row.remove(c + 1));
        assertNothingNew(sample, "joined cells " + r + "/" + c, joined);
      }
    }
  }

  /**
   * Rows of a ragged document have any number of cells, so that a shift is seen only where a cell
   * no longer fits its type: what is behind the last amount and time of the row may be lost.
   */
  private void assertNothingNew(String sample, String how, SampleTable mutated) {
    if (!document(sample).ragged()) {
      assertNothingNew(sample, how, mutated.bytes(StandardCharsets.UTF_8));
      return;
    }
    List<FactRecord> before = records(sample, table(sample).bytes(StandardCharsets.UTF_8));
    for (FactRecord after : records(sample, mutated.bytes(StandardCharsets.UTF_8))) {
      if (after instanceof FactRecord.Reject) continue;
      assertThat(
              before.stream()
                  .anyMatch(one -> lost(one, after, Set.of("sku", "skuAlso", "completedAt"))))
          .as(sample + " " + how + ": " + after)
          .isTrue();
    }
  }

  /** Places to damage: all of them, or as many as there is time for. */
  private static List<Integer> chosen(int places) {
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < places; i++) chosen.add(i);
    Collections.shuffle(chosen, new Random(places));
    return chosen.subList(0, Math.min(places, MOST));
  }

  private SampleTable table(String sample) {
    return tables.computeIfAbsent(sample, SampleTable::of);
  }

  private static byte[] without(byte[] bytes, int at, int length) {
    byte[] without = new byte[bytes.length - length];
    System.arraycopy(bytes, 0, without, 0, at);
    System.arraycopy(bytes, at + length, without, at, without.length - at);
    return without;
  }

  private static String noise(Random random) {
    return List.of("", "-", "12.50", "二, \"三\"", "2026-01-01 00:00:00", "693\n000", "退款成功")
        .get(random.nextInt(7));
  }

  private static String wrapped(String cell, Random random) {
    return WRAPPERS.get(random.nextInt(WRAPPERS.size())).formatted(cell);
  }

  private static String excel(String cell) {
    String digits = cell.replaceAll("\\D", "");
    return digits.charAt(0) + "." + digits.substring(1, 6) + "E+" + (digits.length() - 1);
  }

  private Document document(String sample) {
    return documents.computeIfAbsent(
        sample,
        name -> {
          Path file = Samples.FOLDER.resolve(name);
          return Samples.recognised(file, Samples.channel(file)).document();
        });
  }

  private static int column(SampleTable table, List<String> names) {
    for (int i = 0; i < table.width(); i++) {
      String header = Headers.normalise(table.header().get(i));
      if (names.stream().anyMatch(name -> Headers.normalise(name).equals(header))) return i;
    }
    return -1;
  }

  /** Whether another field reads the column too, by a name that is not an alias of this one. */
  private boolean shared(String sample, String header, Field field) {
    return document(sample).fields().values().stream()
        .filter(other -> other != field)
        .anyMatch(other -> reads(other, header));
  }

  private static boolean reads(Field field, String header) {
    List<String> names = new ArrayList<>(field.columns());
    names.addAll(field.fallbacks());
    names.addAll(field.plus());
    names.addAll(field.minus());
    names.addAll(field.and());
    return names.stream().anyMatch(n -> Headers.normalise(n).equals(Headers.normalise(header)));
  }

  /** Parts of a record that may be unknown without the column. */
  private Set<String> losable(String sample, List<String> header, int column) {
    Set<String> losable = new TreeSet<>();
    for (Field field : document(sample).fields().values()) {
      if (!reads(field, header.get(column))) continue;
      assertThat(LOSS).as(sample).containsKey(field.name());
      losable.addAll(LOSS.get(field.name()));
    }
    return losable;
  }

  /** Whether {@code after} is {@code before} with nothing changed and only the losable lost. */
  private static boolean lost(FactRecord before, FactRecord after, Set<String> losable) {
    if (before.getClass() != after.getClass()) return false;
    // An order is told by any of its rows.
    boolean order = before instanceof FactRecord.OrderRecord;
    if (before.row() != after.row() && !order) return false;
    try {
      for (RecordComponent component : before.getClass().getRecordComponents()) {
        if (order && component.getName().equals("row")) continue;
        Object was = component.getAccessor().invoke(before);
        Object is = component.getAccessor().invoke(after);
        boolean same = was == null ? is == null : was.equals(is);
        if (!same && !(losable.contains(component.getName()) && less(component, was, is)))
          return false;
      }
      return true;
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** A SKU or a time may be another one: the mapping names the columns that stand in for it. */
  private static boolean less(RecordComponent component, Object was, Object is) {
    if (is == null || is == OrderState.UNKNOWN || is == RefundState.NONE) return true;
    if (Set.of("sku", "skuAlso", "at").contains(component.getName())) return true;
    return is instanceof List<?> tokens && ((List<?>) was).containsAll(tokens);
  }

  private void assertSame(String sample, String how, byte[] mutated) {
    assertThat(contents(sample, mutated)).as(sample + " " + how).isEqualTo(original(sample));
  }

  private void assertNothingNew(String sample, String how, byte[] mutated) {
    assertNothingNew(sample, how, original(sample), mutated);
  }

  private void assertNothingNew(
      String sample, String how, Map<String, Integer> original, byte[] mutated) {
    contents(sample, mutated)
        .forEach(
            (content, count) -> {
              if (count <= original.getOrDefault(content, 0)) return;
              String what = original.containsKey(content) ? "a doubled record" : "another record";
              throw new AssertionError(sample + " " + how + ": " + what + " " + content);
            });
  }

  private Map<String, Integer> original(String sample) {
    return originals.computeIfAbsent(
        sample,
        key -> {
          try {
            return contents(sample, Files.readAllBytes(Samples.FOLDER.resolve(sample)));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** How often each content is in the file, orders once; none if the file is refused. */
  private Map<String, Integer> contents(String sample, byte[] bytes) {
    Map<String, Integer> contents = new TreeMap<>();
    Contents hash = new Contents();
    for (FactRecord record : records(sample, bytes)) {
      if (record instanceof FactRecord.Reject) continue;
      String content =
          record.getClass().getSimpleName() + " " + HexFormat.of().formatHex(hash.hash(record));
      if (record instanceof FactRecord.OrderRecord) contents.put(content, 1);
      else contents.merge(content, 1, Integer::sum);
    }
    return contents;
  }

  /** All records, rejects too; none if the file is refused. */
  private List<FactRecord> records(String sample, byte[] bytes) {
    Path file = folder.resolve("mutated.csv");
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String channel = sample.substring(0, sample.indexOf('/'));
    if (!(Samples.recognise(file, channel) instanceof Recognition.Recognised recognised))
      return List.of();
    List<FactRecord> records = new ArrayList<>();
    try {
      RecordReader.read(
          recognised, file, Samples.SHOP, Samples.SHANGHAI, r -> records.add(plain(r)));
      return records;
    } catch (DeliveryRefused e) {
      return List.of();
    }
  }

  /**
   * The home shop of a member is an attribute nothing is decided by, the shop of a binding only
   * chooses among orders there are: a torn one is not told from a whole one.
   */
  private static FactRecord plain(FactRecord record) {
    if (record instanceof FactRecord.BindingRecord binding) {
      return new FactRecord.BindingRecord(
          binding.row(),
          binding.channel(),
          binding.orderNo(),
          binding.platform(),
          binding.person(),
          binding.boundAt(),
          null);
    }
    if (!(record instanceof FactRecord.MemberRecord member)) return record;
    return new FactRecord.MemberRecord(
        member.row(), member.person(), member.birthday(), member.joinDate(), null);
  }
}
