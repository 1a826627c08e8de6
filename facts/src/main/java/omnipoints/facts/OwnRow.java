package omnipoints.facts;

import java.time.Instant;
import java.util.List;

/**
 * A row of one of our own documents: a record whose components, in their order and written {@code
 * lower_case}, are the columns of the document, of its JSON and of the view that shows what is
 * stored of it. A component may be a {@code String}, {@code Long}, {@code Boolean}, {@code
 * Instant}, {@code LocalDate}, an enum, or a {@link Token}, which is two columns, {@code
 * <name>_kind} and {@code <name>_value}; what {@link Cell} adds to it stands on it. Null is a cell
 * that says nothing.
 */
public interface OwnRow {

  /**
   * What makes the row this row and no other: texts and tokens, none null. A row is kept once by
   * it.
   */
  List<?> key();

  /** When it happened: its person is whoever had the token then. Null: now. */
  default Instant asOf() {
    return null;
  }

  /**
   * Whether a row of a later night with the same key and another content takes its place, as master
   * data do; else the first one stays and the other is listed.
   */
  default boolean replaces() {
    return false;
  }

  /** What is wrong with cells that can all be read, by column. */
  default List<Fault> faults() {
    return List.of();
  }

  /** A cell that is readable but impossible here. */
  record Fault(String column, RejectReason reason) {}
}
