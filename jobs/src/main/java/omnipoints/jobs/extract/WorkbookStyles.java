package omnipoints.jobs.extract;

import org.apache.poi.ss.usermodel.BorderStyle;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.HorizontalAlignment;
import org.apache.poi.ss.usermodel.IndexedColors;
import org.apache.poi.ss.usermodel.PrintSetup;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.xssf.usermodel.XSSFFont;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** How cells look, and how a sheet is printed: the same all over the workbook. */
final class WorkbookStyles {

  private static final String FONT = "宋体";

  private final XSSFWorkbook book;
  final CellStyle title;
  final CellStyle section;
  final CellStyle header;
  final CellStyle label;
  final CellStyle text;
  final CellStyle wrapped;
  final CellStyle note;
  final CellStyle number;
  final CellStyle money;
  final CellStyle date;
  final CellStyle total;
  final CellStyle totalLabel;
  final CellStyle box;

  WorkbookStyles(XSSFWorkbook book) {
    this.book = book;
    title = style(16, true);
    section = style(12, true);
    header = bordered(style(10, true));
    header.setFillForegroundColor(IndexedColors.PALE_BLUE.getIndex());
    header.setFillPattern(FillPatternType.SOLID_FOREGROUND);
    header.setAlignment(HorizontalAlignment.CENTER);
    header.setVerticalAlignment(VerticalAlignment.CENTER);
    header.setWrapText(true);
    label = style(10, true);
    text = bordered(style(10, false));
    text.setVerticalAlignment(VerticalAlignment.CENTER);
    text.setIndention((short) 1);
    wrapped = bordered(style(10, false));
    wrapped.setWrapText(true);
    wrapped.setVerticalAlignment(VerticalAlignment.CENTER);
    wrapped.setIndention((short) 1);
    note = style(10, false);
    note.setWrapText(true);
    note.setVerticalAlignment(VerticalAlignment.CENTER);
    number = formatted("#,##0;[Red]-#,##0");
    money = formatted("#,##0.00;[Red]-#,##0.00");
    date = formatted("yyyy-mm-dd");
    total = bordered(style(10, true));
    total.setDataFormat(number.getDataFormat());
    totalLabel = bordered(style(10, true));
    totalLabel.setIndention((short) 1);
    box = bordered(style(11, false));
    box.setVerticalAlignment(VerticalAlignment.CENTER);
    box.setIndention((short) 1);
  }

  private CellStyle style(int points, boolean bold) {
    XSSFFont font = book.createFont();
    font.setFontName(FONT);
    font.setFontHeightInPoints((short) points);
    font.setBold(bold);
    CellStyle style = book.createCellStyle();
    style.setFont(font);
    return style;
  }

  private CellStyle formatted(String format) {
    CellStyle style = bordered(style(10, false));
    style.setDataFormat(book.createDataFormat().getFormat(format));
    style.setVerticalAlignment(VerticalAlignment.CENTER);
    return style;
  }

  private static CellStyle bordered(CellStyle style) {
    style.setBorderTop(BorderStyle.HAIR);
    style.setBorderBottom(BorderStyle.HAIR);
    style.setBorderLeft(BorderStyle.HAIR);
    style.setBorderRight(BorderStyle.HAIR);
    return style;
  }

  /** A cell of text. */
  static void put(Row row, int column, CellStyle style, String value) {
    Cell cell = row.createCell(column);
    cell.setCellStyle(style);
    cell.setCellValue(value);
  }

  /** A cell with a number. */
  static void put(Row row, int column, CellStyle style, long value) {
    Cell cell = row.createCell(column);
    cell.setCellStyle(style);
    cell.setCellValue(value);
  }

  /** On paper: across, as wide as the page, with the number of the page. */
  static void printed(Sheet sheet) {
    PrintSetup print = sheet.getPrintSetup();
    print.setPaperSize(PrintSetup.A4_PAPERSIZE);
    print.setLandscape(true);
    sheet.setFitToPage(true);
    print.setFitWidth((short) 1);
    print.setFitHeight((short) 0);
    sheet.getFooter().setCenter("&A  &P / &N");
  }
}
