package omnipoints.mappings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One field of a document: which column, how to read it, what an empty cell means.
 *
 * @param columns header names of this column, the current one first; at most one of them may be in
 *     a file
 * @param fallbacks columns asked in turn when the cell is empty or the column is absent
 * @param need whether the column, or even a value in each row, must be there
 * @param unit fen per unit of the written amount (100 for yuan), money only
 * @param formats date patterns, tried in this order
 * @param vocabulary normalised word to enum constant name, status only
 * @param token kind of the token this field is, null if it is none
 * @param nullTokens texts that mean "no value"
 * @param plus columns added to the amount, money only; an empty cell adds nothing
 * @param minus columns taken from the amount, money only
 * @param and columns whose text follows that of the column: after a blank for a date and its time,
 *     after a slash for the words of a status
 * @param list separator of several ids in one cell, null if a cell holds one
 * @param pattern type ids: what finds them, group 1 holds the ids; other ids and codes: what is cut
 *     off; null if nothing is
 */
public record Field(
    String name,
    List<String> columns,
    List<String> fallbacks,
    FieldType type,
    Need need,
    int unit,
    Sign sign,
    List<DatePattern> formats,
    Map<String, String> vocabulary,
    String token,
    List<String> nullTokens,
    List<String> plus,
    List<String> minus,
    List<String> and,
    String list,
    Pattern pattern) {

  private static final Set<String> IDENTITIES = Set.of("card", "unionid", "platform_id");

  /** What must be there in every file. */
  public enum Need {
    OPTIONAL,
    COLUMN,
    VALUE
  }

  /** Which signs an amount may have, and what they mean. */
  public enum Sign {
    /** Negative amounts cannot be trusted. */
    UNSIGNED,
    SIGNED,
    /** The document writes what we call negative as positive. */
    INVERTED
  }

  /** Whether the value stands for a person: shown as it is, unless a phone was typed there. */
  boolean identity() {
    return token != null || IDENTITIES.contains(name);
  }

  /** Whether the text of this field names a person and must not be shown. */
  boolean personal() {
    return type == FieldType.PHONE
        || (token != null && !token.equals("card") && !token.equals("unionid"));
  }

  /**
   * What a normalised word of the vocabulary means, null if it is not listed. A listed word that
   * ends with {@code *} stands for all that begin so; of several the longest counts.
   */
  String meaning(String word) {
    String exact = vocabulary.get(word);
    if (exact != null) return exact;
    return vocabulary.entrySet().stream()
        .filter(entry -> entry.getKey().endsWith("*"))
        .filter(entry -> word.startsWith(entry.getKey().substring(0, entry.getKey().length() - 1)))
        .max(Comparator.comparingInt(entry -> entry.getKey().length()))
        .map(Map.Entry::getValue)
        .orElse(null);
  }

  /** How a message names the column: {@code 价格 (or 商品价格)}. */
  String columnNames() {
    StringBuilder names = new StringBuilder(columns.get(0));
    List<String> others = new ArrayList<>(columns.subList(1, columns.size()));
    others.addAll(fallbacks);
    if (!others.isEmpty()) names.append(" (or ").append(String.join(", ", others)).append(')');
    return names.toString();
  }
}
