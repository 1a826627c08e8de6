package omnipoints.mappings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
 */
record Field(
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
    List<String> nullTokens) {

  enum Need {
    OPTIONAL,
    COLUMN,
    VALUE
  }

  enum Sign {
    /** Negative amounts cannot be trusted. */
    UNSIGNED,
    SIGNED,
    /** The document writes what we call negative as positive. */
    INVERTED
  }

  /** Whether the text of this field names a person and must not be shown. */
  boolean personal() {
    return type == FieldType.PHONE
        || (token != null && !token.equals("card") && !token.equals("unionid"));
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
