package omnipoints.mappings.draft;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import omnipoints.files.Wrapper;
import omnipoints.mappings.Channels;
import omnipoints.mappings.DatePattern;
import omnipoints.mappings.FieldType;
import omnipoints.mappings.Grain;
import omnipoints.mappings.Headers;
import omnipoints.mappings.draft.DocumentDraft.FieldDraft;

/** Writes a draft down as the YAML of a channel, with remarks for the person who completes it. */
final class DraftYaml {
  private static final int WIDTH = 112;
  private static final Pattern PLAIN =
      Pattern.compile("[\\p{IsHan}A-Za-z_][\\p{IsHan}A-Za-z0-9_（）()/]*");
  private static final Set<String> RESERVED =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");
  private static final String NOT_YET = "(待确认)";

  private final DocumentDraft draft;
  private final UnknownTable table;
  private final Vocabulary vocabulary;
  private final String code;
  private final String title;
  private final StringBuilder out = new StringBuilder();
  private final Set<String> unknownWords = new LinkedHashSet<>();

  DraftYaml(DocumentDraft draft, Vocabulary vocabulary, String code, String title) {
    this.draft = draft;
    this.table = draft.table;
    this.vocabulary = vocabulary;
    this.code = code;
    this.title = title;
  }

  /** Words of the statuses whose meaning nobody knows, once {@link #text()} was asked. */
  List<String> unknownWords() {
    return List.copyOf(unknownWords);
  }

  String text() {
    String vocabularies = vocabularies();
    head();
    line("channel: " + code);
    line("title: " + quoted(title));
    line("");
    line("encodings: [utf-8, gb18030, utf-16]");
    line("# " + seen());
    line("unwrap: [equals, apostrophe, backtick, tab, carriage_return]");
    line("null_tokens: [\"null\", \"NULL\", \"-\", \"--\", \"——\"]");
    if (any(FieldType.MONEY))
      line("money: {unit: yuan, prefixes: [\"¥\", \"￥\"], suffixes: [\"元\"], thousands: true}");
    if (any(FieldType.DATETIME)) {
      line("times:");
      line("  formats: " + list(times(), "    "));
      line("  null_tokens: [\"0000-00-00 00:00:00\", \"0000-00-00\", \"0001-01-01 00:00:00\"]");
    }
    line("");
    shop();
    if (draft.fields.containsKey("buyer")) line("platform_token: " + code + "_id");
    completeWhen();
    out.append(vocabularies);
    line("");
    document();
    return out.toString();
  }

  private void head() {
    line("# yaml-language-server: $schema=" + Channels.SCHEMA);
    line("# A first mapping, guessed from " + oneLine(table.fileName()) + " by `channel new`.");
    line("# Nothing in it is sure before a person has looked at it:");
    for (String sentence : draft.look) line("#   - " + oneLine(sentence));
    if (!unknownWords.isEmpty())
      line(
          "#   - these status words need a meaning, until then their rows are rejected: "
              + oneLine(String.join(", ", unknownWords)));
    line("#   - every column under known_columns is read by nobody: is one of them missing above?");
  }

  private String seen() {
    Set<Wrapper> wrappers = EnumSet.noneOf(Wrapper.class);
    for (ColumnFacts column : table.columns()) wrappers.addAll(column.wrappers);
    String around =
        wrappers.isEmpty()
            ? "nothing"
            : String.join(", ", wrappers.stream().map(w -> lower(w)).toList());
    return "read as " + table.encoding() + "; seen around values: " + around;
  }

  private boolean any(FieldType type) {
    return draft.fields.values().stream().anyMatch(field -> field.type() == type);
  }

  private List<String> times() {
    Set<String> formats = new LinkedHashSet<>();
    for (String known : ColumnFacts.FORMATS) {
      for (FieldDraft field : draft.fields.values()) {
        if (field.type() != FieldType.DATETIME || !field.column().dates.containsKey(known))
          continue;
        boolean withTime = DatePattern.of(known).withTime();
        if (field.and() == null && withTime) formats.add(known);
        if (field.and() != null && !withTime) {
          formats.add(known + " H:mm:ss");
          formats.add(known + " H:mm");
        }
      }
    }
    if (formats.isEmpty()) formats.add("yyyy-MM-dd HH:mm:ss");
    return List.copyOf(formats);
  }

  private void shop() {
    if (!draft.grain.belongsToShop()) {
      line("shop: {from: []}");
      return;
    }
    line("# inbox/" + code + "/<shop>/ says the shop.");
    line("shop: {from: [folder" + (draft.fields.containsKey("shop") ? ", column" : "") + "]}");
  }

  private void completeWhen() {
    String when =
        switch (draft.grain) {
          case ORDER, ORDER_LINE, REFUND -> "order_present";
          case LINE -> "item_count_matches";
          case RECEIPT_LINE -> "always";
          default -> null;
        };
    if (when != null) line("complete_when: " + when);
  }

