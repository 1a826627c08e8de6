package omnipoints.jobs;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import omnipoints.facts.FactRecord;
import omnipoints.facts.Token;

/**
 * What member rows of some nights say of cards and phones, laid over what nights before said, as
 * the nights themselves did it: an empty cell erases nothing, rows of one night that contradict
 * each other count for nothing. Memory: the rows of the tokens asked for.
 */
final class ToldRows {

  private static final HexFormat HEX = HexFormat.of();

  /** The card, else the phone, that a row is about. */
  record Subject(String kind, String hash) implements Comparable<Subject> {
    @Override
    public int compareTo(Subject other) {
      int c = kind.compareTo(other.kind);
      return c != 0 ? c : hash.compareTo(other.hash);
    }
  }

  /** What is said of it; null, of the shop {@code ""}, where nothing is. */
  record Says(LocalDate birthday, LocalDate joinDate, String homeShop, String phone) {
    static final Says NOTHING = new Says(null, null, "", null);

    /** The same over what was said before. */
    Says over(Says before) {
      return new Says(
          birthday == null ? before.birthday : birthday,
          joinDate == null ? before.joinDate : joinDate,
          homeShop.isEmpty() ? before.homeShop : homeShop,
          phone == null ? before.phone : phone);
    }

    boolean contradicts(Says other) {
      return differ(birthday, other.birthday)
          || differ(joinDate, other.joinDate)
          || !homeShop.isEmpty() && !other.homeShop.isEmpty() && !homeShop.equals(other.homeShop)
          || differ(phone, other.phone);
    }

    private static boolean differ(Object one, Object other) {
      return one != null && other != null && !one.equals(other);
    }
  }

  private record Said(LocalDate night, Says says, boolean unusable) {}

  private final Tokens tokens;
  private final Map<Subject, TreeMap<LocalDate, Said>> said = new TreeMap<>();

  ToldRows(Tokens tokens) {
    this.tokens = tokens;
  }

  Subject subject(FactRecord.MemberRecord member) {
    Token token = token(member, "card");
    if (token == null) token = token(member, "phone");
    return new Subject(token.kind(), HEX.formatHex(tokens.hash(token)));
  }

  private static Token token(FactRecord.MemberRecord member, String kind) {
    for (Token token : member.person()) if (token.kind().equals(kind)) return token;
    return null;
  }

  /** A row, if it is of one of these. */
  void add(LocalDate night, FactRecord.MemberRecord member, Set<Subject> wanted) {
    Subject subject = subject(member);
    if (!wanted.contains(subject)) return;
    Token phone = token(member, "phone");
    var says =
        new Says(
            member.birthday(),
            member.joinDate(),
            Objects.requireNonNullElse(member.homeShop(), ""),
            phone == null ? null : HEX.formatHex(tokens.hash(phone)));
    said.computeIfAbsent(subject, of -> new TreeMap<>())
        .merge(
            night,
            new Said(night, says, false),
            (one, other) ->
                new Said(
                    night,
                    other.says().over(one.says()),
                    one.unusable() || one.says().contradicts(other.says())));
  }

  /** Columns of the rows that say anything new; empty where there are none. */
  Map<String, Object> rows(Map<Subject, Says> before) {
    List<String> kinds = new ArrayList<>();
    List<String> hashes = new ArrayList<>();
    List<String> nights = new ArrayList<>();
    List<String> birthdays = new ArrayList<>();
    List<String> joinDates = new ArrayList<>();
    List<String> shops = new ArrayList<>();
    List<String> phones = new ArrayList<>();
    said.forEach(
        (subject, byNight) -> {
          Says last = before.get(subject);
          for (Said one : byNight.values()) {
            Says now = one.says().over(last == null ? Says.NOTHING : last);
            if (one.unusable() || now.equals(last)) continue;
            last = now;
            kinds.add(subject.kind());
            hashes.add(subject.hash());
            nights.add(one.night().toString());
            birthdays.add(Objects.toString(now.birthday(), ""));
            joinDates.add(Objects.toString(now.joinDate(), ""));
            shops.add(now.homeShop());
            phones.add(Objects.toString(now.phone(), ""));
          }
        });
    if (kinds.isEmpty()) return Map.of();
    return Map.of(
        "kinds", kinds,
        "hashes", hashes,
        "nights", nights,
        "birthdays", birthdays,
        "join_dates", joinDates,
        "shops", shops,
        "phones", phones);
  }
}
