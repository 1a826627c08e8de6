package omnipoints.points.rules;

import java.util.ArrayList;
import java.util.List;

/** A rule that answers to orders: it multiplies the rate, or gives an award of its own. */
sealed interface OrderRule permits TimesRule, GrantRule {
  String id();

  /** As named, or its own id. */
  String group();

  /** Groups it silences where it holds. */
  List<String> excludes();

  Window window();

  When when();

  /** Of the file, for messages. */
  int line();

  Said said();

  /** What it gives by, where that differs by a fact. */
  default List<HeldFact> gaveBy() {
    return List.of();
  }

  /** All that holds whenever it counts. */
  default List<HeldFact> held() {
    var held = new ArrayList<HeldFact>();
    for (WindowKind kind : window().kinds()) held.add(new HeldFact(id(), "window", kind.said()));
    held.addAll(when().held(id()));
    held.addAll(gaveBy());
    return held;
  }

  default RuleText told() {
    return new RuleText(id(), group(), line(), said());
  }
}
