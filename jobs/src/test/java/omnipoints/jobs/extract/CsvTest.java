package omnipoints.jobs.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.opencsv.CSVWriterBuilder;
import com.opencsv.ICSVWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CsvTest {
  private static final String[] PIECES = {
    "a", "锅", "𠮷", ",", "\"", "\n", "\r", "\r\n", " ", "#", "=", "'", "\t", "12.50", ";", "\\", ""
  };

  @Test
  void two_writers_write_the_same_bytes() throws IOException {
    long seed = 20_260_301;
    Random random = new Random(seed);
    for (int table = 0; table < 200; table++) {
      var ours = new ByteArrayOutputStream();
      var theirs = new StringWriter();
      Csv csv = new Csv(ours, Csv.Reader.MACHINE);
      ICSVWriter oracle = new CSVWriterBuilder(theirs).withLineEnd("\n").build();
      int width = 2 + random.nextInt(5);
      for (int row = 0; row < 50; row++) {
        String[] cells = new String[width];
        for (int i = 0; i < width; i++) cells[i] = cell(random);
        csv.row(cells);
        oracle.writeNext(cells, false);
      }
      csv.flush();
      oracle.flush();
      assertThat(ours.toString(StandardCharsets.UTF_8))
          .as("seed %d, table %d", seed, table)
          .isEqualTo(theirs.toString());
    }
  }

  private static String cell(Random random) {
    if (random.nextInt(10) == 0) return null;
    StringBuilder cell = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) cell.append(PIECES[random.nextInt(PIECES.length)]);
    return cell.toString();
  }

  @Test
  void what_people_open_runs_no_formula() {
    var out = new ByteArrayOutputStream();
    Csv csv = new Csv(out, Csv.Reader.PEOPLE);
    csv.row("=1+1", "-5", "@a,b", null);
    csv.flush();
    assertThat(out).hasToString("'=1+1,-5,\"'@a,b\",\n");
  }

  @Test
  void a_stream_that_refuses_is_told() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    Csv csv = new Csv(full, Csv.Reader.MACHINE);
    assertThatThrownBy(
            () -> {
              csv.row("a", "b");
              csv.flush();
            })
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("No space left on device");
  }
}
