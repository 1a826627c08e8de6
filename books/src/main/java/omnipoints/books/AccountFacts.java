package omnipoints.books;

import java.time.Instant;
import java.util.Map;
import omnipoints.points.AccountStates;
import omnipoints.sql.Script;

/** Whether an account is frozen or closed, as documents that count say it by now. */
public final class AccountFacts {
  private static final Script SQL = Books.script("member");

  private AccountFacts() {}

  private record Row(String birth, Instant at, String state) {}

  /**
   * What is said of it.
   *
   * @param member the living account
   */
  public static AccountStates of(Books books, String member) {
    return AccountStates.of(
        books.list(SQL.statement("states"), Map.of("member", member), Row.class).stream()
            .map(
                row ->
                    new AccountStates.Change(
                        row.birth(), row.at(), AccountStates.State.valueOf(row.state()), false))
            .toList());
  }
}
