package omnipoints.mappings;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The columns of one file under names that are unique in it: the header as the file spells it,
 * {@code name#2} for the second of one name, {@code #7} for the seventh column where it has no
 * header.
 */
public final class RawColumns {
  private static final Set<String> PERSON_FIELDS = Set.of("buyer", "phone", "birthday");
  private static final Set<String> ORDER_FIELDS =
      Set.of("order", "shop", "at", "till", "receipt", "state");

  private final List<RawColumn> columns = new ArrayList<>();

  /**
   * @param index 0-based
   * @param read some field of the mapping reads it
   * @param person it names a person or is about one
   * @param order it tells which order a row belongs to
   */
  public record RawColumn(int index, String name, boolean read, boolean person, boolean order) {}

  private RawColumns() {}

  public static RawColumns of(Recognition.Recognised recognised) {
    HeaderRow header = HeaderRow.of(recognised);
    Columns laid = Columns.of(recognised.document(), header);
    RawColumns columns = new RawColumns();
    for (int i = 0; i < header.width(); i++) {
      boolean read = false;
      boolean person = false;
      boolean order = false;
      for (Field field : recognised.document().fields().values()) {
        if (!laid.reads(field.name(), i)) continue;
        read = true;
        person |= field.personal() || PERSON_FIELDS.contains(field.name());
        order |= ORDER_FIELDS.contains(field.name());
      }
      String name = columns.unique(header.cells().get(i), i);
      columns.columns.add(new RawColumn(i, name, read, person, order));
    }
    return columns;
  }

  private String unique(String header, int index) {
    if (Headers.normalise(header).isEmpty()) return "#" + (index + 1);
    String name = header;
    for (int nth = 2; find(name).isPresent(); nth++) name = header + "#" + nth;
    return name;
  }

  public List<RawColumn> all() {
    return List.copyOf(columns);
  }

  /** Index of the column of that name, in any spelling; {@code #13} is the 13th, header or not. */
  public OptionalInt find(String name) {
    String wanted = Headers.normalise(name);
    for (RawColumn column : columns)
      if (Headers.normalise(column.name()).equals(wanted)) return OptionalInt.of(column.index());
    return wanted.matches("#[1-9]\\d{0,3}")
        ? OptionalInt.of(Integer.parseInt(wanted.substring(1)) - 1)
        : OptionalInt.empty();
  }

  /** Whether the cell at an index tells which order its row belongs to. */
  public boolean order(int index) {
    return index < columns.size() && columns.get(index).order();
  }

  /** Whether the cell at an index may name a person; beyond the header nobody knows. */
  public boolean person(int index) {
    return index < columns.size() && columns.get(index).person();
  }
}
