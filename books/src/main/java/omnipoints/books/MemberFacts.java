package omnipoints.books;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import omnipoints.points.rules.Facts;
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
      LocalDate birthday) {}

  /**
   * Finds a member, of somebody who merged the survivor.
   *
   * @param id member_id
   */
  public static Optional<Facts.Member> of(Books books, String id) {
    return books
        .one(SQL.statement("facts"), Map.of("member", id), Row.class)
        .map(
            row ->
                Facts.Member.of(
                    row.memberId(),
                    row.homeShop(),
                    row.joinDate(),
                    row.joinChannel(),
                    row.birthday()));
  }
}
