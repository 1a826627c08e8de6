package omnipoints.points.rules;

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

  default RuleText told() {
    return new RuleText(id(), group(), line(), said());
  }
}
