package omnipoints.jobs;

import com.opencsv.CSVWriterBuilder;
import com.opencsv.ICSVWriter;
import java.io.BufferedWriter;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;

/**
 * CSV as everything we hand out is written: RFC 4180, UTF-8 without BOM, LF, quotes only where
 * needed, null is empty. What people open in a spreadsheet runs no formula there; what machines
 * read stays as it is.
 */
final class Csv {

  /** Who reads it. */
  enum Reader {
    MACHINE,
    PEOPLE
  }

  private final ICSVWriter writer;
  private final Reader reader;

  Csv(OutputStream out, Reader reader) {
    this.reader = reader;
    writer =
        new CSVWriterBuilder(
                new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16))
            .withLineEnd("\n")
            .build();
  }

  void row(String... cells) {
    String[] written = cells;
    if (reader == Reader.PEOPLE) {
      written = new String[cells.length];
      for (int i = 0; i < cells.length; i++)
        written[i] = cells[i] == null ? null : SheetCell.guarded(cells[i]);
    }
    writer.writeNext(written, false);
  }

  /** Everything written so far has reached the stream when this returns. */
  void flush() {
    writer.flushQuietly();
    if (writer.checkError()) throw new java.io.UncheckedIOException(failure());
  }

  private java.io.IOException failure() {
    return writer.getException() == null
        ? new java.io.IOException("cannot write CSV")
        : writer.getException();
  }
}
