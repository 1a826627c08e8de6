package omnipoints.jobs.extract;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import omnipoints.mappings.Channels;
import omnipoints.mappings.CheckReport;
import omnipoints.mappings.Document;
import omnipoints.mappings.RecordJson;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What people fill into a template is read as the same rows of a CSV file are. */
class TemplateWorkbookTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Path SAMPLES = Path.of("../mappings/samples/program");
  private static final Channels CHANNELS = Channels.load(null);

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> every_document_of_ours_is_read_back_from_its_template_without_loss() {
    return CHANNELS.channel("program").documents().stream()
        .map(document -> DynamicTest.dynamicTest(document.name(), () -> readBack(document)));
  }

  private void readBack(Document document) throws IOException {
    Path sample = SAMPLES.resolve(document.name() + ".csv");
    if (document.name().equals("member")) sample = SAMPLES.resolve("member_utf8_bom.csv");
    Path book = folder.resolve(document.name() + ".xlsx");
    try (OutputStream out = Files.newOutputStream(book)) {
      TemplateWorkbook.write(CHANNELS, document, out);
    }
    assertThat(records(book)).as("an empty template").isEmpty();
    fill(book, sample);
    assertThat(records(book)).isNotEmpty().isEqualTo(records(sample));
  }

  private static void fill(Path book, Path sample) throws IOException {
    XSSFWorkbook workbook;
    try (InputStream in = Files.newInputStream(book)) {
      workbook = new XSSFWorkbook(in);
    }
    Sheet sheet = workbook.getSheetAt(0);
    List<String> columns = new ArrayList<>();
    sheet.getRow(0).forEach(cell -> columns.add(cell.getStringCellValue()));
    try (CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(sample)) {
      List<String> header = new ArrayList<>();
      int at = 0;
      for (CsvRecord record : csv) {
        if (at++ == 0) {
          record.getFields().forEach(name -> header.add(name.replace("\uFEFF", "")));
          continue;
        }
        Row row = sheet.createRow(at - 1);
        for (int i = 0; i < record.getFieldCount(); i++) {
          if (!columns.contains(header.get(i))) continue;
          int column = columns.indexOf(header.get(i));
          row.createCell(column).setCellValue(record.getField(i));
        }
      }
    }
    try (OutputStream out = Files.newOutputStream(book)) {
      workbook.write(out);
    }
    workbook.close();
  }

  private static List<String> records(Path file) {
    RecordJson json = new RecordJson(ZONE);
    List<String> lines = new ArrayList<>();
    CheckReport.all(CHANNELS, file, "program", null, ZONE, record -> lines.add(json.line(record)));
    return lines;
  }
}
