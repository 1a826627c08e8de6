package omnipoints.files;

import java.util.Arrays;
import java.util.List;

/**
 * One row of cells as its source wrote them. Reused by its {@link RowSource}: valid until the next
 * but one row is read.
 */
public final class Row {
  private static final int FIRST_CELLS = 64;
  private static final char[] NOTHING = {};

  /** A cell of text, as every cell of a text file is. */
  public static final byte TEXT = 0;

  /** A number of a workbook, as stored there. */
  public static final byte NUMBER = 1;

  /** A number of a workbook that is shown as a date or time: a serial. */
  public static final byte DATE = 2;

  /** A formula without a cached value, or an error: there is no value, and that is no blank. */
  public static final byte BROKEN = 3;

  int number;
  long line;
  boolean last;
  int dueSize;
  int size;
  char[] chars = new char[4096];
  int[] starts = new int[FIRST_CELLS];
  int[] ends = new int[FIRST_CELLS];
  boolean[] quoted = new boolean[FIRST_CELLS];
  byte[] kinds = new byte[FIRST_CELLS];

  /** The row of that number with these texts in its cells. */
  public static Row of(int number, List<String> texts) {
    Row row = new Row();
    row.clear(number, number);
    for (String text : texts) row.add(text, TEXT);
    return row;
  }

  /** 1-based number of the record in the file, blank ones counted. */
  public int number() {
    return number;
  }

  /** 1-based physical line where the record starts. */
  public long line() {
    return line;
  }

  /** Nothing follows. */
  public boolean last() {
    return last;
  }

  /** How many cells there are. */
  public int size() {
    return size;
  }

  /** How many cells the row should have to be like the others, 0 if the source does not know. */
  public int dueSize() {
    return dueSize;
  }

  /** {@link #TEXT}, {@link #NUMBER}, {@link #DATE} or {@link #BROKEN}. */
  public byte kind(int cell) {
    return kinds[cell];
  }

  /** Whether the cell stood in quotes, or in a workbook. */
  public boolean quoted(int cell) {
    return quoted[cell];
  }

  /** The row is not like the others: its columns may have shifted. */
  public boolean uneven() {
    return dueSize > 0 && size != dueSize;
  }

  Row copy() {
    Row copy = new Row();
    copy.clear(number, line);
    copy.last = last;
    for (int i = 0; i < size; i++) copy.add(chars, starts[i], ends[i] - starts[i], quoted[i]);
    return copy;
  }

  /** Empties the row, which stands where {@code other} stood. */
  public void replace(Row other) {
    clear(other.number, other.line);
    last = other.last;
  }

  /** Adds the text of a cell of another row, where no separator or quote can damage a neighbour. */
  public void add(Row other, int cell) {
    add(other.chars, other.starts[cell], other.ends[cell] - other.starts[cell], true);
  }

  void clear(int rowNumber, long lineNumber) {
    number = rowNumber;
    line = lineNumber;
    last = false;
    dueSize = 0;
    size = 0;
  }

  void add(char[] from, int offset, int length, boolean inQuotes) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
      quoted = Arrays.copyOf(quoted, size * 2);
      kinds = Arrays.copyOf(kinds, size * 2);
    }
    int start = size == 0 ? 0 : ends[size - 1];
    if (start + length > chars.length) {
      chars = Arrays.copyOf(chars, Math.max(chars.length * 2, start + length));
    }
    System.arraycopy(from, offset, chars, start, length);
    starts[size] = start;
    ends[size] = start + length;
    quoted[size] = inQuotes;
    kinds[size] = TEXT;
    size++;
  }

  /** Adds a cell of a workbook, where no separator or quote can damage a neighbour. */
  public void add(String text, byte kind) {
    add(NOTHING, 0, 0, true);
    int cell = size - 1;
    int start = starts[cell];
    if (start + text.length() > chars.length) {
      chars = Arrays.copyOf(chars, Math.max(chars.length * 2, start + text.length()));
    }
    text.getChars(0, text.length(), chars, start);
    ends[cell] = start + text.length();
    kinds[cell] = kind;
  }

  /** Adds blanks until the next cell added has index {@code cell}. */
  void skipTo(int cell) {
    while (size < cell) add(NOTHING, 0, 0, true);
  }

  /**
   * Index of an unquoted cell with a quote in it, other than the wrapper {@code ="x"}; -1 if there
   * is none.
   */
  public int strayQuote(CellText cell) {
    for (int i = 0; i < size; i++) {
      if (!quoted[i] && contains(i, '"') && cell.at(this, i) && cell.contains('"')) return i;
    }
    return -1;
  }

  private boolean contains(int cell, char wanted) {
    for (int i = starts[cell]; i < ends[cell]; i++) {
      if (chars[i] == wanted) return true;
    }
    return false;
  }

  /** Characters of all cells together. */
  public int length() {
    return size == 0 ? 0 : ends[size - 1];
  }

  /** The cell as written, empty beyond the last one. */
  public String text(int cell) {
    return cell < size ? new String(chars, starts[cell], ends[cell] - starts[cell]) : "";
  }
}
