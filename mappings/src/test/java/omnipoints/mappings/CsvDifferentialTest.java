package omnipoints.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import com.opencsv.CSVReader;
import com.opencsv.CSVReaderBuilder;
import com.opencsv.RFC4180ParserBuilder;
import com.opencsv.exceptions.CsvException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import omnipoints.files.Encoding;
import omnipoints.files.Limits;
import omnipoints.files.Part;
import omnipoints.files.Row;
import omnipoints.files.RowSource;
import omnipoints.files.TextEncodings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two independent parsers see the same cells: FastCSV, which reads deliveries, and OpenCSV. */
class CsvDifferentialTest {
  private static final Limits LIMITS = new Limits(1 << 30, 1 << 16, 1 << 14, 1 << 30, 1000);
  private static final String[] PIECES = {
    "a", "锅", ",", "\"", "\n", "\r\n", " ", "=", "'", "\t", "12.50", "", "中文，标点"
  };

  private static final int RANDOM_FILES = 10_000;

  /** Samples whose quotes do not pair, or whose bytes are no text. */
  private static final Set<String> NO_CSV =
      Set.of(
          "tmall/order_list_torn.csv",
          "tmall/order_list_unclosed_quote.csv",
          "tmall/quirk_01_undecodable_byte.csv");

  @TempDir Path folder;

  @Test
  void both_parsers_see_the_same_cells_in_every_sample() throws Exception {
    int compared = 0;
    for (Path sample : Samples.all()) {
      if (!text(sample)) continue;
      Encoding encoding = encoding(sample);
      char separator = separator(sample);
      byte[] bytes = Files.readAllBytes(sample);
      String text =
          new String(
              bytes, encoding.bomBytes(), bytes.length - encoding.bomBytes(), encoding.charset());
      assertThat(ours(sample, encoding, separator))
          .as(sample.toString())
          .isEqualTo(theirs(text, separator));
      if (sample.toString().endsWith(".csv")) compared++;
    }
    long texts = Samples.all().stream().filter(s -> s.toString().endsWith(".csv")).count();
    assertThat(compared).isEqualTo((int) texts - NO_CSV.size());
  }

  @Test
  void a_sample_that_is_no_csv_is_refused_for_it() throws Exception {
    for (String sample : NO_CSV) {
      String golden = Files.readString(Samples.expected(Samples.FOLDER.resolve(sample)));
      assertThat(golden).as(sample).startsWith("{\"refused\":\"").doesNotContain("TOTALS_DIFFER");
    }
  }

  /** Every CSV, refused ones too, but for those no CSV reader can read; and text of other names. */
  private static boolean text(Path sample) {
    if (NO_CSV.contains(Samples.FOLDER.relativize(sample).toString())) return false;
    return sample.toString().endsWith(".csv")
        || Samples.recognise(sample, Samples.channel(sample))
                instanceof Recognition.Recognised recognised
            && recognised.part().format() == Part.Format.TEXT;
  }

  private static char separator(Path sample) {
    return Samples.recognise(sample, Samples.channel(sample))
            instanceof Recognition.Recognised recognised
        ? recognised.part().separator()
        : ',';
  }

  private static Encoding encoding(Path sample) throws IOException {
    return TextEncodings.of(sample, "f", List.of(Encoding.UTF_8, Encoding.GB18030))
        .good()
        .orElseThrow();
  }

  @Test
  void both_parsers_see_the_same_cells_in_random_files() throws Exception {
    Path file = folder.resolve("random.csv");
    Set<String> different = new HashSet<>();
    for (long seed = 0; seed < RANDOM_FILES; seed++) {
      List<List<String>> rows = rows(new Random(seed));
      String text = write(rows, new Random(~seed));
      different.add(text);
      Files.writeString(file, text, StandardCharsets.UTF_8);
      List<List<String>> ours = ours(file, Encoding.UTF_8, ',');
      assertThat(ours)
          .as("seed " + seed)
          .isEqualTo(rows.stream().map(CsvDifferentialTest::lineEnds).toList());
      assertThat(theirs(text, ',')).as("seed " + seed).isEqualTo(ours);
    }
    assertThat(different).hasSizeGreaterThan(RANDOM_FILES * 9 / 10);
  }

  private static List<List<String>> rows(Random random) {
    List<List<String>> rows = new ArrayList<>();
    int width = 1 + random.nextInt(6);
    for (int r = 1 + random.nextInt(8); r > 0; r--) {
      List<String> cells = new ArrayList<>();
      for (int c = 0; c < width; c++) {
        StringBuilder cell = new StringBuilder();
        for (int p = random.nextInt(5); p > 0; p--)
          cell.append(PIECES[random.nextInt(PIECES.length)]);
        cells.add(cell.toString());
      }
      // A single empty cell is written as an empty line, which is another thing.
      if (width == 1 && cells.get(0).isEmpty()) cells.set(0, "x");
      rows.add(cells);
    }
    return rows;
  }

  private static String write(List<List<String>> rows, Random random) {
    String end = random.nextBoolean() ? "\n" : "\r\n";
    StringBuilder text = new StringBuilder();
    for (List<String> cells : rows) {
      for (int i = 0; i < cells.size(); i++) {
        String cell = cells.get(i);
        boolean must = cell.matches("(?s).*[,\"\r\n].*");
        if (i > 0) text.append(',');
        text.append(must || random.nextBoolean() ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
      }
      text.append(end);
    }
    return text.toString();
  }

  private static List<List<String>> ours(Path file, Encoding encoding, char separator) {
    List<List<String>> rows = new ArrayList<>();
    try (RowSource source = RowSource.open(file, "f", Part.text(separator), encoding, LIMITS)) {
      for (Row row = source.next(); row != null; row = source.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.size(); i++)
          cells.add(lineEnds(row.quoted(i) ? row.text(i) : emptyWrapper(row.text(i))));
        // An empty line is a row without cells to one reader, a row of one empty cell to the other.
        rows.add(cells.isEmpty() ? List.of("") : cells);
      }
    }
    return rows;
  }

  /**
   * OpenCSV takes the two quotes of an unquoted {@code =""} for one escaped quote; no wrapper is
   * recognised by it.
   */
  private static String emptyWrapper(String cell) {
    return cell.equals("=\"\"") ? "=\"" : cell;
  }

  /** OpenCSV reads by lines and forgets which line end a cell held. */
  private static String lineEnds(String cell) {
    return cell.replace("\r\n", "\n").replace('\r', '\n');
  }

  private static List<String> lineEnds(List<String> cells) {
    return cells.stream().map(CsvDifferentialTest::lineEnds).toList();
  }

  private static List<List<String>> theirs(String text, char separator)
      throws IOException, CsvException {
    try (CSVReader reader =
        new CSVReaderBuilder(new StringReader(text))
            .withCSVParser(new RFC4180ParserBuilder().withSeparator(separator).build())
            .withKeepCarriageReturn(false)
            .build()) {
      return reader.readAll().stream().map(List::of).toList();
    }
  }
}
