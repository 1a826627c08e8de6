package omnipoints.files;

/**
 * Where in a file the rows of one document stand.
 *
 * @param sheet name of the sheet, {@code table 1} for a table of a web page, the path of the rows
 *     of a JSON text; null for text
 * @param index 0-based number of the sheet or table among all of the file
 * @param separator what separates the cells of a text, 0 for the others
 */
public record Part(Format format, String sheet, int index, char separator) {

  /** How rows and cells are written down, whatever the file is called. */
  public enum Format {
    TEXT,
    XLSX,
    XLS,
    HTML,
    JSON
  }

  /** The one table of a JSON text, whose rows stand at that path. */
  public static Part json(String each) {
    return new Part(Format.JSON, each, 0, (char) 0);
  }

  /** The one table of a text. */
  public static Part text(char separator) {
    return new Part(Format.TEXT, null, 0, separator);
  }
}
