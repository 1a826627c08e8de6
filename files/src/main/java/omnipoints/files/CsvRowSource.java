package omnipoints.files;

import static java.nio.charset.StandardCharsets.US_ASCII;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The rows of a text file, streamed. RFC 4180 with any separator, strict about quotes, CR, LF and
 * CRLF alike.
 */
final class CsvRowSource implements RowSource {
  private final String fileName;
  private final Limits limits;
  private final boolean endsClean;
  private final SeekableByteChannel channel;
  private final CsvReader<Row> reader;
  private final CloseableIterator<Row> rows;
  private final Handler handler = new Handler();

  /** {@code strict} false replaces what cannot be decoded: only for looking at a header. */
  static CsvRowSource open(
      Path file,
      String fileName,
      Encoding encoding,
      char separator,
      Limits limits,
      boolean strict) {
    try {
      return new CsvRowSource(file, fileName, encoding, separator, limits, strict);
    } catch (IOException e) {
      throw new UncheckedIOException(fileName + " cannot be read", e);
    }
  }

  private CsvRowSource(
      Path file, String fileName, Encoding encoding, char separator, Limits limits, boolean strict)
      throws IOException {
    this.fileName = fileName;
    this.limits = limits;
    this.endsClean = endsWithLineEnd(file, encoding);
    CodingErrorAction onError = strict ? CodingErrorAction.REPORT : CodingErrorAction.REPLACE;
    this.channel = Files.newByteChannel(file);
    InputStream bytes = Channels.newInputStream(channel);
    bytes.skipNBytes(encoding.bomBytes());
    Reader text =
        new InputStreamReader(
            bytes,
            encoding
                .charset()
                .newDecoder()
                .onMalformedInput(onError)
                .onUnmappableCharacter(onError));
    this.reader =
        CsvReader.builder()
            .fieldSeparator(separator)
            .quoteCharacter('"')
            .commentStrategy(CommentStrategy.NONE)
            .skipEmptyLines(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .detectBomHeader(false)
            .maxBufferSize(limits.fieldChars())
            .build(handler, text);
    this.rows = reader.iterator();
  }

  @Override
  public Row next() {
    try {
      if (!rows.hasNext()) return null;
      Row row = rows.next();
      if (row.length() > limits.recordChars()) {
        throw broken(
            DeliveryOutcome.STRUCTURE_BROKEN,
            row.line,
            "one record has " + row.length() + " characters, the limit is " + limits.recordChars());
      }
      row.last = !rows.hasNext();
      return row;
    } catch (CsvParseException | UncheckedIOException e) {
      throw refusal(e);
    }
  }

  private DeliveryRefused refusal(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CharacterCodingException) {
        return broken(
            DeliveryOutcome.STRUCTURE_BROKEN,
            handler.line,
            "bytes that are no text in its encoding");
      }
    }
    if (e instanceof UncheckedIOException) throw e;
    String message = String.valueOf(e.getMessage());
    if (message.contains("Unclosed quoted field")) {
      return endsClean
          ? broken(
              DeliveryOutcome.STRUCTURE_BROKEN,
              handler.line,
              "a quote opens in the record that starts here and never closes, so it swallows the rest of the file")
          : broken(
              DeliveryOutcome.TRUNCATED,
              handler.line,
              "the file ends inside a quoted cell of the record that starts here");
    }
    if (message.contains("after closing quote")) {
      return broken(
          DeliveryOutcome.STRUCTURE_BROKEN,
          handler.line,
          "text follows the closing quote of a cell; quotes do not pair");
    }
    if (message.contains("buffer size")) {
      return broken(
          DeliveryOutcome.STRUCTURE_BROKEN,
          handler.line,
          "a cell is longer than "
              + limits.fieldChars()
              + " characters; most often a quote opens and never closes");
    }
    return broken(DeliveryOutcome.STRUCTURE_BROKEN, handler.line, "no CSV: " + message);
  }

  private DeliveryRefused broken(DeliveryOutcome outcome, long line, String rule) {
    return new DeliveryRefused(
        outcome,
        fileName + ":" + line + ": " + rule,
        List.of(
            "fetch or export the file again and deliver it anew; nothing of this one was used"));
  }

  @Override
  public boolean endsClean() {
    return endsClean;
  }

  @Override
  public long position() {
    try {
      return channel.position();
    } catch (IOException e) {
      throw new UncheckedIOException(fileName + " cannot be read", e);
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(fileName + " cannot be closed", e);
    }
  }

  private static boolean endsWithLineEnd(Path file, Encoding encoding) throws IOException {
    int width = encoding.wide() ? 2 : 1;
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      if (channel.size() < width) return true;
      channel.position(channel.size() - width);
      ByteBuffer last = ByteBuffer.allocate(width);
      while (last.hasRemaining() && channel.read(last) >= 0) continue;
      String end = new String(last.array(), encoding.wide() ? encoding.charset() : US_ASCII);
      return end.equals("\n") || end.equals("\r");
    }
  }

  /**
   * Copies the cells into one of two rows in turn: looking ahead must not overwrite the row in use.
   */
  private static final class Handler extends AbstractBaseCsvCallbackHandler<Row> {
    private Row filling = new Row();
    private Row ready = new Row();
    private int number;
    private long line = 1;

    @Override
    protected void handleBegin(long startingLineNumber) {
      line = startingLineNumber;
      filling.clear(number + 1, startingLineNumber);
    }

    @Override
    protected void handleField(int fieldIdx, char[] buf, int offset, int len, boolean quoted) {
      filling.add(buf, offset, len, quoted);
    }

    @Override
    protected Row buildRecord() {
      Row built = filling;
      number++;
      filling = ready;
      ready = built;
      return built;
    }
  }
}
