package omnipoints.points.rules;

import java.time.LocalDate;

/**
 * A pass that points buy.
 *
 * @param pass its name, as rules ask it
 * @param valid how long, null for ever
 * @param uses how often, null for any number
 */
public record PassGiven(String pass, GrantRule.Length valid, Long uses) {

  static PassGiven read(Node item) {
    if (!item.has("pass")) item.problem("says which pass it gives: give pass");
    return new PassGiven(
        item.at("pass").text(),
        item.has("valid") ? GrantRule.Length.of(item.at("valid").text()) : null,
        item.has("uses") ? (Long) item.at("uses").whole(1) : null);
  }

  /** The last day on which one is held that was asked for on {@code day}; null for ever. */
  public LocalDate lastDay(LocalDate day) {
    return valid == null ? null : valid.lastDay(day);
  }

  Said said() {
    Said told = new Said("权益卡 " + pass, "pass " + pass);
    if (valid != null) told = told.then(valid.said());
    if (uses != null) told = told.then(new Said("，限用" + uses + "次", ", " + uses + " times"));
    return told;
  }
}
