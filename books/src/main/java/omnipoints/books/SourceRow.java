package omnipoints.books;

/** A row of a file that stands behind an entry. */
public sealed interface SourceRow {
  /** Name of the file, null when its delivery is not known any more. */
  String file();

  /** Its SHA-256. */
  String sha256();

  /** 1-based, headers included. */
  int row();

  /**
   * A row of a document.
   *
   * @param document null when its delivery is not known any more
   */
  record OfDocument(String file, String sha256, int row, String document) implements SourceRow {}

  /** A row of a return or refund that a clawback booked. */
  record OfReturn(String file, String sha256, int row) implements SourceRow {}
}
