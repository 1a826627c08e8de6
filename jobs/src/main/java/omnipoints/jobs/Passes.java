package omnipoints.jobs;

import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import omnipoints.points.PassUses;
import omnipoints.sql.Script;

/** Passes that are good so many times, against their uses. Memory: those passes. */
final class Passes {

  static final Script SQL = Night.script("voucher");

  /** A pass of a member. */
  private record Of(String member, String pass) implements Comparable<Of> {
    @Override
    public int compareTo(Of other) {
      int c = member.compareTo(other.member);
      return c != 0 ? c : pass.compareTo(other.pass);
    }
  }

  private Passes() {}

  /** Adds to the standings of the night what is held of them. */
  static void hold(Night night, Connection connection) {
    List<String> members = new ArrayList<>();
    List<String> passes = new ArrayList<>();
    List<String> froms = new ArrayList<>();
    List<String> tos = new ArrayList<>();
    counted(night, connection, "limited")
        .forEach(
            (of, counted) -> {
              for (PassUses.Given held : counted.held().held()) {
                if (held.uses() == null) continue;
                members.add(of.member());
                passes.add(of.pass());
                froms.add(text(held.from()));
                tos.add(text(held.to()));
              }
            });
    if (members.isEmpty()) return;
    Map<String, Object> params = new HashMap<>();
    params.put("night", night.date());
    params.put("members", members);
    params.put("passes", passes);
    params.put("froms", froms);
    params.put("tos", tos);
    SQL.statement("hold").run(connection, params);
  }

  private static String text(Instant end) {
    return end == null ? "" : end.toString();
  }

  /**
   * Numbers of uses of passes of which tonight tells something.
   *
   * @param uncovered nothing was held of them
   * @param covered the others
   */
  record Uses(List<String> uncovered, List<String> covered) {}

  /** What is to be said of uses tonight. */
  static Uses uses(Night night, Connection connection) {
    var all = new Uses(new ArrayList<>(), new ArrayList<>());
    for (Counted counted : counted(night, connection, "used").values()) {
      all.uncovered().addAll(counted.held().uncovered());
      for (PassUses.Use use : counted.used())
        if (!counted.held().uncovered().contains(use.useNo())) all.covered().add(use.useNo());
    }
    return all;
  }

  /** The uses of one pass of one member, and what they leave of it. */
  private record Counted(List<PassUses.Use> used, PassUses.Held held) {}

  /**
   * @param which statement that finds whose uses are counted
   */
  private static Map<Of, Counted> counted(Night night, Connection connection, String which) {
    night.run(connection, SQL, "drop_pairs");
    night.run(connection, SQL, "create_pairs");
    Map<Of, Counted> counted = new TreeMap<>();
    if (night.run(connection, SQL, which) > 0) {
      Map<String, Object> params = night.params(SQL);
      Map<Of, List<PassUses.Given>> given = new HashMap<>();
      SQL.statement("given")
          .forEachRow(
              connection,
              params,
              row ->
                  given
                      .computeIfAbsent(
                          new Of(row.getString("member_id"), row.getString("pass")),
                          of -> new ArrayList<>())
                      .add(
                          new PassUses.Given(
                              Columns.instant(row, "from_at"),
                              Columns.instant(row, "to_at"),
                              Columns.number(row, "uses"))));
      Map<Of, List<PassUses.Use>> uses = new HashMap<>();
      SQL.statement("used_of")
          .forEachRow(
              connection,
              params,
              row ->
                  uses.computeIfAbsent(
                          new Of(row.getString("member_id"), row.getString("pass")),
                          of -> new ArrayList<>())
                      .add(new PassUses.Use(row.getString("use_no"), Columns.instant(row, "at"))));
      for (Of of : given.keySet()) uses.computeIfAbsent(of, none -> List.of());
      uses.forEach(
          (of, used) ->
              counted.put(
                  of, new Counted(used, PassUses.count(given.getOrDefault(of, List.of()), used))));
    }
    night.run(connection, SQL, "drop_pairs");
    return counted;
  }
}
