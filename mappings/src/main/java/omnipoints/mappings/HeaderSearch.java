package omnipoints.mappings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import omnipoints.files.CellText;
import omnipoints.files.Row;
import omnipoints.files.RowSource;

/**
 * Looks for the headers of documents in the first rows of sources, and remembers how near each
 * document came.
 */
final class HeaderSearch {
  private final Map<Document, Nearest> nearest = new LinkedHashMap<>();
  private int rows;

  /** A document and the row that has all it requires. */
  record Found(Document document, HeaderRow header) {}

  /** The row in which a document found most of what it requires. */
  record Nearest(Document document, HeaderRow header, Columns columns) {
    /** Share of the required columns that are there, in percent. */
    int share() {
      int found = columns.requiredFound();
      return found * 100 / Math.max(1, found + columns.missing().size());
    }

    /** The columns that may have new names: only these make it worth telling. */
    Drift drift() {
      return Drift.of(document, header.cells());
    }
  }

  /** Rows seen that were not blank. */
  int rows() {
    return rows;
  }

  /** How many required columns the nearest document found. */
  int near() {
    return nearest.values().stream().mapToInt(one -> one.columns.requiredFound()).max().orElse(0);
  }

  /**
   * Hands over every document of the channel whose header is among the first rows of the source, as
   * soon as it is found: damage further down is for the reader to tell.
   */
  void in(RowSource source, Channel channel, Consumer<Found> found) {
    CellText cell = new CellText(channel.unwrap());
    List<Document> open = new ArrayList<>(channel.documents());
    open.removeIf(Document::ofJson);
    HeaderRow above = null;
    Row row;
    while (!open.isEmpty()
        && (row = source.next()) != null
        && row.number() <= channel.headerWithinRows()) {
      HeaderRow header = HeaderRow.of(row, cell);
      if (header.width() > 0) rows++;
      List<HeaderRow> readings = source.grid() ? readings(header, above) : List.of(header);
      for (Document document : List.copyOf(open)) {
        HeaderRow fit = fit(document, readings);
        if (fit == null) continue;
        found.accept(new Found(document, fit));
        open.remove(document);
      }
      above = header;
    }
  }

  /**
   * How the header of a sheet may be read: with the names a merged cell left in the row above; by
   * itself; and, where that is ambiguous, only up to a gap, because what follows a column without a
   * name may be another table.
   */
  private static List<HeaderRow> readings(HeaderRow header, HeaderRow aboveOrNull) {
    List<HeaderRow> readings = new ArrayList<>();
    if (aboveOrNull != null && aboveOrNull.row() == header.row() - 1) {
      readings.add(header.under(aboveOrNull));
    }
    readings.add(header);
    for (int i = 1; i < header.width(); i++) {
      if (header.cells().get(i).isEmpty() && !header.cells().get(i - 1).isEmpty()) {
        readings.add(header.before(i));
      }
    }
    return readings;
  }

  private HeaderRow fit(Document document, List<HeaderRow> readings) {
    boolean ambiguous = false;
    for (int i = 0; i < readings.size(); i++) {
      HeaderRow header = readings.get(i);
      Columns columns = Columns.of(document, header);
      if (columns.complete()) return header;
      nearest.merge(document, new Nearest(document, header, columns), HeaderSearch::nearer);
      ambiguous |= columns.missing().isEmpty();
      boolean gapsFollow = i + 1 < readings.size() && readings.get(i + 1).width() < header.width();
      if (gapsFollow && !ambiguous) return null;
    }
    return null;
  }

  private static Nearest nearer(Nearest one, Nearest other) {
    return other.columns.requiredFound() > one.columns.requiredFound() ? other : one;
  }

  /** The document that came nearest to its header; null if none found anything. */
  Nearest nearest() {
    return nearest.values().stream()
        .filter(one -> one.columns().requiredFound() > 0)
        .max(Comparator.comparingInt(Nearest::share))
        .orElse(null);
  }

  /** One line a document: what its nearest row lacks; the document that came nearest first. */
  List<String> whyNot() {
    return nearest.values().stream()
        .sorted(Comparator.comparingInt(Nearest::share).reversed())
        .map(near -> near.columns.whyNot(near.document, near.header.row()))
        .toList();
  }
}
