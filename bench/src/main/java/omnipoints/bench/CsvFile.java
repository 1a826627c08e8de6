package omnipoints.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;

/** A file as a shop exports it: cells are appended, a row is ended. Counts its rows. */
final class CsvFile implements AutoCloseable {

  private static final int FLUSH = 1 << 16;

  final Path path;
  private final Writer out;
  private final StringBuilder text = new StringBuilder(2 * FLUSH);
  private int rowStart;
  long rows;

  CsvFile(Path path, String header) {
    this.path = path;
    try {
      Files.createDirectories(path.getParent());
      out = Files.newBufferedWriter(path, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    text.append(header).append('\n');
    rowStart = text.length();
  }

  CsvFile cell(String value) {
    if (text.length() > rowStart) text.append(',');
    text.append(value);
    return this;
  }

  CsvFile cell(long value) {
    if (text.length() > rowStart) text.append(',');
    text.append(value);
    return this;
  }

  /** A number that a spreadsheet would spoil, the way exports guard it: {@code ="123"}. */
  CsvFile guarded(String number) {
    if (text.length() > rowStart) text.append(',');
    text.append("=\"").append(number).append('"');
    return this;
  }

  /** Fen as yuan. */
  CsvFile yuan(long fen) {
    if (text.length() > rowStart) text.append(',');
    long abs = Math.abs(fen);
    if (fen < 0) text.append('-');
    text.append(abs / 100)
        .append('.')
        .append((char) ('0' + abs / 10 % 10))
        .append((char) ('0' + abs % 10));
    return this;
  }

  CsvFile at(LocalDateTime time) {
    if (text.length() > rowStart) text.append(',');
    text.append(time.getYear());
    two('-', time.getMonthValue());
    two('-', time.getDayOfMonth());
    two(' ', time.getHour());
    two(':', time.getMinute());
    two(':', time.getSecond());
    return this;
  }

  private void two(char before, int value) {
    text.append(before).append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
  }

  /**
   * Ends the row, and writes it a second time if it is one of the exact repetitions exports have.
   */
  void end(boolean twice) {
    text.append('\n');
    rows++;
    if (twice) {
      text.append(text, rowStart, text.length());
      rows++;
    }
    if (text.length() > FLUSH) flush();
    rowStart = text.length();
  }

  private void flush() {
    try {
      out.append(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    text.setLength(0);
  }

  @Override
  public void close() {
    flush();
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
