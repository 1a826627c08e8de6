package omnipoints.jobs.extract;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import omnipoints.sql.Script;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;

/**
 * A sheet with one row for each row of a statement, under a header that stays in sight; as many
 * sheets of the name as it takes.
 */
final class ListSheet {

  private static final int CHARACTER = 256;
  private static final int FEN_DIGITS = 2;

  /** Sheets of more columns keep their first two in sight, and are printed on two pages. */
  private static final int WIDE = 16;

  private enum Kind {
    CODE,
    TEXT,
    WORD,
    NUMBER,
    MONEY,
    DATE
  }

  /**
   * One column; its value is that of the statement at the same place.
   *
   * @param width in characters
   */
  record Column(String header, Kind kind, int width) {
    /** A code that commands take: as it is. */
    static Column code(String header, int width) {
      return new Column(header, Kind.CODE, width);
    }

    /** Names, and remarks that have a Chinese twin. */
    static Column text(String header, int width) {
      return new Column(header, Kind.TEXT, width);
    }

    /** One of the words of the books, told in Chinese. */
    static Column word(String header, int width) {
      return new Column(header, Kind.WORD, width);
    }

    static Column number(String header) {
      return new Column(header, Kind.NUMBER, 12);
    }

    /** Fen in the books, yuan on paper. */
    static Column money(String header) {
      return new Column(header, Kind.MONEY, 15);
    }

    static Column date(String header) {
      return new Column(header, Kind.DATE, 12);
    }
  }

  private final SXSSFWorkbook book;
  private final WorkbookStyles styles;
  private final int sheetRows;
  private final Connection connection;
  private final ReconciliationWorkbook.Of of;

  ListSheet(
      SXSSFWorkbook book,
      WorkbookStyles styles,
      int sheetRows,
      Connection connection,
      ReconciliationWorkbook.Of of) {
    this.book = book;
    this.styles = styles;
    this.sheetRows = sheetRows;
    this.connection = connection;
    this.of = of;
  }

  /** Writes all rows of a statement. */
  void write(String name, List<Column> columns, Script script, String statement) {
    var at = new Place(name, columns);
    script
        .statement(statement)
        .forEachRow(connection, of.params(script), row -> put(at.next(), columns, row));
  }

  private final class Place {
    private final String name;
    private final List<Column> columns;
    private Sheet sheet;
    private int sheets;
    private int row;

    Place(String name, List<Column> columns) {
      this.name = name;
      this.columns = columns;
      open();
    }

    private void open() {
      sheets++;
      sheet = book.createSheet(sheets == 1 ? name : name + " " + sheets);
      boolean wide = columns.size() > WIDE;
      sheet.createFreezePane(wide ? 2 : 0, 1);
      sheet.setRepeatingRows(CellRangeAddress.valueOf("1:1"));
      WorkbookStyles.printed(sheet);
      if (wide) {
        sheet.setRepeatingColumns(CellRangeAddress.valueOf("A:B"));
        sheet.getPrintSetup().setFitWidth((short) 2);
      }
      Row header = sheet.createRow(0);
      header.setHeightInPoints(30);
      for (int i = 0; i < columns.size(); i++) {
        sheet.setColumnWidth(i, columns.get(i).width() * CHARACTER);
        WorkbookStyles.put(header, i, styles.header, columns.get(i).header());
      }
      row = 1;
    }

    Row next() {
      if (row == sheetRows) open();
      return sheet.createRow(row++);
    }
  }

  private void put(Row into, List<Column> columns, ResultSet row) throws SQLException {
    for (int i = 0; i < columns.size(); i++) {
      Cell cell = into.createCell(i);
      Column column = columns.get(i);
      cell.setCellStyle(style(column));
      Object value = row.getObject(i + 1);
      if (value == null) continue;
      switch (column.kind()) {
        case CODE -> cell.setCellValue(value.toString());
        case TEXT -> cell.setCellValue(ChineseRemarks.of(value.toString()));
        case WORD -> cell.setCellValue(ChineseWords.of(value.toString()));
        case NUMBER -> cell.setCellValue(((Number) value).longValue());
        case MONEY ->
            cell.setCellValue(
                BigDecimal.valueOf(((Number) value).longValue(), FEN_DIGITS).doubleValue());
        case DATE -> cell.setCellValue(LocalDate.parse(value.toString()));
      }
    }
  }

  private CellStyle style(Column column) {
    return switch (column.kind()) {
      case NUMBER -> styles.number;
      case MONEY -> styles.money;
      case DATE -> styles.date;
      case TEXT -> column.width() > 40 ? styles.wrapped : styles.text;
      default -> styles.text;
    };
  }
}
