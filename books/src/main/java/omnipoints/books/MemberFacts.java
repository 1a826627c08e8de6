package omnipoints.books;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import omnipoints.points.PassUses;
import omnipoints.points.Standings;
import omnipoints.points.rules.Facts;
import omnipoints.points.tiers.Tiers;
import omnipoints.sql.Script;

/** What rules may ask of a member, as known now. */
public final class MemberFacts {
  private static final Script SQL = Books.script("member");

  private MemberFacts() {}

  private record Row(
      String memberId,
      String homeShop,
      LocalDate joinDate,
      String joinChannel,
      LocalDate birthday,
      String standings,
      String tier,
      Long refundFen,
      Long spentFen) {}

  private record PassRow(String pass, Instant fromAt, Instant toAt, Long uses) {}

  private record UseRow(String pass, String useNo, Instant at) {}

  /**
   * Finds a member, of somebody who merged the survivor.
   *
   * @param id member_id
   * @param at for passes, tags and segments that hold for a time
   * @param hq folded names of those whose passes count
   * @param on the day whose tier is asked
   * @param tiers of the version in force then
   */
  public static Optional<Facts.Member> of(
      Books books, String id, Instant at, Collection<String> hq, LocalDate on, Tiers tiers) {
    return books
        .one(SQL.statement("facts"), Map.of("member", id, "at", at, "on", on), Row.class)
        .map(
            row ->
                tiers.ranked(
                    Standings.of(
                            Facts.Member.of(
                                row.memberId(),
                                row.homeShop(),
                                row.joinDate(),
                                row.joinChannel(),
                                row.birthday()),
                            standings(books, row, at, hq))
                        .returning(row.refundFen(), row.spentFen()),
                    row.tier()));
  }

  private static List<String> standings(Books books, Row row, Instant at, Collection<String> hq) {
    List<String> all = new ArrayList<>();
    if (row.standings() != null) all.addAll(List.of(row.standings().split("\n")));
    Map<String, Object> of = Map.of("member", row.memberId());
    Map<String, List<PassUses.Given>> given = new TreeMap<>();
    for (PassRow pass :
        books.list(
            SQL.statement("passes"),
            Map.of("member", row.memberId(), "hq", List.copyOf(hq)),
            PassRow.class))
      given
          .computeIfAbsent(pass.pass(), name -> new ArrayList<>())
          .add(new PassUses.Given(pass.fromAt(), pass.toAt(), pass.uses()));
    if (given.isEmpty()) return all;
    Map<String, List<PassUses.Use>> uses = new HashMap<>();
    for (UseRow use : books.list(SQL.statement("pass_uses"), of, UseRow.class))
      uses.computeIfAbsent(use.pass(), name -> new ArrayList<>())
          .add(new PassUses.Use(use.useNo(), use.at()));
    given.forEach(
        (pass, grants) -> {
          PassUses.Held held = PassUses.count(grants, uses.getOrDefault(pass, List.of()));
          for (PassUses.Given one : held.held())
            if (one.covers(at)) {
              all.add("PASS " + pass);
              return;
            }
        });
    return all;
  }
}
