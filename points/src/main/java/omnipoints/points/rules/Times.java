package omnipoints.points.rules;

/** {@code times: 3/2}: the same for everybody. */
record Times(Rational factor) implements Gives {

  static Times read(Node times) {
    return new Times(times.factor());
  }

  @Override
  public Rational times(Known known) {
    return factor;
  }

  @Override
  public Rational most() {
    return factor;
  }

  @Override
  public Rational mostFor(String tier) {
    return factor;
  }

  @Override
  public Said said() {
    return new Said("积分" + factor.decimal() + "倍", factor.decimal() + " times the points");
  }
}
