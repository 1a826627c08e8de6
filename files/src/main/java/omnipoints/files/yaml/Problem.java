package omnipoints.files.yaml;

/**
 * One fault of a setup file.
 *
 * @param file name of the file as the reader of the message knows it
 * @param line 1-based line, 0 when the file as a whole is meant
 * @param message the rule broken and what to write instead
 */
public record Problem(String file, int line, String message) {
  /** {@code file:line: message}, the form editors jump to. */
  @Override
  public String toString() {
    return line > 0 ? file + ":" + line + ": " + message : file + ": " + message;
  }
}
