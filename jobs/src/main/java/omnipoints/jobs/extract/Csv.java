package omnipoints.jobs.extract;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * CSV as everything we hand out is written: RFC 4180, UTF-8 without BOM, LF, quotes only where
 * needed, null is empty. What people open in a spreadsheet runs no formula there; what machines
 * read stays as it is.
 */
public final class Csv {

  /** Who reads it. */
  public enum Reader {
    MACHINE,
    PEOPLE
  }

  /** Our CSV has no comments: a character that is none, so that no cell begins with it. */
  private static final char NO_COMMENT = '\uffff';

  private final CsvWriter writer;
  private final Reader reader;

  /** Nothing is written yet. */
  public Csv(OutputStream out, Reader reader) {
    this.reader = reader;
    writer =
        CsvWriter.builder()
            .lineDelimiter(LineDelimiter.LF)
            .commentCharacter(NO_COMMENT)
            .bufferSize(1 << 16)
            .build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
  }

  /**
   * Writes one row.
   *
   * @throws UncheckedIOException the stream refuses
   */
  public void row(String... cells) {
    String[] written = cells;
    if (reader == Reader.PEOPLE) {
      written = new String[cells.length];
      for (int i = 0; i < cells.length; i++)
        written[i] = cells[i] == null ? null : SheetCell.guarded(cells[i]);
    }
    writer.writeRecord(written);
  }

  /**
   * Everything written so far has reached the stream when this returns.
   *
   * @throws UncheckedIOException the stream refuses
   */
  public void flush() {
    try {
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
