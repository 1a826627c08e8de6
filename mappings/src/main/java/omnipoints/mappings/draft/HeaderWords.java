package omnipoints.mappings.draft;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import omnipoints.files.yaml.Problems;
import omnipoints.files.yaml.YamlSource;
import omnipoints.mappings.Channels;
import omnipoints.mappings.Document;
import omnipoints.mappings.Field;
import omnipoints.mappings.FieldType;
import omnipoints.mappings.Grain;
import omnipoints.mappings.Headers;
import tools.jackson.databind.JsonNode;

/**
 * Which headers speak for which field, as far as words go: {@code drafts/words.yaml}, and the
 * columns of every mapping in force.
 */
final class HeaderWords {
  /** A header is exactly a word of the list; earlier words are surer. */
  private static final int NAMED = 100;

  /** A header is exactly a column of some mapping. */
  private static final int MAPPED = 75;

  /** A header holds the signs of a word. */
  private static final int HINTED = 40;

  /** What the rows of a file are about; each has its own words. */
  enum About {
    ORDERS,
    REFUNDS,
    RECEIPTS,
    MEMBERS,
    BALANCES,
    BINDINGS;

    private static About of(Grain grain) {
      return switch (grain) {
        case ORDER, LINE, ORDER_LINE -> ORDERS;
        case REFUND -> REFUNDS;
        case RECEIPT_LINE -> RECEIPTS;
        case BINDING -> BINDINGS;
        case MEMBER -> MEMBERS;
        case BALANCE -> BALANCES;
        case ACK -> throw new IllegalArgumentException("acknowledgements are not drafted");
        case SETTLEMENT -> throw new IllegalArgumentException("statements are not drafted");
        default -> throw new IllegalArgumentException("documents of our own are not drafted");
      };
    }
  }

  /** The words of one field. */
  private static final class Word {
    private final String type;
    private final Map<String, Integer> names = new LinkedHashMap<>();
    private final List<List<String>> parts = new ArrayList<>();
    private final List<String> not = new ArrayList<>();

    private Word(String type) {
      this.type = type;
    }
  }

  private final Map<About, Map<String, Word>> words = new LinkedHashMap<>();

  private HeaderWords() {}

  static HeaderWords of(Channels channels) {
    HeaderWords all = new HeaderWords();
    all.read();
    for (String code : channels.codes()) {
      for (Document document : channels.channel(code).documents())
        if (drafted(document)) all.learn(document);
    }
    return all;
  }

  /** What an API answers, statements of money and documents of our own are not guessed at. */
  static boolean drafted(Document document) {
    return !document.ofJson()
        && document.grain() != Grain.SETTLEMENT
        && document.grain() != Grain.ACK
        && document.grain().own() == null;
  }

  private void read() {
    Problems problems = new Problems();
    YamlSource source = YamlSource.parse("drafts/words.yaml", text(), problems);
    problems.throwIfAny("the words for first mappings cannot be used");
    for (Map.Entry<String, JsonNode> about : source.root().properties()) {
      Map<String, Word> fields = new LinkedHashMap<>();
      words.put(About.valueOf(about.getKey().toUpperCase(Locale.ROOT)), fields);
      about
          .getValue()
          .properties()
          .forEach(field -> fields.put(field.getKey(), word(field.getValue())));
    }
  }

  private static Word word(JsonNode node) {
    Word word = new Word(node.get("type").asString());
    for (JsonNode name : node.get("names")) {
      int score = NAMED - Math.min(word.names.size(), NAMED - MAPPED - 1);
      word.names.putIfAbsent(Headers.normalise(name.asString()), score);
    }
    for (JsonNode part : node.path("parts")) word.parts.add(List.of(part.asString().split(" ")));
    for (JsonNode part : node.path("not")) word.not.add(part.asString());
    return word;
  }

  private static String text() {
    try (InputStream in = HeaderWords.class.getResourceAsStream("/drafts/words.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("drafts/words.yaml cannot be read from the class path", e);
    }
  }

  private void learn(Document document) {
    Map<String, Word> fields = words.get(About.of(document.grain()));
    for (Field field : document.fields().values()) {
      Word word = fields.get(plain(field.name()));
      // What an amount of an order means differs from channel to channel: the list alone decides.
      if (word == null || field.type() == FieldType.MONEY) continue;
      field.columns().forEach(name -> word.names.putIfAbsent(Headers.normalise(name), MAPPED));
    }
  }

  private static String plain(String field) {
    return field.equals("line_state") ? "state" : field;
  }

  List<String> fields(About about) {
    return List.copyOf(words.get(about).keySet());
  }

  /** The type a field of this name has. */
  String type(About about, String field) {
    return words.get(about).get(field).type;
  }

  /** How surely the header means the field; 0 if nothing speaks for it. */
  int score(About about, String field, String header) {
    Word word = words.get(about).get(field);
    String name = Headers.normalise(header);
    Integer exact = word.names.get(name);
    if (exact == null) exact = word.names.get(name.replaceFirst("\\((元|分)\\)$", ""));
    if (exact != null) return exact;
    if (word.not.stream().anyMatch(name::contains)) return 0;
    return word.parts.stream().anyMatch(all -> all.stream().allMatch(name::contains)) ? HINTED : 0;
  }

  /** Whether a score stands for an exact word. */
  static boolean exact(int score) {
    return score > HINTED;
  }
}
