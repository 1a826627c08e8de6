package omnipoints.jobs;

import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import omnipoints.sql.Database;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;

/**
 * What a person decides about a break: it is settled, or what it warns of is right. A night that
 * runs meanwhile sees the decision or not, as a whole; the next one does.
 *
 * @param type of the break, e.g. {@code REFUND_MISMATCH}
 * @param accepted whether what it warns of was accepted
 */
public record BreakDecision(
    String id, String type, String channel, String shop, String key, boolean accepted) {

  private static final Script SQL = Statements.job("breaks").step("resolve");

  /** The breaks that can be accepted: they withhold something until somebody does. */
  public static final String ACCEPTABLE = "DOUBLED_ROWS";

  private record Found(
      BreakDecision decision, String state, LocalDate closedNight, String detail) {}

  /** How a person ends a break. */
  public enum Ending {
    /** It is settled. */
    RESOLVE,
    /** What it warns of is right. */
    ACCEPT,
    /** It is not settled, and nobody will follow it up: too small, or too late. */
    WAIVE
  }

  /**
   * Ends a break by hand.
   *
   * @throws NightRefused 8: there is no such break, it has ended, or it cannot be accepted
   */
  public static BreakDecision end(
      Database database, Clock clock, String id, Ending ending, String actor, String because) {
    boolean accept = ending == Ending.ACCEPT;
    return database.inTransaction(
        connection -> {
          Found found =
              SQL.statement("break")
                  .one(
                      connection,
                      Map.of("id", id),
                      row ->
                          new Found(
                              new BreakDecision(
                                  row.getString("id"),
                                  row.getString("type"),
                                  row.getString("channel"),
                                  row.getString("shop"),
                                  row.getString("key"),
                                  row.getBoolean("accepted")),
                              row.getString("state"),
                              Columns.date(row, "closed_night"),
                              row.getString("detail")))
                  .orElseThrow(() -> unknown(id));
          refuse(found, accept);
          var params = new HashMap<String, Object>();
          params.put("id", id);
          params.put("action", ending.name());
          params.put("at", clock.instant());
          params.put("actor", actor);
          params.put("because", because);
          SQL.statement("act").run(connection, params);
          SQL.statement("resolved")
              .run(
                  connection,
                  Map.of("id", id, "state", ending == Ending.WAIVE ? "WAIVED" : "RESOLVED"));
          BreakDecision was = found.decision();
          return new BreakDecision(
              was.id(), was.type(), was.channel(), was.shop(), was.key(), was.accepted() || accept);
        });
  }

  /**
   * Says who looks after an open break, until when.
   *
   * @param due null: no date
   * @throws NightRefused 8: there is no such break, or it has ended
   */
  public static void assign(
      Database database,
      Clock clock,
      String id,
      String owner,
      LocalDate due,
      String actor,
      String because) {
    var change = new HashMap<String, Object>();
    change.put("id", id);
    change.put("owner", owner);
    change.put("due", due);
    note(database, clock, id, "ASSIGN", actor, because, "assigned", change);
  }

  /**
   * Says why an open break is there; it stays open until it is settled.
   *
   * @throws NightRefused 8: there is no such break, or it has ended
   */
  public static void explain(
      Database database, Clock clock, String id, String cause, String actor, String because) {
    note(
        database,
        clock,
        id,
        "EXPLAIN",
        actor,
        because,
        "explained",
        Map.of("id", id, "cause", cause));
  }

  private static void note(
      Database database,
      Clock clock,
      String id,
      String action,
      String actor,
      String because,
      String statement,
      Map<String, Object> change) {
    database.transact(
        connection -> {
          String state =
              SQL.statement("break")
                  .one(connection, Map.of("id", id), row -> row.getString("state"))
                  .orElseThrow(() -> unknown(id));
          if (!state.equals("OPEN"))
            throw new NightRefused(
                8,
                "BREAK_NOT_OPEN",
                "break " + id + " is " + state,
                List.of("./omnipoints breaks show " + id));
          SQL.statement("act")
              .run(
                  connection,
                  Map.of(
                      "id", id,
                      "action", action,
                      "at", clock.instant(),
                      "actor", actor,
                      "because", because));
          SQL.statement(statement).run(connection, change);
        });
  }

  private static void refuse(Found found, boolean accept) {
    BreakDecision is = found.decision();
    if (accept && !is.type().equals(ACCEPTABLE)) {
      throw new NightRefused(
          8,
          "NOT_ACCEPTABLE",
          "break "
              + is.id()
              + " is "
              + is.type()
              + "; only "
              + ACCEPTABLE
              + " holds something back that can be accepted",
          List.of("./omnipoints breaks resolve " + is.id() + " --because TEXT"));
    }
    boolean ended =
        accept ? is.accepted() || found.state().equals("CLOSED") : !found.state().equals("OPEN");
    if (!ended) return;
    throw new NightRefused(
        8,
        "BREAK_NOT_OPEN",
        "break "
            + is.id()
            + (found.state().equals("CLOSED")
                ? " was closed by night " + found.closedNight()
                : is.accepted()
                    ? " is accepted already"
                    : found.state().equals("WAIVED")
                        ? " is waived already"
                        : " is resolved already"),
        List.of("./omnipoints breaks show " + is.id()));
  }

  private static NightRefused unknown(String id) {
    return new NightRefused(
        8, "NO_SUCH_BREAK", "there is no break " + id, List.of("./omnipoints breaks list --all"));
  }
}
