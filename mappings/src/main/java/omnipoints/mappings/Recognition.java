package omnipoints.mappings;

import java.nio.file.Path;
import java.util.List;
import omnipoints.files.DeliveryOutcome;
import omnipoints.files.DeliveryRefused;
import omnipoints.files.Encoding;
import omnipoints.files.JsonRows;
import omnipoints.files.JsonShape;
import omnipoints.files.Part;
import omnipoints.files.RowSource;

/** What a file turned out to be. */
public sealed interface Recognition {

  /** The documents in the file, in its order; empty if it is refused. */
  List<Recognised> parts();

  /**
   * Exactly one document of one channel fits, or fits this part of the file.
   *
   * @param fileName name for messages
   * @param headerRow 1-based row of the header
   * @param headers header cells as the file spells them
   * @param channels all channels, whose tokens a binding may name
   * @param part where in the file the document stands
   */
  record Recognised(
      Channel channel,
      Document document,
      Encoding encoding,
      String fileName,
      int headerRow,
      List<String> headers,
      Channels channels,
      Part part)
      implements Recognition {

    @Override
    public List<Recognised> parts() {
      return List.of(this);
    }

    /**
     * The rows of the document; close them.
     *
     * @param file this very file
     * @throws omnipoints.files.DeliveryRefused damaged structure, or beyond a limit
     */
    RowSource open(Path file) {
      return document.json() != null
          ? JsonRows.open(file, fileName, encoding, shape(), channel.limits())
          : RowSource.open(file, fileName, part, encoding, channel.limits());
    }

    /** What of a JSON text is its table; null for tables. */
    JsonShape shape() {
      return document.json() == null ? null : document.json().at(part.sheet());
    }

    /** Headers no field reads, as the file spells them: platforms add columns any month. */
    public List<String> unmapped() {
      return Columns.unmapped(document, headers);
    }

    /** How the header differs from what the mapping knows. */
    public Drift drift() {
      return Drift.of(document, table());
    }

    /**
     * The headers of the table: on a sheet, what follows a gap behind the last column that is read
     * belongs to another one (notes, a pivot table).
     */
    public List<String> table() {
      if (part.format() == Part.Format.TEXT) return headers;
      int end = Columns.of(document, HeaderRow.of(this)).last() + 1;
      while (end < headers.size() && !headers.get(end).isEmpty()) end++;
      return List.copyOf(headers.subList(0, end));
    }
  }

  /** A workbook whose sheets are several documents, each at most once. */
  record Several(List<Recognised> parts) implements Recognition {}

  /**
   * The file is not used.
   *
   * @param message file, rule and, for NO_MAPPING, what the nearest documents miss
   * @param next what to do next
   * @param others for NO_MAPPING, what each document misses, the nearest first
   */
  record Refused(DeliveryOutcome outcome, String message, List<String> next, List<String> others)
      implements Recognition {
    /** Refused for a reason that no document has a part in. */
    public Refused(DeliveryOutcome outcome, String message, List<String> next) {
      this(outcome, message, next, List.of());
    }

    /** What a reader refused. */
    static Refused of(DeliveryRefused refused) {
      return new Refused(refused.outcome(), refused.getMessage(), refused.next());
    }

    @Override
    public List<Recognised> parts() {
      return List.of();
    }
  }
}
