package omnipoints.points.rules;

/** One thing a condition may ask. Each is one small file and one line in {@link FactKinds}. */
interface Fact {

  /** The key under {@code when}. */
  String word();

  Said said();

  Kind kind();

  /** What it says of a cause; null where nobody told. */
  Value of(Facts facts);

  /** What values look like, and how people read them. */
  enum Kind {
    TEXT,
    TEXTS,
    MONTH_DAY,
    FEN,
    DAYS,
    SHARE;

    boolean isNumber() {
      return this == FEN || this == DAYS || this == SHARE;
    }

    Said say(Rational number) {
      return switch (this) {
        case FEN -> {
          String yuan = number.times(Rational.of(1, 100)).decimal();
          yield new Said(yuan + "元", "¥" + yuan);
        }
        case DAYS -> new Said(number + "天", number + " days");
        case SHARE -> {
          String percent = number.times(Rational.of(100)).decimal() + "%";
          yield new Said(percent, percent);
        }
        case TEXT, TEXTS, MONTH_DAY -> new Said(number.toString(), number.toString());
      };
    }
  }
}
