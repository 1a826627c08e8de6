package omnipoints.jobs;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import omnipoints.facts.SignedNames;
import tools.jackson.databind.JsonNode;

/**
 * Who may correct what members have, as the section {@code staff} of omnipoints.yaml names them.
 * Names are compared without blanks around them and without case.
 *
 * @param hq names of the head office, folded; empty: nobody may
 */
public record Staff(Set<String> hq) {

  /** What holds where nothing is said. */
  static final Staff NOBODY = new Staff(Set.of());

  /**
   * Reads the section.
   *
   * @param problem takes path and sentence of what is wrong
   */
  static Staff read(JsonNode section, BiConsumer<String, String> problem) {
    if (section.isMissingNode() || section.isNull()) return NOBODY;
    if (!section.isObject()
        || section.propertyNames().stream().anyMatch(key -> !key.equals("hq"))) {
      problem.accept("staff", "{hq: [names]} is needed");
      return NOBODY;
    }
    var names = new TreeSet<String>();
    for (JsonNode one : section.path("hq"))
      if (one.isString() && !one.asString().isBlank())
        names.add(SignedNames.folded(one.asString()));
    if (names.isEmpty() || names.size() != section.path("hq").size())
      problem.accept("staff.hq", "a list of different names is needed");
    return new Staff(Set.copyOf(names));
  }
}
