package omnipoints.mappings;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Workbooks written by hand, with whatever a real one may hold; always the same bytes. */
final class Xlsx {
  private final StringBuilder sheets = new StringBuilder();
  private final Map<String, String> parts = new LinkedHashMap<>();
  private final List<String> strings = new ArrayList<>();
  private boolean epoch1904;
  private int count;

  /**
   * Styles: 0 general, 1 date-time, 2 date of a Chinese built-in, 3 zeros, 4 a word with d in
   * quotes.
   */
  private static final String STYLES =
      "<styleSheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
          + "<numFmts><numFmt numFmtId='164' formatCode='yyyy\\-mm\\-dd hh:mm:ss'/>"
          + "<numFmt numFmtId='165' formatCode='00000000'/>"
          + "<numFmt numFmtId='166' formatCode='0.00\"yd\"'/></numFmts>"
          + "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
          + "<cellXfs><xf numFmtId='0'/><xf numFmtId='164'/><xf numFmtId='31'/><xf numFmtId='165'/>"
          + "<xf numFmtId='166'/></cellXfs></styleSheet>";

  Xlsx epoch1904() {
    epoch1904 = true;
    return this;
  }

  Xlsx sheet(String name, String... rows) {
    return sheet(name, "", rows);
  }

  /** {@code state} is {@code hidden}, {@code veryHidden} or empty. */
  Xlsx sheet(String name, String state, String[] rows) {
    count++;
    sheets
        .append("<sheet name='")
        .append(name)
        .append("' sheetId='")
        .append(count)
        .append("' r:id='rId")
        .append(count)
        .append('\'')
        .append(state.isEmpty() ? "" : " state='" + state + "'")
        .append("/>");
    parts.put(
        "xl/worksheets/sheet" + count + ".xml",
        "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
            + String.join("", rows)
            + "</sheetData></worksheet>");
    return this;
  }

  /** A row without a number follows the one before. */
  static String row(String... cells) {
    return "<row>" + String.join("", cells) + "</row>";
  }

  static String rowAt(int number, String... cells) {
    return "<row r='" + number + "'>" + String.join("", cells) + "</row>";
  }

  /** Inline strings; a null is no cell at all. */
  static String texts(String... texts) {
    StringBuilder cells = new StringBuilder();
    for (String text : texts) cells.append(text == null ? "<c/>" : text(text));
    return cells.toString();
  }

  static String text(String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
    return "<c t='inlineStr'><is><t xml:space='preserve'>" + escaped + "</t></is></c>";
  }

  static String number(String stored) {
    return number(stored, 0);
  }

  static String number(String stored, int style) {
    return "<c s='" + style + "'><v>" + stored + "</v></c>";
  }

  String shared(String item) {
    strings.add(item);
    return "<c t='s'><v>" + (strings.size() - 1) + "</v></c>";
  }

  byte[] bytes() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("[Content_Types].xml", "<Types/>");
    all.put(
        "_rels/.rels",
        "<Relationships><Relationship Id='r1' Target='xl/workbook.xml' Type='x/officeDocument'/></Relationships>");
    all.put(
        "xl/workbook.xml",
        "<workbook xmlns:r='r'><workbookPr date1904='"
            + (epoch1904 ? 1 : 0)
            + "'/><sheets>"
            + sheets
            + "</sheets></workbook>");
    StringBuilder relations = new StringBuilder("<Relationships>");
    for (int i = 1; i <= count; i++) {
      relations.append(
          "<Relationship Id='rId"
              + i
              + "' Target='worksheets/sheet"
              + i
              + ".xml' Type='x/worksheet'/>");
    }
    relations.append("<Relationship Id='st' Target='/xl/styles.xml' Type='x/styles'/>");
    relations.append("<Relationship Id='ss' Target='sharedStrings.xml' Type='x/sharedStrings'/>");
    all.put("xl/_rels/workbook.xml.rels", relations + "</Relationships>");
    all.put("xl/styles.xml", STYLES);
    all.put("xl/sharedStrings.xml", "<sst>" + String.join("", strings) + "</sst>");
    all.putAll(parts);
    return Zip.of(all);
  }

  /** ZIP archives of texts. */
  static final class Zip {
    private Zip() {}

    static byte[] of(Map<String, String> members) {
      Map<String, byte[]> bytes = new LinkedHashMap<>();
      members.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
      return ofBytes(bytes);
    }

    static byte[] ofBytes(Map<String, byte[]> members) {
      return ofBytes(members, StandardCharsets.UTF_8);
    }

    static byte[] ofBytes(Map<String, byte[]> members, java.nio.charset.Charset names) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (ZipOutputStream zip = new ZipOutputStream(out, names)) {
        for (Map.Entry<String, byte[]> member : members.entrySet()) {
          ZipEntry entry = new ZipEntry(member.getKey());
          entry.setTimeLocal(java.time.LocalDateTime.of(2026, 5, 1, 0, 0));
          zip.putNextEntry(entry);
          zip.write(member.getValue());
          zip.closeEntry();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return out.toByteArray();
    }
  }
}
