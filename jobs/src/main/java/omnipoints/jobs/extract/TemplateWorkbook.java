package omnipoints.jobs.extract;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import omnipoints.mappings.Channels;
import omnipoints.mappings.Document;
import omnipoints.mappings.Field;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Font;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * An empty workbook of one document, for people to fill in: the first sheet has its columns, all of
 * them text so that long numbers keep their digits, the second one says what to write.
 */
public final class TemplateWorkbook {

  private static final int WIDTH = 22 * 256;
  private static final int WIDE = 80 * 256;

  private TemplateWorkbook() {}

  /** Writes it. */
  public static void write(Channels channels, Document document, OutputStream out)
      throws IOException {
    try (XSSFWorkbook book = new XSSFWorkbook()) {
      CellStyle text = book.createCellStyle();
      text.setDataFormat(book.createDataFormat().getFormat("@"));
      CellStyle head = book.createCellStyle();
      head.cloneStyleFrom(text);
      Font bold = book.createFont();
      bold.setBold(true);
      head.setFont(bold);
      Sheet rows = book.createSheet(document.name());
      Sheet words = book.createSheet("填写说明");
      line(words, 0, head, "列 column", "必填 needed", "写法 how");
      Row header = rows.createRow(0);
      int column = 0;
      for (Field field : document.fields().values()) {
        String name = field.columns().get(0);
        rows.setDefaultColumnStyle(column, text);
        rows.setColumnWidth(column, WIDTH);
        var cell = header.createCell(column++);
        cell.setCellStyle(head);
        cell.setCellValue(name);
        boolean needed = field.need() == Field.Need.VALUE;
        line(words, column, text, name, needed ? "是 yes" : "", how(channels, field));
      }
      rows.createFreezePane(0, 1);
      words.setColumnWidth(0, WIDTH);
      words.setColumnWidth(2, WIDE);
      book.write(out);
    }
  }

  private static void line(Sheet sheet, int at, CellStyle style, String... cells) {
    Row row = sheet.createRow(at);
    for (int i = 0; i < cells.length; i++) {
      var cell = row.createCell(i);
      cell.setCellStyle(style);
      cell.setCellValue(cells[i]);
    }
  }

  private static String how(Channels channels, Field field) {
    if (field.name().endsWith("_kind")) return String.join(" | ", channels.tokenKinds());
    return switch (field.type()) {
      case TEXT -> "文字 text";
      case ID, CODE, IDS -> "编号，按文本填写 a number of something, all its digits";
      case MONEY -> field.unit() == 1 ? "金额，单位分 money in fen" : "金额，单位元 money in yuan";
      case NUMBER, POINTS -> "整数 whole number";
      case DATETIME -> "2026-03-01 10:00:00";
      case DATE -> "2026-03-01";
      case PHONE -> "手机号 mobile number";
      case STATUS -> String.join(" | ", field.vocabulary().keySet()).toLowerCase(Locale.ROOT);
    };
  }
}
