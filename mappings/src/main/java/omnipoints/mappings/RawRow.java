package omnipoints.mappings;

import java.util.ArrayList;
import java.util.List;
import omnipoints.facts.FactRecord;
import omnipoints.files.Row;

/**
 * One data row of a file as it stands there, and what it reads as.
 *
 * @param row 1-based number in its file, header and preamble counted
 * @param cells as its source wrote them, wrappers and blanks included
 * @param quoted which cells stood in quotes
 * @param order order number if it could be read, else null
 * @param shop shop if known, else null
 * @param masked the whole row with person data masked, cells joined by commas
 * @param shifted the cells may stand under wrong headers
 * @param records what the row states; rejects only, if it cannot be trusted
 */
public record RawRow(
    int row,
    List<String> cells,
    List<Boolean> quoted,
    String order,
    String shop,
    String masked,
    boolean shifted,
    List<FactRecord> records) {

  /**
   * Of a sheet a row is as wide as its header: blank cells may be absent there, and what stands
   * beside the table is no part of it.
   */
  static RawRow of(Row row, int width, RowTyping typing, List<FactRecord> records) {
    List<String> cells = new ArrayList<>(width);
    List<Boolean> quoted = new ArrayList<>(width);
    for (int i = 0; i < width; i++) {
      cells.add(row.text(i));
      quoted.add(i >= row.size() || row.quoted(i));
    }
    return new RawRow(
        row.number(),
        cells,
        quoted,
        typing.order(),
        typing.knownShop(),
        typing.masked(),
        typing.shifted(),
        List.copyOf(records));
  }

  /** Why the row cannot be trusted; empty if it can. */
  public List<FactRecord.Reject> rejects() {
    return records.stream()
        .filter(FactRecord.Reject.class::isInstance)
        .map(FactRecord.Reject.class::cast)
        .toList();
  }

  /** The cell at an index as it was written, empty beyond the last one. */
  public String cell(int index) {
    return index < cells.size() ? cells.get(index) : "";
  }

  /**
   * The same row with another text in one cell. What it reads as is not known before it is read.
   */
  public RawRow with(int index, String text) {
    List<String> changed = new ArrayList<>(cells);
    List<Boolean> inQuotes = new ArrayList<>(quoted);
    while (changed.size() <= index) {
      changed.add("");
      inQuotes.add(false);
    }
    changed.set(index, text);
    inQuotes.set(index, true);
    return new RawRow(row, changed, inQuotes, null, null, "", false, List.of());
  }
}
