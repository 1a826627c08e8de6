package omnipoints.points.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a condition wants of a fact. */
sealed interface Match {

  /**
   * @param value what the fact says, not null
   * @param known facts of the same cause, for comparing two of them
   */
  Truth of(Value value, Known known);

  /** Other facts that it compares with. */
  default List<Fact> asks() {
    return List.of();
  }

  /** Reads on behind the fact's name: {@code 满500元}. */
  Said say(Fact fact);

  /** The opposite of it, as {@link #say} reads. */
  default Said sayNot(Fact fact) {
    return new Said("不", " not").then(say(fact));
  }

  /** Equals one of these; of a set, holds one of these. */
  record OneOf(List<Value> wanted) implements Match {
    @Override
    public Truth of(Value value, Known known) {
      for (Value want : wanted) if (value.is(want)) return Truth.YES;
      return Truth.NO;
    }

    @Override
    public Said say(Fact fact) {
      return new Said("为", " is ").then(words(fact));
    }

    @Override
    public Said sayNot(Fact fact) {
      return new Said("不为", " is not ").then(words(fact));
    }

    private Said words(Fact fact) {
      List<Said> words = wanted.stream().map(value -> value.said(fact.kind())).toList();
      return Said.joined(words, new Said("或", " or "));
    }
  }

  /** A range; a bound that is null is open. */
  record Between(Rational gte, Rational gt, Rational lte, Rational lt) implements Match {
    @Override
    public Truth of(Value value, Known known) {
      Rational number = ((Value.Number) value).number();
      return Truth.of(
          (gte == null || number.compareTo(gte) >= 0)
              && (gt == null || number.compareTo(gt) > 0)
              && (lte == null || number.compareTo(lte) <= 0)
              && (lt == null || number.compareTo(lt) < 0));
    }

    /** Whether no number lies in it. */
    boolean empty() {
      return crossed(gte, lte, false)
          || crossed(gte, lt, true)
          || crossed(gt, lte, true)
          || crossed(gt, lt, true);
    }

    private static boolean crossed(Rational low, Rational high, boolean orEqual) {
      if (low == null || high == null) return false;
      int c = low.compareTo(high);
      return c > 0 || orEqual && c == 0;
    }

    @Override
    public Said say(Fact fact) {
      var parts = new ArrayList<Said>(2);
      bound(parts, fact, gte, new Said("不低于", " of at least "));
      bound(parts, fact, gt, new Said("高于", " above "));
      bound(parts, fact, lte, new Said("不超过", " of at most "));
      bound(parts, fact, lt, new Said("低于", " below "));
      return Said.joined(parts, new Said("且", " and"));
    }

    @Override
    public Said sayNot(Fact fact) {
      return new Said("不在「", " not").then(say(fact)).then(new Said("」之内", ""));
    }

    private static void bound(List<Said> parts, Fact fact, Rational bound, Said words) {
      if (bound != null) parts.add(words.then(fact.kind().say(bound)));
    }
  }

  /** A member of a named set. */
  record InSet(String name, Set<String> values) implements Match {
    @Override
    public Truth of(Value value, Known known) {
      return Truth.of(value.among(values));
    }

    @Override
    public Said say(Fact fact) {
      return new Said("属于「" + name + "」", " among " + name);
    }
  }

  /** Equals what another fact says; unknown while that one is. */
  record SameAs(Fact other) implements Match {
    @Override
    public Truth of(Value value, Known known) {
      Value theirs = known.of(other);
      return theirs == null ? Truth.UNKNOWN : Truth.of(value.equals(theirs));
    }

    @Override
    public List<Fact> asks() {
      return List.of(other);
    }

    @Override
    public Said say(Fact fact) {
      return new Said("与", " the same as ").then(other.said()).then(new Said("相同", ""));
    }
  }

  /** The opposite. */
  record Not(Match match) implements Match {
    @Override
    public Truth of(Value value, Known known) {
      return match.of(value, known).opposite();
    }

    @Override
    public List<Fact> asks() {
      return match.asks();
    }

    @Override
    public Said say(Fact fact) {
      return match.sayNot(fact);
    }

    @Override
    public Said sayNot(Fact fact) {
      return match.say(fact);
    }
  }

  /** All of them. */
  record All(List<Match> matches) implements Match {
    @Override
    public Truth of(Value value, Known known) {
      Truth all = Truth.YES;
      for (Match match : matches) all = all.and(match.of(value, known));
      return all;
    }

    @Override
    public List<Fact> asks() {
      return matches.stream().flatMap(match -> match.asks().stream()).toList();
    }

    @Override
    public Said say(Fact fact) {
      return Said.joined(
          matches.stream().map(match -> match.say(fact)).toList(), new Said("且", " and"));
    }
  }
}
