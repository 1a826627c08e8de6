package omnipoints.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/**
 * The tables of a web page that was named like a workbook. The page is in memory as a whole, so it
 * has a limit of its own. Its cells have no address: a row that is short or long may have shifted.
 */
final class HtmlTables implements Workbook {
  private static final long BYTES_MAX = 32L << 20;
  private static final int SPAN_MAX = 1000;

  private final Limits limits;
  private final String fileName;
  private final List<Element> tables = new ArrayList<>();
  private final List<Part> sheets = new ArrayList<>();

  private HtmlTables(String fileName, Limits limits) {
    this.fileName = fileName;
    this.limits = limits;
  }

  static HtmlTables open(Path file, String fileName, Encoding encoding, Limits limits) {
    try {
      if (Files.size(file) > BYTES_MAX) {
        throw new DeliveryRefused(
            DeliveryOutcome.TOO_LARGE,
            fileName + ": a web page of more than " + BYTES_MAX + " bytes is not read",
            List.of("open it in a spreadsheet and save it as CSV or XLSX"));
      }
      byte[] bytes = Files.readAllBytes(file);
      int bom = encoding.bomBytes();
      String page =
          encoding
              .charset()
              .newDecoder()
              .decode(java.nio.ByteBuffer.wrap(bytes, bom, bytes.length - bom))
              .toString();
      HtmlTables tables = new HtmlTables(fileName, limits);
      tables.parse(page);
      return tables;
    } catch (CharacterCodingException e) {
      throw Refusals.broken(fileName, "bytes that are no text in " + encoding);
    } catch (IOException e) {
      throw new UncheckedIOException(fileName + " cannot be read", e);
    }
  }

  /** A page parser mends what is torn; a delivery must not be mended. */
  private void parse(String page) {
    for (String tag : List.of("html", "table")) {
      if (count(page, "<" + tag + "\\b") > count(page, "</" + tag + "\\s*>")) {
        throw Refusals.torn(fileName, "the page ends before its <" + tag + "> does");
      }
    }
    for (String tag : List.of("tr", "td", "th")) {
      int closed = count(page, "</" + tag + "\\s*>");
      if (closed > 0 && closed != count(page, "<" + tag + "\\b")) {
        throw Refusals.broken(fileName, "the tags <" + tag + "> of the page do not pair");
      }
    }
    for (Element table : Jsoup.parse(page).select("table")) {
      if (!table.select("table table").isEmpty()) continue;
      tables.add(table);
      String name = "table " + tables.size();
      sheets.add(new Part(Part.Format.HTML, name, tables.size() - 1, (char) 0));
    }
  }

  private static int count(String page, String tag) {
    return (int) Pattern.compile(tag, Pattern.CASE_INSENSITIVE).matcher(page).results().count();
  }

  @Override
  public List<Part> sheets() {
    return List.copyOf(sheets);
  }

  @Override
  public RowSource rows(Part sheet) {
    return new Rows(tables.get(sheet.index()).select("tr"));
  }

  @Override
  public void close() {
    tables.clear();
  }

  private final class Rows implements RowSource {
    private final List<Element> rows;
    private final Map<Integer, Integer> spanned = new HashMap<>();
    private Row filling = new Row();
    private Row ready = new Row();
    private int number;

    Rows(List<Element> rows) {
      this.rows = rows;
    }

    @Override
    public Row next() {
      if (number == rows.size()) return null;
      Row row = filling;
      filling = ready;
      ready = row;
      row.clear(number + 1, number + 1);
      for (Element cell : rows.get(number++).select("> td, > th")) {
        skipSpanned(row);
        int rowspan = span(cell, "rowspan");
        int colspan = span(cell, "colspan");
        String text = cell.text();
        if (text.length() > limits.fieldChars()) {
          throw Refusals.broken(
              fileName, "a cell is longer than " + limits.fieldChars() + " characters");
        }
        for (int i = 0; i < colspan; i++) {
          if (rowspan > 1) spanned.put(row.size, rowspan - 1);
          row.add(i == 0 ? text : "", Row.TEXT);
        }
      }
      skipSpanned(row);
      row.last = number == rows.size();
      return row;
    }

    /** Leaves blank what a cell of a row above covers. */
    private void skipSpanned(Row row) {
      while (spanned.containsKey(row.size)) {
        int left = spanned.get(row.size) - 1;
        if (left == 0) spanned.remove(row.size);
        else spanned.put(row.size, left);
        row.add("", Row.TEXT);
      }
    }

    private int span(Element cell, String attribute) {
      String span = cell.attr(attribute).strip();
      if (!span.matches("[1-9]\\d{0,3}")) return 1;
      return Math.min(Integer.parseInt(span), SPAN_MAX);
    }

    @Override
    public boolean endsClean() {
      return true;
    }

    @Override
    public void close() {
      // Everything is in memory.
    }
  }
}
