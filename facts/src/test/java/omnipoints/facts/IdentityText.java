package omnipoints.facts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What is known and what is new of people, as examples write it, one line each: {@code known M1
 * TOKEN… [born YEAR]}, {@code holds M1 TOKEN [from DAY] [until DAY] [bound DAY]}, {@code claimed
 * ORDER M1 on DAY}, and as evidence {@code member TOKEN… [born YEAR]}, {@code order on DAY TOKEN…},
 * {@code balance TOKEN…}, {@code binding on DAY TOKEN… [is TOKEN] [claims ORDER [of N]] [waits]}. A
 * token is {@code kind:value}, an order a number.
 */
final class IdentityText {
  private final Map<Evidence.TokenKey, List<IdentityGraph.Known>> tokens = new HashMap<>();
  private final Map<UUID, IdentityGraph.KnownClaim> claims = new HashMap<>();
  private final Map<String, IdentityGraph.Marks> marks = new HashMap<>();
  private final List<Evidence> evidence = new ArrayList<>();

  IdentityText(List<String> given) {
    for (String line : given) {
      var words = new ArrayList<>(Arrays.asList(line.split(" ")));
      switch (words.remove(0)) {
        case "known" -> known(words);
        case "holds" -> holds(words);
        case "claimed" ->
            claims.put(
                order(words.get(0)),
                new IdentityGraph.KnownClaim(words.get(1), Days.at(words.get(3))));
        case "member" -> evidence(Evidence.Source.FACT, words);
        case "order" -> evidence(Evidence.Source.ORDER, words);
        case "balance" -> evidence(Evidence.Source.BALANCE, words);
        case "binding" -> evidence(Evidence.Source.BINDING, words);
        default -> throw new IllegalArgumentException(line);
      }
    }
  }

  IdentityGraph.Result judge() {
    return IdentityGraph.judge(
        evidence, new IdentityGraph.Knowledge(tokens, claims, marks), Days.MIDNIGHT, Days.END);
  }

  static String text(Evidence.TokenKey token) {
    return token.kind() + ":" + token.hash();
  }

  private void known(List<String> words) {
    String member = words.remove(0);
    LocalDate birthday = birthday(words);
    Set<String> kinds = new LinkedHashSet<>();
    for (String word : words) {
      kinds.add(key(word).kind());
      add(word, new IdentityGraph.Known(member, null, null, null, word));
    }
    marks.put(member, new IdentityGraph.Marks(kinds, birthday));
  }

  private void holds(List<String> words) {
    Instant from = at(words, "from");
    Instant until = at(words, "until");
    Instant bound = words.contains("bound") ? at(words, "bound") : from;
    add(words.get(1), new IdentityGraph.Known(words.get(0), from, until, bound, words.get(1)));
  }

  private void add(String token, IdentityGraph.Known known) {
    tokens.computeIfAbsent(key(token), key -> new ArrayList<>()).add(known);
  }

  private void evidence(Evidence.Source source, List<String> words) {
    LocalDate birthday = birthday(words);
    Instant on = at(words, "on");
    boolean waits = words.remove("waits");
    int orders = Integer.parseInt(after(words, "of", "1"));
    String claim = after(words, "claims", null);
    String platform = after(words, "is", null);
    boolean buys = source == Evidence.Source.ORDER;
    evidence.add(
        new Evidence(
            new Evidence.Id(source, String.valueOf(evidence.size() + 1)),
            source == Evidence.Source.BINDING ? on : null,
            on,
            birthday,
            words.stream().map(word -> linked(word, buys)).toList(),
            platform == null ? List.of() : List.of(linked(platform, buys)),
            claim == null ? null : order(claim),
            orders,
            waits));
  }

  private static Evidence.LinkedToken linked(String word, boolean buys) {
    return new Evidence.LinkedToken(key(word), word, buys);
  }

  private static Evidence.TokenKey key(String word) {
    int colon = word.indexOf(':');
    return new Evidence.TokenKey(word.substring(0, colon), "", word.substring(colon + 1));
  }

  private static UUID order(String number) {
    return new UUID(0, Long.parseLong(number));
  }

  private static LocalDate birthday(List<String> words) {
    String year = after(words, "born", null);
    return year == null ? null : LocalDate.of(Integer.parseInt(year), 1, 1);
  }

  private static Instant at(List<String> words, String name) {
    String day = after(words, name, null);
    return day == null ? null : Days.at(day);
  }

  /** Takes a name and the value behind it out of the words. */
  private static String after(List<String> words, String name, String otherwise) {
    int place = words.indexOf(name);
    if (place < 0) return otherwise;
    words.remove(place);
    return words.remove(place);
  }
}
