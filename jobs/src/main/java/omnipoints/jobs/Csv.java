package omnipoints.jobs;

import com.opencsv.CSVWriterBuilder;
import com.opencsv.ICSVWriter;
import java.io.BufferedWriter;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;

/**
 * CSV as everything we hand out is written: RFC 4180, UTF-8 without BOM, LF, quotes only where
 * needed, null is empty.
 */
final class Csv {

  private final ICSVWriter writer;

  Csv(OutputStream out) {
    writer =
        new CSVWriterBuilder(
                new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16))
            .withLineEnd("\n")
            .build();
  }

  void row(String... cells) {
    writer.writeNext(cells, false);
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
