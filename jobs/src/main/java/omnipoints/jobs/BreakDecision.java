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

  /**
   * Ends a break by hand.
   *
   * @param accept says that what the break warns of is right; of {@link #ACCEPTABLE} breaks only
   * @throws NightRefused 8: there is no such break, it has ended, or it cannot be accepted
   */
  public static BreakDecision take(
      Database database, Clock clock, String id, boolean accept, String actor, String because) {
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
          params.put("action", accept ? "ACCEPT" : "RESOLVE");
          params.put("at", clock.instant());
          params.put("actor", actor);
          params.put("because", because);
          SQL.statement("act").run(connection, params);
          SQL.statement("resolved").run(connection, Map.of("id", id));
          BreakDecision was = found.decision();
          return new BreakDecision(
              was.id(), was.type(), was.channel(), was.shop(), was.key(), was.accepted() || accept);
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
                : is.accepted() ? " is accepted already" : " is resolved already"),
        List.of("./omnipoints breaks show " + is.id()));
  }

  private static NightRefused unknown(String id) {
    return new NightRefused(
        8, "NO_SUCH_BREAK", "there is no break " + id, List.of("./omnipoints breaks list --all"));
  }
}
