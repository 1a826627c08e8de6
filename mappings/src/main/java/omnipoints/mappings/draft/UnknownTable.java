package omnipoints.mappings.draft;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import omnipoints.files.CellText;
import omnipoints.files.DeliveryRefused;
import omnipoints.files.Encoding;
import omnipoints.files.NumberText;
import omnipoints.files.Part;
import omnipoints.files.Row;
import omnipoints.files.RowSource;
import omnipoints.files.SerialDate;
import omnipoints.files.Wrapper;
import omnipoints.mappings.Headers;

/**
 * One table of an unknown file: its header, the facts of its columns, and its first rows.
 *
 * @param part where in the file it stands
 * @param headerRow 1-based
 * @param rows cells of the first {@link #KEPT} rows below the header, without wrappers; null =
 *     blank
 * @param count rows below the header
 * @param ragged rows lack trailing cells
 * @param damage why it could not be read to its end; null if it could
 */
record UnknownTable(
    String fileName,
    Encoding encoding,
    Part part,
    int headerRow,
    List<ColumnFacts> columns,
    List<String[]> rows,
    int count,
    boolean ragged,
    String damage) {
  private static final int HEADER_WITHIN = 30;
  private static final int KEPT = 5000;
  private static final int HEADER_CHARS_MAX = 60;
  private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final Set<Wrapper> WRAPPERS = EnumSet.allOf(Wrapper.class);

  /** Null if no row looks like a header. */
  static UnknownTable of(RowSource source, String fileName, Encoding encoding, Part part) {
    Reading reading = new Reading(source);
    String damage = null;
    try {
      reading.read();
    } catch (DeliveryRefused e) {
      damage = e.getMessage();
    }
    reading.settle();
    if (reading.columns == null) return null;
    return new UnknownTable(
        fileName,
        encoding,
        part,
        reading.headerRow,
        reading.columns,
        reading.rows,
        reading.count,
        reading.ragged,
        damage);
  }

  /** Different texts that are no numbers and no dates: a header has more of them than any row. */
  static int names(List<String> cells) {
    Set<String> names = new HashSet<>();
    for (String cell : cells) {
      if (cell == null || cell.isEmpty() || cell.length() > HEADER_CHARS_MAX) continue;
      if (cell.codePoints().anyMatch(Character::isLetter)) names.add(Headers.normalise(cell));
    }
    return names.size();
  }

  List<String> header() {
    return columns.stream().map(column -> column.header).toList();
  }

  /** The cell of a column in a kept row; null if it is blank. */
  static String cell(String[] row, ColumnFacts column) {
    return column == null || column.index >= row.length ? null : row[column.index];
  }

  private static final class Reading {
    private final RowSource source;
    private final CellText cell = new CellText(WRAPPERS);
    private final List<Stored> head = new ArrayList<>();
    private final List<String[]> rows = new ArrayList<>();
    private List<ColumnFacts> columns;
    private int headerRow;
    private int count;
    private boolean ragged;

    private record Stored(int number, List<String> raw, String[] cells) {
      /** With the names that cells merged downwards have left in the row above. */
      Stored under(Stored above) {
        String[] merged = Arrays.copyOf(cells, Math.max(cells.length, above.cells.length));
        for (int i = 0; i < above.cells.length; i++) {
          if (merged[i] == null) merged[i] = above.cells[i];
        }
        return new Stored(number, raw, merged);
      }
    }

    Reading(RowSource source) {
      this.source = source;
    }

    void read() {
      for (Row row = source.next(); row != null; row = source.next()) {
        Stored stored = stored(row);
        if (row.number() <= HEADER_WITHIN) head.add(stored);
        else {
          settle();
          if (columns == null) return;
          data(stored);
        }
      }
    }

    /** Chooses the header among the first rows, once; what is below it are data. */
    void settle() {
      if (columns != null) return;
      Stored header = null;
      int most = 1;
      Stored above = null;
      for (Stored row : head) {
        boolean lower = source.grid() && above != null && above.number == row.number() - 1;
        Stored merged = lower && onlyNames(row) ? row.under(above) : row;
        above = row;
        int names = names(List.of(nulls(merged.cells)));
        if (names <= most) continue;
        most = names;
        header = merged;
      }
      if (header == null) return;
      columns = new ArrayList<>();
      int width = header.cells.length;
      while (width > 0 && header.cells[width - 1] == null) width--;
      for (int i = 0; i < width; i++) {
        String name = header.cells[i];
        columns.add(new ColumnFacts(i, name == null ? "" : name));
      }
      headerRow = header.number;
      for (Stored row : head) if (row.number() > header.number) data(row);
    }

    /** A row of data has a number or a date somewhere; the lower level of a header has none. */
    private static boolean onlyNames(Stored row) {
      for (String cell : row.cells) {
        if (cell != null && names(List.of(cell)) == 0) return false;
      }
      return true;
    }

    private static String[] nulls(String[] cells) {
      String[] texts = cells.clone();
      for (int i = 0; i < texts.length; i++) if (texts[i] == null) texts[i] = "";
      return texts;
    }

    private void data(Stored row) {
      if (columns == null) return;
      boolean blank = true;
      for (String text : row.cells) blank &= text == null;
      if (blank) return;
      count++;
      if (!source.grid() && row.cells.length < columns.size()) ragged = true;
      if (rows.size() < KEPT) rows.add(row.cells);
      for (ColumnFacts column : columns) {
        if (column.index >= row.cells.length || row.cells[column.index] == null) continue;
        wrappers(row.raw.get(column.index), column);
        column.see(row.cells[column.index]);
      }
    }

    private static void wrappers(String raw, ColumnFacts column) {
      if (raw.indexOf('\t') >= 0) column.wrappers.add(Wrapper.TAB);
      if (raw.indexOf('\r') >= 0) column.wrappers.add(Wrapper.CARRIAGE_RETURN);
      String text = raw.strip();
      if (text.startsWith("=\"")) column.wrappers.add(Wrapper.EQUALS);
      if (text.startsWith("'")) column.wrappers.add(Wrapper.APOSTROPHE);
      if (text.startsWith("`")) column.wrappers.add(Wrapper.BACKTICK);
    }

    private Stored stored(Row row) {
      List<String> raw = new ArrayList<>();
      String[] cells = new String[row.size()];
      for (int i = 0; i < row.size(); i++) {
        raw.add(row.text(i));
        if (row.kind(i) == Row.TEXT) cells[i] = cell.at(row, i) ? cell.text() : null;
        else cells[i] = number(row, i);
      }
      return new Stored(row.number(), raw, cells);
    }

    private String number(Row row, int index) {
      if (row.kind(index) == Row.BROKEN) return null;
      String number = NumberText.of(row.text(index));
      if (number == null) return null;
      if (row.kind(index) != Row.DATE) return number;
      LocalDateTime time = SerialDate.of(number, source.epoch1904());
      return time == null ? number : SHOWN.format(time);
    }
  }
}
