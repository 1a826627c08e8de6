package omnipoints.points.rules;

import java.util.Set;

/** What a fact says. */
sealed interface Value {

  /** Whether it is the wanted one; of several words, whether one of them is. */
  boolean is(Value wanted);

  /** Whether it, or one of its words, is among these. */
  boolean among(Set<String> texts);

  Said said(Fact.Kind kind);

  /** One word, such as a channel. */
  record Text(String text) implements Value {
    @Override
    public boolean is(Value wanted) {
      return equals(wanted);
    }

    @Override
    public boolean among(Set<String> texts) {
      return texts.contains(text);
    }

    @Override
    public Said said(Fact.Kind kind) {
      return new Said(text, text);
    }
  }

  /** Any number of words, such as tags. */
  record Texts(Set<String> texts) implements Value {
    @Override
    public boolean is(Value wanted) {
      return wanted instanceof Text one && texts.contains(one.text());
    }

    @Override
    public boolean among(Set<String> others) {
      return texts.stream().anyMatch(others::contains);
    }

    @Override
    public Said said(Fact.Kind kind) {
      String all = String.join(", ", texts);
      return new Said(all, all);
    }
  }

  /** A number of fen, days or shares. */
  record Number(Rational number) implements Value {
    @Override
    public boolean is(Value wanted) {
      return equals(wanted);
    }

    @Override
    public boolean among(Set<String> texts) {
      return texts.contains(number.toString());
    }

    @Override
    public Said said(Fact.Kind kind) {
      return kind.say(number);
    }
  }

  /** A word that may be missing: null means unknown. */
  static Value text(String text) {
    return text == null || text.isEmpty() ? null : new Text(text);
  }

  static Value number(long number) {
    return new Number(Rational.of(number));
  }
}
