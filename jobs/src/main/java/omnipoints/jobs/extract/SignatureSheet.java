package omnipoints.jobs.extract;

import java.util.List;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;

/** 签字: what is confirmed, tied to the close by its hash, and room for those who confirm it. */
final class SignatureSheet {

  private static final int CHARACTER = 256;
  private static final int LAST_COLUMN = 4;
  private static final List<String> ROLES = List.of("编制", "复核", "渠道负责人", "财务负责人");

  private SignatureSheet() {}

  static void write(
      SXSSFWorkbook book,
      WorkbookStyles styles,
      ReconciliationWorkbook.Of of,
      SummarySheet.Head head) {
    Sheet sheet = book.createSheet("签字");
    WorkbookStyles.printed(sheet);
    int[] widths = {16, 24, 24, 18, 40};
    for (int i = 0; i < widths.length; i++) sheet.setColumnWidth(i, widths[i] * CHARACTER);
    int at = 0;
    WorkbookStyles.put(sheet.createRow(at++), 0, styles.title, "签字页");
    at++;
    at = head.write(sheet, styles, of, at);
    at++;
    for (SummarySheet.Figure figure : head.figures()) {
      Row row = sheet.createRow(at++);
      WorkbookStyles.put(row, 0, styles.label, figure.name());
      WorkbookStyles.put(row, 1, styles.number, figure.value());
    }
    at++;
    for (String line :
        List.of(
            "以下签字人确认：本表各数与上述关账一致，差异一页所列各项均已知悉。",
            "关账哈希由本夜的订单与积分控制总数及上一夜的关账算出；任何一数被改，此值即不同。"
                + "核对：./omnipoints verify --from "
                + of.night()
                + " --to "
                + of.night())) {
      Row row = sheet.createRow(at);
      sheet.addMergedRegion(new CellRangeAddress(at, at, 0, LAST_COLUMN));
      row.setHeightInPoints(32);
      WorkbookStyles.put(row, 0, styles.note, line);
      at++;
    }
    at++;
    Row header = sheet.createRow(at++);
    List<String> columns = List.of("职责", "姓名", "签字", "日期", "意见");
    for (int i = 0; i < columns.size(); i++)
      WorkbookStyles.put(header, i, styles.header, columns.get(i));
    for (String role : ROLES) {
      Row row = sheet.createRow(at++);
      row.setHeightInPoints(42);
      WorkbookStyles.put(row, 0, styles.box, role);
      for (int i = 1; i <= LAST_COLUMN; i++) WorkbookStyles.put(row, i, styles.box, "");
    }
  }
}
