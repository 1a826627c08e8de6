package omnipoints.points.rules;

/** What the product of all multipliers may reach at most, where its conditions hold. */
record Cap(When when, Rational maxTimes) {

  Said said() {
    Said most =
        new Said("合计最高" + maxTimes.decimal() + "倍", maxTimes.decimal() + " times at most in all");
    return when.conditions().isEmpty() ? most : when.said().then(new Said("时，", ": ")).then(most);
  }
}
