package omnipoints.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import omnipoints.facts.FactRecord;
import omnipoints.files.Bundle;
import omnipoints.files.DeliveryOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles as a mapping sees them: what it skips, what a person is told of each member. */
class CheckedBundleTest {
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
  void a_workbook_has_the_same_limits() throws IOException {
    Channels small = channels("file_mib: 4096", "file_mib: 4096, inflated_mib: 1");
    String[] rows = new String[20_000];
    Arrays.fill(rows, Xlsx.row(Xlsx.texts("a text", "another")));
    rows[0] = Xlsx.row(Xlsx.texts("kh", "dtime", "spbm", "sl", "sj", "je", "jf", "syjh", "djh"));
    Path file = folder.resolve("big.xlsx");
    Files.write(file, new Xlsx().sheet("s", rows).bytes());
    CheckReport report = Samples.check(small, file, "pos", "S1", Samples.SHANGHAI, record -> {});
    assertThat(report.refusal().outcome()).isEqualTo(DeliveryOutcome.TOO_LARGE);
    assertThat(Samples.read(file, "pos")).isNotEmpty();
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
