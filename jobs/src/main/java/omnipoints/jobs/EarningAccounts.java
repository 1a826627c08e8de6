package omnipoints.jobs;

import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import omnipoints.points.AccountStates;
import omnipoints.points.Program;

/**
 * Which accounts may be awarded something for the first time: what a frozen or closed one does not
 * earn is taken from no budget and uses no limit. Memory: what is said of accounts that are frozen
 * or closed, or were.
 */
final class EarningAccounts {

  private final Program.Frozen frozen;
  private final Instant end;
  private final Map<String, List<AccountStates.Change>> states = new HashMap<>();

  private EarningAccounts(Night night) {
    frozen = night.programme().ofNight(night.date()).limits().frozen();
    end = night.date().atTime(23, 59, 59).atZone(night.zone()).toInstant();
  }

  /**
   * @param statement of step share: what is said of the accounts concerned
   */
  static EarningAccounts of(Night night, Connection reading, String statement) {
    var accounts = new EarningAccounts(night);
    ShareTables.SQL
        .statement(statement)
        .forEachRow(
            reading,
            night.params(ShareTables.SQL),
            row ->
                accounts
                    .states
                    .computeIfAbsent(row.getString("member_id"), id -> new ArrayList<>(1))
                    .add(MemberPass.state(row)));
    return accounts;
  }

  /** Whether the account may be awarded something of that moment. */
  boolean earns(String member, Instant at) {
    List<AccountStates.Change> changes = states.get(member);
    return changes == null || AccountStates.of(changes).earns(at, end, frozen);
  }
}
