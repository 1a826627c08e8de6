package omnipoints.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import omnipoints.points.AccountStates;
import omnipoints.points.MemberOutcome;
import omnipoints.points.Program;
import omnipoints.points.SharedLane;
import omnipoints.points.Transfer;
import omnipoints.sql.Script;

/**
 * What members want to give to each other tonight, on its way to {@link
 * omnipoints.points.MemberNight}. Memory: the transfers of one night.
 */
final class Transfers {

  private static final Script SQL = Night.script("transfer");

  /** A transfer as its document says it, with what is known of the two people. */
  private record Row(
      String number,
      Instant at,
      long points,
      String giver,
      String receiver,
      Set<Transfer.Refusal> against,
      Transfer.InMonth month,
      SharedLane.Pace pace) {}

  private final List<Row> rows;
  private final Map<String, List<Transfer>> byGiver = new HashMap<>();
  private final Map<String, MemberOutcome.TransferState> judged = new HashMap<>();

  private Transfers(List<Row> rows) {
    this.rows = rows;
  }

  /** Those that are due, where documents ever told of some. */
  static Transfers due(Night night, Ever ever) throws SQLException {
    if (!ever.given()) return new Transfers(List.of());
    return night
        .database()
        .inTransaction(
            connection ->
                new Transfers(
                    SQL.statement("due")
                        .list(connection, night.params(SQL), row -> read(night, row))));
  }

  private static Row read(Night night, ResultSet row) throws SQLException {
    Program.Transfers most = night.rules().limits().transfer();
    Long mostIn = night.rules().limits().velocity().transferInPerDay();
    Instant at = Columns.instant(row, "at");
    String giver = row.getString("giver");
    String receiver = row.getString("receiver");
    Set<Transfer.Refusal> against = EnumSet.noneOf(Transfer.Refusal.class);
    if (giver.equals(receiver) || !row.getBoolean("known")) against.add(Transfer.Refusal.RELATION);
    LocalDate oldEnough = Columns.date(row, "join_date").plusDays(most.minAgeDays());
    if (LocalDate.ofInstant(at, night.zone()).isBefore(oldEnough))
      against.add(Transfer.Refusal.LIMIT);
    return new Row(
        row.getString("transfer_no"),
        at,
        row.getLong("points"),
        giver,
        receiver,
        against,
        new Transfer.InMonth(
            row.getString("month"),
            most.perMonth(),
            most.points(),
            row.getLong("used_count"),
            row.getLong("used_points")),
        mostIn == null
            ? null
            : new SharedLane.Pace(
                row.getString("day"), mostIn, row.getLong("used_in"), row.getBoolean("released")));
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Whoever gives or receives. */
  Set<String> members() {
    Set<String> members = new HashSet<>();
    for (Row row : rows) {
      members.add(row.giver());
      members.add(row.receiver());
    }
    return members;
  }

  List<SharedLane.Given> given() {
    List<SharedLane.Given> given = new ArrayList<>(rows.size());
    for (Row row : rows)
      given.add(
          new SharedLane.Given(row.number(), row.giver(), row.receiver(), row.at(), row.pace()));
    return given;
  }

  /** A receiver whose account is frozen or closed receives nothing. */
  void lookAt(Map<String, MemberPass.Account> accounts) {
    for (Row row : rows) {
      AccountStates receiver = AccountStates.of(accounts.get(row.receiver()).states);
      if (receiver.at(row.at()) != AccountStates.State.ACTIVE)
        row.against().add(Transfer.Refusal.FROZEN);
      byGiver
          .computeIfAbsent(row.giver(), giver -> new ArrayList<>())
          .add(
              new Transfer(
                  row.number(), row.at(), row.points(), row.against(), row.month(), false));
    }
  }

  /**
   * What an account wants to give.
   *
   * @param held what goes too fast
   */
  List<Transfer> of(String member, Set<String> held) {
    List<Transfer> of = byGiver.getOrDefault(member, List.of());
    if (held.isEmpty()) return of;
    List<Transfer> told = new ArrayList<>(of.size());
    for (Transfer one : of)
      told.add(
          new Transfer(
              one.number(),
              one.at(),
              one.points(),
              one.against(),
              one.month(),
              held.contains(one.number())));
    return told;
  }

  /** What became of them, by the accounts of those who give. */
  void keep(MemberOutcome outcome) {
    for (MemberOutcome.TransferState state : outcome.transfers()) judged.put(state.number(), state);
  }

  /** Writes down what became of them. */
  void write(Night night, Connection connection) {
    if (rows.isEmpty()) return;
    List<String> outcomes = new ArrayList<>();
    List<String> refusals = new ArrayList<>();
    for (Row row : rows) {
      MemberOutcome.TransferState state = judged.get(row.number());
      outcomes.add(state.held() ? "HELD" : state.refusal() == null ? "GRANTED" : "REFUSED");
      refusals.add(state.refusal() == null ? "" : state.refusal().name());
    }
    Map<String, Object> params = night.params(SQL);
    params.put("numbers", rows.stream().map(Row::number).toList());
    params.put("givers", rows.stream().map(Row::giver).toList());
    params.put("receivers", rows.stream().map(Row::receiver).toList());
    params.put("ats", rows.stream().map(row -> row.at().toString()).toList());
    params.put("points", rows.stream().map(Row::points).toList());
    params.put("outcomes", outcomes);
    params.put("refusals", refusals);
    SQL.statement("judged").run(connection, params);
  }
}
