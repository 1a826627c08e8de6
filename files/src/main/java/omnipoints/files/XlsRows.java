package omnipoints.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.poi.hssf.record.BOFRecord;
import org.apache.poi.hssf.record.BoolErrRecord;
import org.apache.poi.hssf.record.CellValueRecordInterface;
import org.apache.poi.hssf.record.EOFRecord;
import org.apache.poi.hssf.record.FormulaRecord;
import org.apache.poi.hssf.record.LabelRecord;
import org.apache.poi.hssf.record.LabelSSTRecord;
import org.apache.poi.hssf.record.NumberRecord;
import org.apache.poi.hssf.record.RKRecord;
import org.apache.poi.hssf.record.Record;
import org.apache.poi.hssf.record.SSTRecord;
import org.apache.poi.hssf.record.StringRecord;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.FormulaError;

/** The rows of one sheet of an {@link XlsWorkbook}: its cell records, gathered by row. */
final class XlsRows implements RowSource {
  private final XlsWorkbook.Records records;
  private final InputStream bytes;
  private final Globals globals;
  private final String where;
  private Row filling = new Row();
  private Row ready = new Row();
  private CellValueRecordInterface ahead;
  private int depth;
  private boolean ended;

  /** What the workbook says for all of its sheets. */
  record Globals(SSTRecord strings, CellStyles styles, Limits limits, boolean epoch1904) {}

  XlsRows(XlsWorkbook.Records records, InputStream bytes, Globals globals, String where) {
    this.records = records;
    this.bytes = bytes;
    this.globals = globals;
    this.where = where;
    if (!(read() instanceof BOFRecord)) {
      throw Refusals.broken(where, "the sheet is not where the workbook says");
    }
    depth = 1;
  }

  private Record read() {
    Record record = records.next();
    if (record == null) throw Refusals.torn(where, "the sheet never ends");
    return record;
  }

  @Override
  public Row next() {
    CellValueRecordInterface first = ahead != null ? ahead : cell();
    ahead = null;
    if (first == null) return null;
    Row row = filling;
    filling = ready;
    ready = row;
    int number = first.getRow();
    row.clear(number + 1, number + 1);
    add(row, first);
    while (true) {
      CellValueRecordInterface cell = cell();
      if (cell == null) return row;
      if (cell.getRow() != number) {
        if (cell.getRow() < number) {
          throw Refusals.broken(
              where, "row " + (cell.getRow() + 1) + " follows row " + (number + 1));
        }
        ahead = cell;
        return row;
      }
      add(row, cell);
    }
  }

  /** The next cell with a value, null at the end of the sheet. */
  private CellValueRecordInterface cell() {
    while (!ended) {
      Record record = read();
      if (record instanceof BOFRecord) depth++;
      else if (record instanceof EOFRecord) ended = --depth == 0;
      else if (depth == 1
          && record instanceof CellValueRecordInterface cell
          && !(record instanceof org.apache.poi.hssf.record.BlankRecord)) {
        return cell;
      }
    }
    return null;
  }

  private void add(Row row, CellValueRecordInterface cell) {
    if (cell.getColumn() < row.size) {
      throw Refusals.broken(where, "row " + row.number + " has its cells in disorder");
    }
    row.skipTo(cell.getColumn());
    if (cell instanceof LabelSSTRecord label) text(row, shared(label.getSSTIndex()));
    else if (cell instanceof LabelRecord label) text(row, label.getValue());
    else if (cell instanceof NumberRecord number) {
      globals.styles().add(row, Double.toString(number.getValue()), number.getXFIndex());
    } else if (cell instanceof RKRecord number) {
      globals.styles().add(row, Double.toString(number.getRKNumber()), number.getXFIndex());
    } else if (cell instanceof BoolErrRecord flag) {
      if (flag.isError()) broken(row, flag.getErrorValue());
      else row.add(flag.getBooleanValue() ? "TRUE" : "FALSE", Row.TEXT);
    } else if (cell instanceof FormulaRecord formula) formula(row, formula);
    if (row.length() > globals.limits().recordChars()) {
      throw Refusals.broken(
          where,
          "row "
              + row.number
              + " has more than "
              + globals.limits().recordChars()
              + " characters, which is the limit");
    }
  }

  private void text(Row row, String text) {
    if (text.length() > globals.limits().fieldChars()) {
      throw Refusals.broken(
          where, "a cell is longer than " + globals.limits().fieldChars() + " characters");
    }
    row.add(text, Row.TEXT);
  }

  private String shared(int index) {
    SSTRecord strings = globals.strings();
    if (strings == null || index < 0 || index >= strings.getNumUniqueStrings()) {
      throw Refusals.broken(where, "a cell points at string " + index + ", which is not there");
    }
    return strings.getString(index).getString();
  }

  private void formula(Row row, FormulaRecord formula) {
    CellType cached = formula.getCachedResultTypeEnum();
    switch (cached) {
      case STRING -> text(row, cachedText(formula));
      case BOOLEAN -> row.add(formula.getCachedBooleanValue() ? "TRUE" : "FALSE", Row.TEXT);
      case ERROR -> broken(row, formula.getCachedErrorValue());
      default ->
          globals.styles().add(row, Double.toString(formula.getValue()), formula.getXFIndex());
    }
  }

  /** A text result stands in a record of its own behind the formula. */
  private String cachedText(FormulaRecord formula) {
    if (!formula.hasCachedResultString()) return "";
    while (true) {
      Record record = read();
      if (record instanceof StringRecord text) return text.getString();
      if (record instanceof CellValueRecordInterface || record instanceof EOFRecord) {
        throw Refusals.broken(where, "a formula lacks its text");
      }
    }
  }

  private static void broken(Row row, int code) {
    String name =
        FormulaError.isValidCode(code) ? FormulaError.forInt((byte) code).getString() : "#ERROR";
    row.add(name, Row.BROKEN);
  }

  @Override
  public boolean endsClean() {
    return true;
  }

  @Override
  public boolean grid() {
    return true;
  }

  @Override
  public boolean epoch1904() {
    return globals.epoch1904();
  }

  @Override
  public void close() {
    try {
      bytes.close();
    } catch (IOException e) {
      throw new UncheckedIOException(where + " cannot be closed", e);
    }
  }
}
