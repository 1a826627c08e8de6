package omnipoints.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Names of people who answer for a row, as they are compared: not by blanks around them, nor case.
 */
public final class SignedNames {
  private SignedNames() {}

  /** A name as it is compared, null for none. */
  public static String folded(String name) {
    return name == null || name.isBlank() ? null : name.strip().toLowerCase(Locale.ROOT);
  }

  /** The names of a cell, with a semicolon between two; none where it is empty. */
  public static List<String> of(String cell) {
    var names = new ArrayList<String>(2);
    if (cell == null) return names;
    for (String name : cell.split("[;；]")) if (!name.isBlank()) names.add(folded(name));
    return names;
  }
}
