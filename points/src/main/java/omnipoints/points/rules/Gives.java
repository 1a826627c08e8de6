package omnipoints.points.rules;

/**
 * What a rule that holds multiplies by. Each kind is one small file and one line in {@link
 * GivesKinds}.
 */
interface Gives {

  /** The factor; null where the rule says nothing of these facts. */
  Rational times(Known known);

  /** The largest factor it may give. */
  Rational most();

  /** The largest factor it may give members of a tier, {@code ""} for those of none. */
  Rational mostFor(String tier);

  Said said();
}
