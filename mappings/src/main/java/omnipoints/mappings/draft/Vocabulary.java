package omnipoints.mappings.draft;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import omnipoints.mappings.Channels;
import omnipoints.mappings.Document;
import omnipoints.mappings.Field;
import omnipoints.mappings.FieldType;
import omnipoints.mappings.Grain;
import omnipoints.mappings.Headers;

/** What status words mean in the mappings in force; a word two of them read differently is none. */
final class Vocabulary {
  /** Which closed list the meanings come from. */
  enum Kind {
    ORDER_STATE,
    REFUND_STATE,
    REFUND_DOCUMENT,
    DIRECTION;

    static Kind of(Grain grain, String field) {
      if (grain == Grain.RECEIPT_LINE) return DIRECTION;
      if (grain == Grain.REFUND) return REFUND_DOCUMENT;
      return field.equals("refund_state") ? REFUND_STATE : ORDER_STATE;
    }

    /** All meanings a word of that list may have, those that decide nothing left out. */
    List<String> meanings() {
      return switch (this) {
        case ORDER_STATE -> List.of("UNPAID", "PAID", "SHIPPED", "COMPLETED", "CLOSED");
        case REFUND_STATE -> List.of("NONE", "OPEN", "REFUSED", "REFUNDED");
        case REFUND_DOCUMENT -> List.of("OPEN", "REFUNDED", "CLOSED");
        case DIRECTION -> List.of("SALE", "RETURN");
      };
    }

    /** A meaning that decides nothing, for a list of which no word is known. */
    String neutral() {
      return switch (this) {
        case ORDER_STATE -> "UNKNOWN";
        case REFUND_STATE, REFUND_DOCUMENT -> "OPEN";
        case DIRECTION -> "SALE";
      };
    }
  }

  private static final String CONTRADICTION = "";

  private final Map<Kind, Map<String, String>> meanings = new EnumMap<>(Kind.class);

  static Vocabulary of(Channels channels) {
    Vocabulary all = new Vocabulary();
    for (Kind kind : Kind.values()) all.meanings.put(kind, new HashMap<>());
    for (String code : channels.codes()) {
      for (Document document : channels.channel(code).documents()) {
        if (!HeaderWords.drafted(document)) continue;
        for (Field field : document.fields().values()) {
          if (field.type() == FieldType.STATUS)
            all.learn(Kind.of(document.grain(), field.name()), field.vocabulary());
        }
      }
    }
    all.meanings.get(Kind.DIRECTION).putIfAbsent("销售", "SALE");
    all.meanings.get(Kind.DIRECTION).putIfAbsent("退货", "RETURN");
    return all;
  }

  private void learn(Kind kind, Map<String, String> words) {
    Map<String, String> known = meanings.get(kind);
    words.forEach(
        (word, meaning) -> known.merge(word, meaning, (a, b) -> a.equals(b) ? a : CONTRADICTION));
  }

  /** Null if no mapping knows the word, or two of them disagree. */
  String meaning(Kind kind, String word) {
    Map<String, String> known = meanings.get(kind);
    String spelt = Headers.normaliseStatus(word);
    String meaning = known.get(spelt);
    for (Map.Entry<String, String> begun : known.entrySet()) {
      String start = begun.getKey();
      if (meaning == null
          && start.endsWith("*")
          && spelt.startsWith(start.substring(0, start.length() - 1))) meaning = begun.getValue();
    }
    return CONTRADICTION.equals(meaning) ? null : meaning;
  }
}
