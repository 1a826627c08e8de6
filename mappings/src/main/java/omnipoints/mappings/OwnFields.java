package omnipoints.mappings;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import omnipoints.facts.Cell;
import omnipoints.facts.OwnRow;
import omnipoints.facts.OwnShape;
import omnipoints.facts.OwnShape.Part;

/**
 * The fields of a document of our own, as the record of its rows declares them: a mapping need not
 * repeat them where the columns are called like them.
 */
final class OwnFields {

  /** Token kind of the value of a person: whatever it is, it is not to be shown. */
  private static final String PERSON = "person";

  private static final List<DatePattern> DATES =
      List.of(DatePattern.of("yyyy-MM-dd"), DatePattern.of("yyyy/M/d"));

  private OwnFields() {}

  /** Fields that must be declared. */
  static Set<String> needed(Class<? extends OwnRow> own) {
    Set<String> needed = new LinkedHashSet<>();
    for (Part part : OwnShape.of(own).parts())
      if (part.need() == Cell.Need.VALUE) needed.addAll(part.columns());
    return Set.copyOf(needed);
  }

  /** Types a field may be declared with. */
  static Map<String, Set<FieldType>> types(Class<? extends OwnRow> own) {
    Map<String, Set<FieldType>> types = new LinkedHashMap<>();
    for (Part part : OwnShape.of(own).parts())
      for (String column : part.columns()) types.put(column, permitted(part, column));
    return Map.copyOf(types);
  }

  private static Set<FieldType> permitted(Part part, String column) {
    FieldType type = type(part, column);
    return type == FieldType.ID || type == FieldType.CODE || part.person()
        ? Set.of(FieldType.ID, FieldType.CODE, FieldType.TEXT)
        : Set.of(type);
  }

  private static FieldType type(Part part, String column) {
    if (part.person()) return column.endsWith("_kind") ? FieldType.TEXT : FieldType.CODE;
    if (part.type() == String.class) return FieldType.valueOf(part.as().name());
    if (part.type() == Instant.class) return FieldType.DATETIME;
    if (part.type() == LocalDate.class) return FieldType.DATE;
    if (part.type() == Boolean.class || part.type().isEnum()) return FieldType.STATUS;
    return part.column().endsWith("_fen") ? FieldType.MONEY : FieldType.NUMBER;
  }

  /** The token kind of a field that is the value of a person, null for any other one. */
  static String person(Grain grain, String field) {
    if (grain.own() == null || !field.endsWith("_value")) return null;
    for (Part part : OwnShape.of(grain.own()).parts())
      if (part.person() && part.columns().contains(field)) return PERSON;
    return null;
  }

  /** The fields where the columns are called like them. */
  static Map<String, Field> of(
      Class<? extends OwnRow> own, List<DatePattern> times, List<String> nullTokens) {
    Map<String, Field> fields = new LinkedHashMap<>();
    for (Part part : OwnShape.of(own).parts())
      for (String column : part.columns())
        fields.put(column, field(part, column, times, nullTokens));
    return fields;
  }

  private static Field field(
      Part part, String column, List<DatePattern> times, List<String> nullTokens) {
    FieldType type = type(part, column);
    return new Field(
        column,
        List.of(column),
        List.of(),
        type,
        switch (part.need()) {
          case NOTHING -> Field.Need.OPTIONAL;
          case COLUMN -> Field.Need.COLUMN;
          case VALUE -> Field.Need.VALUE;
        },
        1,
        part.signed() ? Field.Sign.SIGNED : Field.Sign.UNSIGNED,
        type == FieldType.DATETIME ? times : type == FieldType.DATE ? DATES : List.of(),
        type == FieldType.STATUS ? words(part.type()) : Map.of(),
        part.person() && column.endsWith("_value") ? PERSON : null,
        nullTokens,
        List.of(),
        List.of(),
        List.of(),
        null,
        null);
  }

  private static Map<String, String> words(Class<?> type) {
    Map<String, String> words = new LinkedHashMap<>();
    if (type == Boolean.class) {
      for (String yes : List.of("yes", "1", "true", "是"))
        words.put(Headers.normaliseStatus(yes), "true");
      for (String no : List.of("no", "0", "false", "否"))
        words.put(Headers.normaliseStatus(no), "false");
      return words;
    }
    for (Object constant : type.getEnumConstants()) {
      String name = ((Enum<?>) constant).name();
      words.put(Headers.normaliseStatus(name.toLowerCase(Locale.ROOT)), name);
    }
    return words;
  }
}
