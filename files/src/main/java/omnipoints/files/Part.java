package omnipoints.files;

/**
 * Where in a file the rows of one document stand.
 *
 * @param sheet name of the sheet, {@code table 1} for a table of a web page; null for text
 * @param index 0-based number of the sheet or table among all of the file
 * @param separator what separates the cells of a text, 0 for the others
 */
public record Part(Format format, String sheet, int index, char separator) {

  /** How rows and cells are written down, whatever the file is called. */
  public enum Format {
    TEXT,
    XLSX,
    XLS,
    HTML
  }

  /** The one table of a text. */
  public static Part text(char separator) {
    return new Part(Format.TEXT, null, 0, separator);
  }
}
