package omnipoints.files;

/**
 * Sizes beyond which a file is refused.
 *
 * @param fileBytes of a file, and of one member of an archive
 * @param recordChars of one row
 * @param fieldChars of one cell
 * @param inflatedBytes of all members of an archive or workbook together, unpacked
 * @param members of an archive or workbook
 */
public record Limits(
    long fileBytes, int recordChars, int fieldChars, long inflatedBytes, int members) {

  /** What either of the two permits. */
  public Limits or(Limits other) {
    return new Limits(
        Math.max(fileBytes, other.fileBytes),
        Math.max(recordChars, other.recordChars),
        Math.max(fieldChars, other.fieldChars),
        Math.max(inflatedBytes, other.inflatedBytes),
        Math.max(members, other.members));
  }
}
