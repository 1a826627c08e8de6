package omnipoints.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What ties the tokens of one account together, and into what it falls apart without some of it.
 * Pure. Tokens that neither what remains nor what is gone speaks of stay where they are.
 */
final class EvidenceTies {

  /** A token, and a piece of evidence that speaks of it. */
  record Tied(String evidence, Token token) {

    /** A token by its keyed hash. */
    record Token(String kind, String channel, String hash) implements Comparable<Token> {
      static Token read(ResultSet row) throws SQLException {
        return new Token(row.getString("kind"), row.getString("channel"), row.getString("hash"));
      }

      @Override
      public int compareTo(Token other) {
        return ORDER.compare(this, other);
      }
    }

    private static final Comparator<Token> ORDER =
        Comparator.comparing(Token::kind).thenComparing(Token::channel).thenComparing(Token::hash);
  }

  private final Set<Tied.Token> held;
  private final Map<Tied.Token, Tied.Token> before = new HashMap<>();
  private final Map<Tied.Token, Tied.Token> now = new HashMap<>();

  EvidenceTies(Set<Tied.Token> held, List<Tied> remaining, List<Tied> gone) {
    this.held = held;
    tie(now, remaining);
    tie(before, remaining);
    tie(before, gone);
  }

  private void tie(Map<Tied.Token, Tied.Token> by, List<Tied> ties) {
    Map<String, Tied.Token> first = new HashMap<>();
    for (Tied one : ties) {
      Tied.Token other = first.putIfAbsent(one.evidence(), one.token());
      if (other == null) continue;
      Tied.Token a = root(by, other);
      Tied.Token b = root(by, one.token());
      if (!a.equals(b)) by.put(a, b);
    }
  }

  private static Tied.Token root(Map<Tied.Token, Tied.Token> by, Tied.Token token) {
    Tied.Token root = token;
    while (by.get(root) != null) root = by.get(root);
    return root;
  }

  /**
   * Tokens that leave the account: of what was one, all parts but one.
   *
   * @param named whether documents of our own that count name a token: its part is kept before
   *     others, then that with a card, a unionid, a phone
   */
  Set<Tied.Token> leaving(Predicate<Tied.Token> named) {
    Map<Tied.Token, Map<Tied.Token, List<Tied.Token>>> wholes = new TreeMap<>();
    for (Tied.Token token : held)
      wholes
          .computeIfAbsent(root(before, token), whole -> new TreeMap<>())
          .computeIfAbsent(root(now, token), part -> new ArrayList<>())
          .add(token);
    Set<Tied.Token> leaving = new TreeSet<>();
    for (Map<Tied.Token, List<Tied.Token>> parts : wholes.values()) {
      List<Tied.Token> kept = null;
      for (List<Tied.Token> part : parts.values())
        if (kept == null || rank(part, named) > rank(kept, named)) kept = part;
      for (List<Tied.Token> part : parts.values()) if (part != kept) leaving.addAll(part);
    }
    return leaving;
  }

  private static int rank(List<Tied.Token> part, Predicate<Tied.Token> named) {
    int rank = 0;
    for (Tied.Token token : part) {
      int of =
          switch (token.kind()) {
            case "card" -> 3;
            case "unionid" -> 2;
            case "phone" -> 1;
            default -> 0;
          };
      rank = Math.max(rank, named.test(token) ? 4 + of : of);
    }
    return rank;
  }
}