  private String vocabularies() {
    StringBuilder text = new StringBuilder();
    for (FieldDraft field : draft.fields.values()) {
      if (field.type() != FieldType.STATUS) continue;
      if (text.isEmpty()) text.append("\nvocabularies:\n");
      Vocabulary.Kind kind = Vocabulary.Kind.of(draft.grain, field.name());
      text.append("  ").append(field.name()).append(":\n");
      boolean known = false;
      Set<String> written = new LinkedHashSet<>();
      for (String word : field.column().words) {
        if (!written.add(Headers.normaliseStatus(word))) continue;
        String meaning = vocabulary.meaning(kind, word);
        known |= meaning != null;
        if (meaning == null) unknownWords.add(word);
        text.append(meaning == null ? "    # 待确认: " : "    ")
            .append(quoted(word))
            .append(": ")
            .append(meaning == null ? String.join("|", kind.meanings()) : meaning)
            .append('\n');
      }
      // An empty list would not load, and no file has this word.
      if (!known)
        text.append("    ")
            .append(quoted(NOT_YET))
            .append(": ")
            .append(kind.neutral())
            .append('\n');
    }
    return text.toString();
  }

  private void document() {
    line("documents:");
    line("  " + draft.name() + ":");
    line("    grain: " + lower(draft.grain));
    draft.settings.forEach((word, value) -> line("    " + word + ": " + value));
    if (table.ragged()) line("    ragged: true  # rows lack trailing cells");
    List<String> unread = draft.unread();
    if (!unread.isEmpty()) line("    known_columns: " + list(unread, "      "));
    line("    fields:");
    for (FieldDraft field : draft.fields.values()) line("      " + field(field));
  }

  private String field(FieldDraft field) {
    StringBuilder text = new StringBuilder(field.name());
    text.append(": {column: ").append(quoted(reference(field.column())));
    if (field.and() != null)
      text.append(", and: [").append(quoted(reference(field.and()))).append(']');
    text.append(", type: ").append(lower(field.type()));
    if (field.type() == FieldType.STATUS) text.append(", vocabulary: ").append(field.name());
    if (field.name().equals("buyer")) text.append(", token: ").append(code).append("_id");
    if (field.type() == FieldType.DATE) text.append(", formats: ").append(list(dates(field), ""));
    boolean fen = Headers.normalise(field.column().header).endsWith("(分)");
    if (field.type() == FieldType.MONEY && fen) text.append(", unit: fen");
    boolean returns =
        draft.grain == Grain.RECEIPT_LINE
            && !field.name().equals("price")
            && (field.type() == FieldType.NUMBER
                || field.type() == FieldType.MONEY
                || field.type() == FieldType.POINTS);
    if (returns) text.append(", sign: signed");
    if (field.required() != null) text.append(", required: ").append(field.required());
    return text.append('}').toString();
  }

  private static List<String> dates(FieldDraft field) {
    List<String> formats =
        ColumnFacts.FORMATS.stream()
            .filter(format -> field.column().dates.containsKey(format))
            .filter(format -> !DatePattern.of(format).withTime())
            .toList();
    return formats.isEmpty() ? List.of("yyyy-MM-dd") : formats;
  }

  /** The header, with its number among several of that name. */
  private String reference(ColumnFacts wanted) {
    int number = 0;
    int all = 0;
    for (ColumnFacts column : table.columns()) {
      if (!Headers.normalise(column.header).equals(Headers.normalise(wanted.header))) continue;
      all++;
      if (column.index <= wanted.index) number++;
    }
    return all == 1 ? wanted.header : wanted.header + "#" + number;
  }

  private static String list(List<String> texts, String indent) {
    StringBuilder text = new StringBuilder("[");
    int column = 30;
    for (int i = 0; i < texts.size(); i++) {
      String piece = quoted(texts.get(i)) + (i + 1 < texts.size() ? "," : "]");
      int width = piece.codePoints().map(c -> c > 0x2e80 ? 2 : 1).sum() + 1;
      if (column + width > WIDTH && i > 0) {
        text.append('\n').append(indent);
        column = indent.length();
      } else if (i > 0) text.append(' ');
      text.append(piece);
      column += width;
    }
    return text.toString();
  }

  /** A scalar that is this text whatever it looks like. */
  private static String quoted(String text) {
    if (PLAIN.matcher(text).matches() && !RESERVED.contains(text.toLowerCase(Locale.ROOT)))
      return text;
    StringBuilder escaped = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') escaped.append('\\').append(c);
      else if (Character.isISOControl(c) || c == '\ufeff' || c == '\u2028' || c == '\u2029')
        escaped.append(String.format("\\u%04x", (int) c));
      else escaped.append(c);
    }
    return escaped.append('"').toString();
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
