package omnipoints.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import omnipoints.facts.FactRecord;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Containers cut short and with bytes changed: the same records, rejects or a refusal, never
 * another record, never any other failure.
 */
class ContainerFuzzTest {
  private static final int SEEDS = 400;

  @TempDir Path folder;

  private static byte[] xlsx() {
    Xlsx book = new Xlsx();
    String[] rows = new String[60];
    rows[0] =
        Xlsx.row(Xlsx.texts("kh", "dtime", "spbm", "sl", "sj", "je", "jf", "syjh", "djh", "spmc"));
    for (int i = 1; i < rows.length; i++) {
      rows[i] =
          Xlsx.row(
              Xlsx.number(String.valueOf(8000 + i)),
              Xlsx.number("46143.41666666" + i % 10, 1),
              book.shared("<si><t>SKU-" + i + "</t></si>"),
              Xlsx.number("1"),
              Xlsx.number(i + ".25"),
              Xlsx.number(i + ".25"),
              Xlsx.texts("1", "0" + i % 3, String.valueOf(i), "名称" + i));
    }
    return book.sheet("销售", rows).bytes();
  }

  private static byte[] zip() throws IOException {
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("a.xlsx", xlsx());
    members.put("门店.csv", Files.readAllBytes(Samples.FOLDER.resolve("pos/store_sales_utf8.csv")));
    return Xlsx.Zip.ofBytes(members);
  }

  private static byte[] xls() throws IOException {
    var out = new java.io.ByteArrayOutputStream();
    try (HSSFWorkbook book = new HSSFWorkbook()) {
      Sheet sheet = book.createSheet("s");
      String[] header = {"kh", "dtime", "spbm", "sl", "sj", "je", "jf", "syjh", "djh"};
      for (int r = 0; r < 40; r++) {
        Row row = sheet.createRow(r);
        for (int c = 0; c < header.length; c++) {
          if (r == 0) row.createCell(c).setCellValue(header[c]);
          else if (c == 1) row.createCell(c).setCellValue("2026-05-01 10:00:0" + r % 10);
          else row.createCell(c).setCellValue(r);
        }
      }
      book.write(out);
    }
    return out.toByteArray();
  }

  /** Contents of all records; a part that is refused has none. */
  private List<String> contents(byte[] bytes) throws IOException {
    Path file = folder.resolve("fuzzed");
    Files.write(file, bytes);
    List<String> all = new ArrayList<>();
    RecordJson json = new RecordJson(Samples.SHANGHAI);
    List<List<String>> parts = new ArrayList<>();
    List<String> part = new ArrayList<>();
    List<CheckReport> reports =
        CheckReport.all(
            Samples.CHANNELS,
            file,
            "pos",
            "S1",
            Samples.SHANGHAI,
            record -> {
              if (!(record instanceof FactRecord.Reject)) part.add(json.line(record));
            });
    parts.add(part);
    // What a refused part gave before its damage must be forgotten; with one part that is all.
    boolean refused = reports.stream().anyMatch(report -> report.refusal() != null);
    if (refused && reports.size() == 1) return List.of();
    parts.forEach(all::addAll);
    return all;
  }

  private Set<String> known(byte[] original) throws IOException {
    Set<String> known = new HashSet<>(contents(original));
    assertThat(known).isNotEmpty();
    return known;
  }

  private void assertNothingNew(String how, Set<String> known, byte[] mutated) throws IOException {
    assertThat(known).as(how).containsAll(contents(mutated));
  }

  @Test
  void a_container_cut_anywhere_yields_no_other_record() throws IOException {
    for (byte[] original : List.of(xlsx(), zip(), xls())) {
      Set<String> known = known(original);
      for (int length = 0; length < original.length; length += 1 + original.length / 300) {
        assertNothingNew("cut at " + length, known, Arrays.copyOf(original, length));
      }
    }
  }

  @Test
  void a_changed_byte_of_a_packed_file_yields_no_other_record() throws IOException {
    for (byte[] original : List.of(xlsx(), zip())) {
      Set<String> known = known(original);
      Random random = new Random(7);
      for (int seed = 0; seed < SEEDS; seed++) {
        byte[] mutated = original.clone();
        int at = random.nextInt(mutated.length);
        mutated[at] ^= (byte) (1 << random.nextInt(8));
        assertNothingNew("byte " + at + " of seed " + seed, known, mutated);
      }
    }
  }

  @Test
  void a_changed_byte_of_an_old_workbook_is_never_another_failure() throws IOException {
    byte[] original = xls();
    Random random = new Random(8);
    for (int seed = 0; seed < SEEDS; seed++) {
      byte[] mutated = original.clone();
      for (int i = 0; i <= seed % 4; i++) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
      }
      assertThat(contents(mutated)).isNotNull();
    }
  }
}
