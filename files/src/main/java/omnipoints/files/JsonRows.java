package omnipoints.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/**
 * The rows of a JSON text, streamed: only one element is in memory. A file may hold several values
 * one after the other, as the pages of an API do; each of them must lead to rows. Numbers keep all
 * digits they are written with, and a text that stands in quotes of its own ({@code "\"12\""})
 * loses them. A row has no header: its cells stand in the order of the shape's columns.
 */
public final class JsonRows implements RowSource {
  private static final int NESTING_MAX = 64;
  private static final int KEY_MAX = 1024;

  private final String fileName;
  private final JsonShape shape;
  private final List<JsonPath.Step> each;
  private final JsonElement element;
  private final SeekableByteChannel channel;
  private final JsonParser parser;
  private final Deque<String[]> waiting = new ArrayDeque<>();
  private Row filling = new Row();
  private Row ready = new Row();
  private int level = -1;
  private boolean reached;
  private boolean glancing;
  private boolean missing;
  private long line;
  private int number;
  private int values;

  private JsonRows(Path file, String fileName, Encoding encoding, JsonShape shape, Limits limits)
      throws IOException {
    this.fileName = fileName;
    this.shape = shape;
    this.each = JsonPath.of(shape.each()).steps();
    this.element = new JsonElement(shape, fileName, limits.recordChars());
    this.channel = Files.newByteChannel(file);
    InputStream bytes = Channels.newInputStream(channel);
    bytes.skipNBytes(encoding.bomBytes());
    Reader text =
        new InputStreamReader(
            bytes,
            encoding
                .charset()
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    this.parser =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(NESTING_MAX)
                    .maxStringLength(limits.fieldChars())
                    .maxNumberLength(limits.fieldChars())
                    .maxNameLength(KEY_MAX)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .createParser(ObjectReadContext.empty(), text);
  }

  /** Opens a file as that shape. Close it. */
  public static JsonRows open(
      Path file, String fileName, Encoding encoding, JsonShape shape, Limits limits) {
    try {
      return new JsonRows(file, fileName, encoding, shape, limits);
    } catch (IOException e) {
      throw new UncheckedIOException(fileName + " cannot be read", e);
    }
  }

  /**
   * Which columns the first element has; no column if the file leads to rows but holds none of
   * them; empty if a value before that does not lead to rows at all. Reads up to there.
   */
  public Optional<Set<String>> glance() {
    glancing = true;
    try {
      boolean found = seek();
      if (!found) return missing ? Optional.empty() : Optional.of(Set.of());
      element.read(parser, waiting);
      return Optional.of(element.seen());
    } catch (JacksonException e) {
      throw refusal(e);
    }
  }

  @Override
  public Row next() {
    try {
      while (waiting.isEmpty()) {
        if (!seek()) return null;
        line = parser.currentTokenLocation().getLineNr();
        element.read(parser, waiting);
      }
    } catch (JacksonException e) {
      throw refusal(e);
    }
    Row row = filling;
    filling = ready;
    ready = row;
    row.clear(++number, line);
    for (String text : waiting.remove()) {
      if (text == null) row.add("", Row.TEXT);
      else if (text == JsonElement.NO_SCALAR) row.add("", Row.BROKEN);
      else row.add(text, Row.TEXT);
    }
    return row;
  }

  /** Goes on to the next element; false at the end of the file. */
  private boolean seek() {
    while (!missing) {
      JsonToken token = parser.nextToken();
      if (token == null) return false;
      if (level < 0) {
        values++;
        reached = false;
        if (arrive(token, 0)) return true;
      } else if (token.isStructEnd()) {
        if (--level < 0) leave();
      } else if (token == JsonToken.PROPERTY_NAME) {
        boolean wanted = parser.currentName().equals(each.get(level).key());
        JsonToken value = parser.nextToken();
        if (!wanted) parser.skipChildren();
        else if (arrive(value, level + 1)) return true;
      } else if (arrive(token, level + 1)) {
        return true;
      }
    }
    return false;
  }

  /** At a value that {@code depth} steps lead to; true if it is an element. */
  private boolean arrive(JsonToken value, int depth) {
    if (depth == each.size()) {
      reached = true;
      if (value == JsonToken.START_OBJECT) return true;
      if (value != JsonToken.VALUE_NULL) throw broken("no object stands at " + shape.each());
      return false;
    }
    JsonPath.Step next = each.get(depth);
    JsonToken due = next.every() ? JsonToken.START_ARRAY : JsonToken.START_OBJECT;
    if (value == due) {
      level = depth;
      if (next.every()) reached = true;
    } else {
      parser.skipChildren();
      if (next.every() && value == JsonToken.VALUE_NULL) reached = true;
      if (level < 0) leave();
    }
    return false;
  }

  /** A value of the file has ended. What says of itself that it failed must not pass for empty. */
  private void leave() {
    missing = !reached;
    if (missing && !glancing)
      throw broken("value " + values + " of the file leads to no " + shape.each());
  }

  private DeliveryRefused broken(String rule) {
    return Refusals.broken(place(parser.currentTokenLocation()), rule);
  }

  private DeliveryRefused refusal(JacksonException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause())
      if (cause instanceof CharacterCodingException)
        return Refusals.broken(fileName, "bytes that are no text in UTF-8");
    if (e instanceof JacksonIOException)
      throw new UncheckedIOException(fileName + " cannot be read", new IOException(e));
    String place = place(e.getLocation());
    if (e instanceof UnexpectedEndOfInputException)
      return Refusals.torn(place, "the file ends in the middle of a value");
    if (e instanceof StreamConstraintsException)
      return Refusals.tooLarge(place, "a value is longer or deeper than allowed", "field_chars");
    return Refusals.broken(place, "this is no valid JSON");
  }

  private String place(TokenStreamLocation at) {
    return at == null ? fileName : fileName + ":" + at.getLineNr() + ": column " + at.getColumnNr();
  }

  @Override
  public boolean endsClean() {
    return true;
  }

  @Override
  public boolean grid() {
    return true;
  }

  @Override
  public long position() {
    try {
      return channel.position();
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public void close() {
    parser.close();
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(fileName + " cannot be closed", e);
    }
  }
}
