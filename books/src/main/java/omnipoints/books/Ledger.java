package omnipoints.books;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import omnipoints.points.LedgerLine;
import omnipoints.sql.Script;

/** The ledger of one closed night: in figures, and entry by entry. */
public record Ledger(LocalDate date, Long entries, String entryRoot, List<OfKind> kinds) {
  private static final Script SQL = Books.script("ledger");

  /**
   * The entries of one kind.
   *
   * @param points signed sum
   * @param moved from pending to available
   */
  public record OfKind(String kind, long entries, long points, long moved) {}

  private record Close(LocalDate date, Long entries, String entryRoot) {}

  /** The figures of a night, empty if it was never begun. */
  public static Optional<Ledger> of(Books books, LocalDate night) {
    Map<String, Object> params = Map.of("night", night);
    return books
        .one(SQL.statement("close"), params, Close.class)
        .map(
            close ->
                new Ledger(
                    close.date(),
                    close.entries(),
                    close.entryRoot(),
                    books.list(SQL.statement("kinds"), params, OfKind.class)));
  }

  /**
   * Tells the entries of a closed night one by one, in the order of the ledger export.
   *
   * @return their number
   */
  public static long forEachEntry(Books books, LocalDate night, Consumer<LedgerLine> consumer) {
    return books.forEach(
        SQL.statement("entries"), Map.of("night", night), LedgerLine.class, consumer);
  }
}
