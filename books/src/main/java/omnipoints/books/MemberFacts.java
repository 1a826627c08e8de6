package omnipoints.books;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        .one(
            SQL.statement("facts"),
            Map.of("member", id, "at", at, "hq", List.copyOf(hq), "on", on),
            Row.class)
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
                            row.standings() == null
                                ? List.of()
                                : List.of(row.standings().split("\n")))
                        .returning(row.refundFen(), row.spentFen()),
                    row.tier()));
  }
}
