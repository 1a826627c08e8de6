package omnipoints.mappings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import omnipoints.facts.FactRecord;
import omnipoints.files.Bundle;
import omnipoints.files.DeliveryOutcome;
import omnipoints.files.DeliveryRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
  private static final String CSV =
      "kh,dtime,spbm,sl,sj,je,jf,syjh,djh\n8001,2026-05-01 10:00:00,A,1,1.00,1.00,1,01,7\n";

  @TempDir Path folder;

  private static byte[] zip(Object... namesAndContents) {
    Map<String, byte[]> members = new LinkedHashMap<>();
    for (int i = 0; i < namesAndContents.length; i += 2) {
      Object content = namesAndContents[i + 1];
      members.put(
          (String) namesAndContents[i],
          content instanceof String text
              ? text.getBytes(StandardCharsets.UTF_8)
              : (byte[]) content);
    }
    return Xlsx.Zip.ofBytes(members);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  /** Till mapping with the given line added. */
  private Channels channels(String from, String to) throws IOException {
    Path home = folder.resolve("mappings");
    Files.createDirectories(home);
    String yaml = Files.readString(Path.of("channels/pos.yaml")).replace(from, to);
    Files.writeString(home.resolve("pos.yaml"), yaml);
    return Channels.load(home);
  }

  private List<String> unpack(Channels channels, byte[] bytes) throws IOException {
    Path file = folder.resolve("b");
    Files.write(file, bytes);
    List<Path> kept = new ArrayList<>();
    Bundle bundle = channels.bundle(file, "pos", "b.zip").orElseThrow();
    List<Bundle.Member> members =
        bundle.unpack(
            (name, in) -> {
              Path target = folder.resolve("kept" + kept.size());
              kept.add(target);
              Files.write(target, in.readAllBytes());
              return target;
            });
    List<String> told = new ArrayList<>();
    for (Bundle.Member member : members) {
      told.add(
          member.name()
              + (member.file() == null
                  ? " " + member.outcome()
                  : "=" + Files.readString(member.file(), StandardCharsets.ISO_8859_1)));
    }
    return told;
  }

  private List<String> unpack(byte[] bytes) throws IOException {
    return unpack(Samples.CHANNELS, bytes);
  }

  private DeliveryRefused refused(Channels channels, byte[] bytes) {
    return catchThrowableOfType(DeliveryRefused.class, () -> unpack(channels, bytes));
  }

  @Test
  void every_member_comes_out_and_what_systems_leave_behind_does_not() throws IOException {
    byte[] bundle =
        zip(
            "a.csv",
            "1",
            "2026/05/b.csv",
            "2",
            "__MACOSX/._a.csv",
            "x",
            ".DS_Store",
            "x",
            "dir/",
            "");
    assertThat(unpack(bundle)).containsExactly("b.zip/a.csv=1", "b.zip/2026/05/b.csv=2");
  }

  @Test
  void names_without_a_mark_are_utf8_or_gbk() throws IOException {
    Map<String, byte[]> member = Map.of("账务明细.csv", new byte[] {'1'});
    assertThat(unpack(Xlsx.Zip.ofBytes(member, Charset.forName("GBK"))))
        .containsExactly("b.zip/账务明细.csv=1");
    assertThat(unpack(Xlsx.Zip.ofBytes(member))).containsExactly("b.zip/账务明细.csv=1");
  }

  @Test
  void a_mapping_may_skip_members_by_name() throws IOException {
    Channels channels =
        channels("exclusions: []", "exclusions: []\nskip_members: [\"*汇总*\", \"read?me.txt\"]");
    byte[] bundle = zip("明细.csv", "1", "2026/账单(汇总).csv", "2", "read_me.txt", "3");
    assertThat(unpack(channels, bundle))
        .containsExactly(
            "b.zip/明细.csv=1", "b.zip/2026/账单(汇总).csv EMPTY", "b.zip/read_me.txt EMPTY");
  }

  @Test
  void names_that_lead_elsewhere_are_evil_and_the_others_go_on() throws IOException {
    List<String> evil =
        List.of(
            "../x.csv",
            "a/../../x.csv",
            "/etc/x.csv",
            "a\\x.csv",
            "C:x.csv",
            "a\u0000.csv",
            "a\n.csv",
            "a\u202e.csv",
            "./x.csv");
    for (String name : evil) {
      List<String> told = unpack(zip(name, "1", "good.csv", "2"));
      assertThat(told).as(name).hasSize(2).contains("b.zip/good.csv=2");
      assertThat(told.get(0)).startsWith("b.zip/").endsWith(" EVIL_NAME").doesNotContain("\n");
    }
  }

  @Test
  void bundles_in_bundles_are_unpacked_three_deep() throws IOException {
    byte[] inner = zip("x.csv", "1");
    byte[] middle = zip("inner.zip", inner, "y.csv.gz", gzip("2".getBytes(StandardCharsets.UTF_8)));
    assertThat(unpack(zip("middle.zip", middle)))
        .containsExactly("b.zip/middle.zip/inner.zip/x.csv=1", "b.zip/middle.zip/y.csv.gz/y.csv=2");
    assertThat(unpack(zip("outer.zip", zip("middle.zip", middle))))
        .containsExactly(
            "b.zip/outer.zip/middle.zip/inner.zip TOO_LARGE",
            "b.zip/outer.zip/middle.zip/y.csv.gz TOO_LARGE");
  }

  @Test
  void gzip_is_read_as_its_content_and_damage_of_it_is_seen() throws IOException {
    byte[] one = gzip("1".getBytes(StandardCharsets.UTF_8));
    byte[] two = Arrays.copyOf(one, one.length * 2);
    System.arraycopy(gzip("2".getBytes(StandardCharsets.UTF_8)), 0, two, one.length, one.length);
    assertThat(unpack(one)).containsExactly("b.zip/b.zip=1");
    assertThat(unpack(two)).containsExactly("b.zip/b.zip=12");
    byte[] garbage = Arrays.copyOf(one, one.length + 20);
    Arrays.fill(garbage, one.length, garbage.length, (byte) 'x');
    assertThat(refused(Samples.CHANNELS, garbage).outcome())
        .isEqualTo(DeliveryOutcome.STRUCTURE_BROKEN);
    assertThat(refused(Samples.CHANNELS, Arrays.copyOf(one, one.length - 3)).outcome())
        .isIn(DeliveryOutcome.TRUNCATED, DeliveryOutcome.STRUCTURE_BROKEN);
  }

  @Test
  void limits_are_measured_while_unpacking() throws IOException {
    byte[] noise = new byte[700_000];
    new java.util.Random(1).nextBytes(noise);
    Channels oneMib = channels("file_mib: 4096", "file_mib: 4096, inflated_mib: 1, members: 3");
    DeliveryRefused total = refused(oneMib, zip("a.csv", noise, "b.csv", noise));
    assertThat(total.outcome()).isEqualTo(DeliveryOutcome.TOO_LARGE);
    assertThat(total.getMessage())
        .isEqualTo("b.zip: unpacked it has more than the 1048576 bytes the mapping allows");
    assertThat(total.next().get(0)).contains("limits.inflated_mib");
    DeliveryRefused nested = refused(oneMib, zip("a.zip", zip("a.csv", noise), "b.csv", noise));
    assertThat(nested.outcome()).isEqualTo(DeliveryOutcome.TOO_LARGE);
    assertThat(refused(oneMib, zip("a", "1", "b", "2", "c", "3", "d", "4")).getMessage())
        .isEqualTo("b.zip: it holds 4 members, the mapping allows 3");
    Channels small = channels("file_mib: 4096", "file_mib: 1, inflated_mib: 64");
    assertThat(unpack(small, zip("a.csv", new byte[(1 << 20) + 1], "b.csv", "2")))
        .containsExactly("b.zip/a.csv TOO_LARGE", "b.zip/b.csv=2");
    assertThat(unpack(zip("a.csv", new byte[40 << 20], "b.csv", "2")))
        .containsExactly("b.zip/a.csv TOO_LARGE", "b.zip/b.csv=2");
  }

  @Test
  void a_workbook_has_the_same_limits() throws IOException {
    Channels small = channels("file_mib: 4096", "file_mib: 4096, inflated_mib: 1");
    String[] rows = new String[20_000];
    Arrays.fill(rows, Xlsx.row(Xlsx.texts("a text", "another")));
    rows[0] = Xlsx.row(Xlsx.texts("kh", "dtime", "spbm", "sl", "sj", "je", "jf", "syjh", "djh"));
    Path file = folder.resolve("big.xlsx");
    Files.write(file, new Xlsx().sheet("s", rows).bytes());
    CheckReport report = CheckReport.of(small, file, "pos", "S1", Samples.SHANGHAI, record -> {});
    assertThat(report.refusal().outcome()).isEqualTo(DeliveryOutcome.TOO_LARGE);
    assertThat(Samples.read(file, "pos")).isNotEmpty();
  }

  @Test
  void a_member_that_does_not_match_its_check_sum_is_refused_and_the_others_go_on()
      throws IOException {
    byte[] noise = new byte[1000];
    new java.util.Random(2).nextBytes(noise);
    byte[] bundle = zip("a.csv", noise, "b.csv", "2");
    bundle[200] ^= 1;
    assertThat(unpack(bundle)).containsExactly("b.zip/a.csv STRUCTURE_BROKEN", "b.zip/b.csv=2");
  }

  @Test
  void an_encrypted_member_is_refused_with_what_to_do() throws IOException {
    byte[] bundle = zip("a.csv", "1", "b.csv", "2");
    int central = indexOf(bundle, new byte[] {'P', 'K', 1, 2});
    bundle[central + 8] |= 1;
    bundle[6] |= 1;
    Path file = folder.resolve("b");
    Files.write(file, bundle);
    List<CheckReport> reports =
        CheckReport.all(Samples.CHANNELS, file, "pos", "S1", Samples.SHANGHAI, record -> {});
    assertThat(reports.get(0).refusal().outcome()).isEqualTo(DeliveryOutcome.STRUCTURE_BROKEN);
    assertThat(reports.get(0).refusal().message())
        .isEqualTo("b/a.csv: the member is password-protected, and no password is known here");
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int i = 0; ; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) return i;
    }
  }

  @Test
  void two_members_of_one_name_and_a_lost_directory_refuse_the_bundle() {
    byte[] twice = zip("a.csv", "1", "b.csv", "2");
    for (int i = 0; i < twice.length - 5; i++) {
      if (twice[i] == 'b' && twice[i + 1] == '.') twice[i] = 'a';
    }
    DeliveryRefused refused = refused(Samples.CHANNELS, twice);
    assertThat(refused.outcome()).isEqualTo(DeliveryOutcome.STRUCTURE_BROKEN);
    assertThat(refused.getMessage())
        .isEqualTo("b.zip: two members are called a.csv; which one counts?");
    byte[] whole = zip("a.csv", CSV);
    for (int length = 30; length < whole.length - 1; length += 7) {
      assertThat(refused(Samples.CHANNELS, Arrays.copyOf(whole, length)).outcome())
          .isEqualTo(DeliveryOutcome.TRUNCATED);
    }
  }

  @Test
  void a_checked_bundle_shows_every_member() throws IOException {
    Path file = folder.resolve("b.zip");
    Files.write(file, zip("s.csv", CSV, "book.xlsx", TmallBook.bytes(), "x.txt", "nothing"));
    List<FactRecord> records = new ArrayList<>();
    List<CheckReport> reports =
        CheckReport.all(Samples.CHANNELS, file, null, "S1", Samples.SHANGHAI, records::add);
    assertThat(reports)
        .extracting(
            report ->
                report.file()
                    + " "
                    + report.sheet()
                    + " "
                    + (report.refusal() == null ? "read" : report.refusal().outcome()))
        .containsExactly(
            "b.zip/s.csv null read",
            "b.zip/book.xlsx 订单报表 read",
            "b.zip/book.xlsx 销售明细 read",
            "b.zip/x.txt null NO_MAPPING");
    assertThat(records).hasSize(4);
  }

  @Test
  void the_shop_is_found_in_the_name_of_the_member_or_else_of_the_bundle() throws IOException {
    Channels channels =
        channels(
            "shop: {from: [folder]}",
            "shop: {from: [file_name], file_name_pattern: \"^(?<shop>S\\\\d+)_\"}");
    Path file = folder.resolve("S9_all.zip");
    Files.write(file, zip("S1_may.csv", CSV, "may.csv", CSV));
    List<String> shops = new ArrayList<>();
    CheckReport.all(
        channels,
        file,
        "pos",
        null,
        Samples.SHANGHAI,
        record -> {
          if (record instanceof FactRecord.OrderRecord order) shops.add(order.shop());
        });
    assertThat(shops).containsExactly("S1", "S9");
  }

  @Test
  void a_workbook_and_a_plain_file_are_no_bundles() throws IOException {
    Path file = folder.resolve("f");
    for (byte[] bytes : List.of(TmallBook.bytes(), CSV.getBytes(StandardCharsets.UTF_8))) {
      Files.write(file, bytes);
      assertThat(Samples.CHANNELS.bundle(file, "pos", "f")).isEmpty();
    }
  }
}
