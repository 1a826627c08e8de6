package omnipoints.mappings;

import static omnipoints.mappings.Xlsx.number;
import static omnipoints.mappings.Xlsx.row;
import static omnipoints.mappings.Xlsx.rowAt;
import static omnipoints.mappings.Xlsx.text;
import static omnipoints.mappings.Xlsx.texts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;

/** Makes the samples no editor can write, when the golden files are regenerated. */
final class BinarySamples {
  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final String[] HEADER = {
    "kh", "dtime", "spbm", "sl", "sj", "je", "spmc", "jf", "syjh", "djh", "gzbh", "gzmc"
  };
  private static final String[][] SALES = {
    {
      "80010001",
      "2026-05-01 10:15:00",
      "A1001",
      "1",
      "299.00",
      "299.00",
      "锅",
      "299",
      "01",
      "1",
      "G1",
      "厨具"
    },
    {"", "2026-05-01 11:00:00", "A1002", "2", "10.50", "21.00", "勺", "0", "02", "5", "G1", "厨具"},
    {
      "80010001",
      "2026-05-02 09:00:00",
      "A1001",
      "-1",
      "299.00",
      "-299.00",
      "锅",
      "-299",
      "01",
      "3",
      "G1",
      "厨具"
    }
  };

  private BinarySamples() {}

  static void write() {
    put("tmall/order_report_workbook.xlsx", TmallBook.bytes());
    put("pos/store_sales_spreadsheet.xlsx", spreadsheet());
    put("pos/store_sales_1904_two_level_header.xlsx", twoLevels());
    put("pos/store_sales_old_workbook.xls", oldWorkbook());
    put("pos/store_sales_tabs_gbk.xls", tabs().getBytes(GB18030));
    put(
        "pos/store_sales_utf16le_tabs.csv",
        ("\ufeff" + tabs()).getBytes(StandardCharsets.UTF_16LE));
    put("pos/store_sales_semicolons.csv", lines(";").getBytes(StandardCharsets.UTF_8));
    put("pos/store_sales_web_page.xls", page().getBytes(GB18030));
    put("pos/store_sales_bundle.zip", bundle());
    put("pos/store_sales_torn.xlsx", java.util.Arrays.copyOf(spreadsheet(), 2000));
    QuirkContainers.all().forEach(BinarySamples::put);
  }

  private static void put(String name, byte[] bytes) {
    try {
      Path file = Samples.FOLDER.resolve(name);
      // POI stamps what it writes: an existing sample that says the same is left alone.
      if (name.endsWith("old_workbook.xls") && Files.exists(file)) return;
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] spreadsheet() {
    String sale =
        number("80010001")
            + number("46143.427083333336", 1)
            + texts("A1001")
            + number("1")
            + number("299")
            + number("299")
            + texts("锅")
            + number("299")
            + texts("01", "1");
    String lost = number("6.2170012345678901E+18") + sale.substring(sale.indexOf("</c>") + 4);
    String noise = sale.replace("<v>299</v>", "<v>0.30000000000000004</v>").replace(">1<", ">2<");
    String noCache =
        sale.replace("<v>A1001", "<v>A").replaceFirst("<c s='0'><v>1</v></c>", "<c><f>2-1</f></c>");
    String error = sale.replaceFirst("<c t='inlineStr'>.*?</c>", "<c t='e'><v>#N/A</v></c>");
    return new Xlsx()
        .sheet("旧", "hidden", new String[] {row(texts(HEADER)), row(sale)})
        .sheet("说明", row(text("怎样看这份报表")))
        .sheet(
            "销售",
            rowAt(1, text("门店销售明细")),
            rowAt(3, texts(HEADER), "<c/>", texts("行标签", "求和项")),
            rowAt(4, sale, "<c/><c/><c/>", texts("锅", "299")),
            rowAt(5, "<c/><c/><c/><c/><c/><c/><c/><c/><c/><c/><c/><c/><c/>", texts("总计", "299")),
            rowAt(6, lost),
            rowAt(7, noise),
            rowAt(8, noCache),
            rowAt(9, error),
            rowAt(40, "<c s='1'/><c s='1'/>"))
        .bytes();
  }

  private static byte[] twoLevels() {
    return new Xlsx()
        .epoch1904()
        .sheet(
            "s",
            row(texts("kh", "dtime", "商品", null, null, "金额", null, null, "syjh", "djh")),
            row(texts(null, null, "spbm", "sl", "sj", "je", "spmc", "jf")),
            row(
                texts("80010001"),
                number("44681.427083333336", 1),
                texts("A1001", "1", "299.00", "299.00", "锅", "299", "01", "1")))
        .bytes();
  }

  private static byte[] oldWorkbook() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (HSSFWorkbook book = new HSSFWorkbook()) {
      Sheet sheet = book.createSheet("销售");
      CellStyle date = book.createCellStyle();
      date.setDataFormat(book.createDataFormat().getFormat("yyyy-mm-dd hh:mm:ss"));
      Row header = sheet.createRow(0);
      for (int i = 0; i < HEADER.length; i++) header.createCell(i).setCellValue(HEADER[i]);
      for (int r = 0; r < SALES.length; r++) {
        Row row = sheet.createRow(r + 1);
        for (int c = 0; c < HEADER.length; c++) {
          String cell = SALES[r][c];
          if (c == 1) {
            row.createCell(c).setCellValue(LocalDateTime.parse(cell.replace(' ', 'T')));
            row.getCell(c).setCellStyle(date);
          } else if (c >= 3 && c <= 5) row.createCell(c).setCellValue(Double.parseDouble(cell));
          else row.createCell(c).setCellValue(cell);
        }
      }
      book.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static String tabs() {
    return lines("\t");
  }

  private static String lines(String separator) {
    StringBuilder text = new StringBuilder(String.join(separator, HEADER)).append("\r\n");
    for (String[] sale : SALES) text.append(String.join(separator, sale)).append("\r\n");
    return text.toString();
  }

  private static String page() {
    StringBuilder page = new StringBuilder("<html><head><meta charset=\"gbk\"></head><body>");
    page.append("<table border=1><tr><td colspan=12>门店销售</td></tr>");
    page.append("<tr><th>").append(String.join("</th><th>", HEADER)).append("</th></tr>\n");
    for (String[] sale : SALES) {
      page.append("<tr><td>").append(String.join("</td><td>", sale)).append("</td></tr>\n");
    }
    return page.append("</table></body></html>").toString();
  }

  private static byte[] bundle() {
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("S1/五月.csv", lines(",").getBytes(GB18030));
    members.put("S1/六月.csv", lines(",").replace("2026-05", "2026-06").getBytes(GB18030));
    members.put("__MACOSX/._五月.csv", new byte[] {0});
    members.put("../evil.csv", lines(",").getBytes(GB18030));
    members.put("说明.txt", "没有数据\n".getBytes(GB18030));
    return Xlsx.Zip.ofBytes(members, Charset.forName("GBK"));
  }
}
