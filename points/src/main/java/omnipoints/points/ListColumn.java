package omnipoints.points;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The cells of one named column of a CSV file beside a programme, trimmed, empty ones left out; or
 * what is wrong with the file.
 *
 * @param text of the file, lines ended by LF; empty where it is no text
 * @param problem {@code <line>: <what is wrong>}, null where nothing is
 */
record ListColumn(String text, List<ListColumn.Cell> cells, String problem) {

  record Cell(int line, String text) {}

  static ListColumn read(byte[] file, String column) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
    } catch (CharacterCodingException e) {
      return new ListColumn("", List.of(), "0: not UTF-8; save the file as UTF-8");
    }
    if (text.startsWith("\uFEFF")) text = text.substring(1);
    return read(String.join("\n", text.lines().toList()), column);
  }

  private static ListColumn read(String text, String column) {
    var cells = new ArrayList<Cell>();
    int at = -1;
    long line = 1;
    try (CsvReader<CsvRecord> records = reader(text)) {
      for (CsvRecord record : records) {
        line = record.getStartingLineNumber();
        if (line == 1) at = trimmed(record).indexOf(column);
        if (at < 0)
          return new ListColumn(
              text, List.of(), "1: column " + column + ": missing in the first row");
        String cell = line > 1 && at < record.getFieldCount() ? record.getField(at).trim() : "";
        if (!cell.isEmpty()) cells.add(new Cell((int) line, cell));
        line++;
      }
    } catch (CsvParseException e) {
      return new ListColumn(
          text, List.of(), line + ": quotes do not pair; close the cell or take the quote out");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (at < 0)
      return new ListColumn(text, List.of(), "1: column " + column + ": missing in the first row");
    return new ListColumn(text, cells, null);
  }

  private static CsvReader<CsvRecord> reader(String text) {
    return CsvReader.builder()
        .skipEmptyLines(false)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .allowUnclosedQuote(false)
        .ofCsvRecord(text);
  }

  private static List<String> trimmed(CsvRecord record) {
    return record.getFields().stream().map(String::trim).toList();
  }
}
