package omnipoints.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import omnipoints.facts.Contents;
import omnipoints.facts.FactRecord;
import omnipoints.jobs.EvidenceTies.Tied;
import omnipoints.points.Programme;
import omnipoints.sql.Script;
import omnipoints.sql.Statement;

/**
 * Bindings and member rows that are taken back. What another file tells, too, is that one's from
 * then on. Of the others is forgotten what they alone proved: tokens that nothing else ties to an
 * account leave it with their orders, and what remains of evidence is judged anew by the night.
 * Nothing of the ledger, and no alias, changes here.
 *
 * <pre>
 * take, file by file   what it alone told; what member rows said is told anew by the files that remain
 * finish               bindings and facts go; accounts fall apart into what is still tied together
 * </pre>
 */
final class WithdrawnEvidence {

  private static final Script SQL = Night.script("withdraw_evidence");
  private static final HexFormat HEX = HexFormat.of();

  private final Home home;
  private final RowsOfDelivery archive;
  private final Contents contents = new Contents();
  private final Set<String> gone = new TreeSet<>();
  private final Set<ToldRows.Subject> subjects = new TreeSet<>();
  private LocalDate since;
  private NightRefused problem;
  private boolean counted;

  WithdrawnEvidence(Home home, RowsOfDelivery archive) {
    this.home = home;
    this.archive = archive;
  }

  /** Whether a document of that grain is one of these. */
  static boolean is(String grain) {
    return grain.equals("binding") || grain.equals("member");
  }

  /**
   * Finds what a file alone told. Returns how many rows.
   *
   * @param others files of the same document that remain, since then
   */
  long take(
      Connection connection, Withdrawal.Item item, List<Withdrawal.Other> others, LocalDate night)
      throws SQLException {
    boolean binds = item.grain().equals("binding");
    Set<String> alone =
        new TreeSet<>(
            SQL.statement(binds ? "bindings" : "facts")
                .list(connection, Map.of("sha256", item.sha256()), row -> row.getString(1)));
    var told = new ToldRows(Tokens.of(home));
    if (!binds)
      archive.records(
          item.place(),
          record -> {
            if (record instanceof FactRecord.MemberRecord member)
              subjects.add(told.subject(member));
          });
    for (Withdrawal.Other other : others)
      archive.records(
          other.place(),
          record -> {
            if (record instanceof FactRecord.Reject) return;
            String content = HEX.formatHex(contents.hash(record));
            if (alone.remove(content)) move(connection, binds, content, other, record.row());
            if (record instanceof FactRecord.MemberRecord member)
              told.add(other.night(), member, subjects);
          });
    gone.addAll(alone);
    if (since == null || item.firstNight().isBefore(since)) since = item.firstNight();
    if (binds || subjects.isEmpty()) return alone.size();
    Map<String, Object> params = subjects();
    params.put("since", item.firstNight());
    counted |= one(connection, "counted", params);
    var before = new HashMap<ToldRows.Subject, ToldRows.Says>();
    SQL.statement("told_before")
        .forEachRow(
            connection,
            params,
            row ->
                before.put(
                    new ToldRows.Subject(row.getString("kind"), row.getString("hash")),
                    new ToldRows.Says(
                        Columns.date(row, "birthday"),
                        Columns.date(row, "join_date"),
                        row.getString("home_shop"),
                        row.getString("phone"))));
    SQL.statement("told_forget").run(connection, params);
    Map<String, Object> rows = told.rows(before);
    if (!rows.isEmpty()) SQL.statement("tell").run(connection, rows);
    return alone.size();
  }

  private static void move(
      Connection connection, boolean binds, String content, Withdrawal.Other other, int row) {
    Map<String, Object> params =
        Map.of("sha256", other.place().sha256(), "row", row, "content", content);
    if (binds) SQL.statement("move_binding").run(connection, params);
    else SQL.statement("move_fact").run(connection, params);
  }

  /** Forgets what was found, once all files are taken. */
  void finish(Connection connection, LocalDate night) {
    if (gone.isEmpty() && subjects.isEmpty()) return;
    Map<String, Object> evidence = new HashMap<>(Map.of("contents", List.copyOf(gone)));
    evidence.put("night", night);
    List<Tied> untied = tied(connection, SQL.statement("gone"), evidence);
    Set<Tied.Token> named = new TreeSet<>();
    for (Tied one : untied) named.add(one.token());
    for (ToldRows.Subject one : subjects) named.add(new Tied.Token(one.kind(), "", one.hash()));
    Map<String, Object> concerned = tokens(named);
    concerned.put("contents", List.copyOf(gone));
    List<String> members =
        SQL.statement("concerned").list(connection, concerned, row -> row.getString(1));
    for (String statement :
        List.of(
            "forget_again",
            "forget_claimed",
            "forget_claims",
            "forget_breaks",
            "forget_facts",
            "forget_bindings")) run(connection, statement, evidence);
    for (String member : members) part(connection, member, untied, night);
    Map<String, Object> told = subjects();
    told.put("night", night);
    told.put("zone", home.config().zone().getId());
    run(connection, "say_again", told);
    run(connection, "unregister", told);
  }

  /** What is no longer tied to an account leaves it. */
  private void part(Connection connection, String member, List<Tied> untied, LocalDate night) {
    Map<String, Object> params = new HashMap<>(Map.of("members", List.of(member)));
    var held = new TreeMap<Tied.Token, Boolean>();
    SQL.statement("held")
        .forEachRow(
            connection, params, row -> held.put(Tied.Token.read(row), row.getBoolean("named")));
    List<Tied> ties = tied(connection, SQL.statement("ties"), params);
    var parts = new EvidenceTies(held.keySet(), ties, untied);
    Set<Tied.Token> leaving = parts.leaving(token -> held.get(token));
    if (leaving.isEmpty()) {
      phones(connection, params, night);
      return;
    }
    refuse(connection, member, leaving, held, ties);
    Map<String, Object> leave = tokens(leaving);
    leave.putAll(params);
    leave.put("night", night);
    Set<String> bindings = new TreeSet<>();
    for (Tied one : ties)
      if (one.evidence().startsWith("BINDING ") && leaving.contains(one.token()))
        bindings.add(one.evidence().substring("BINDING ".length()));
    leave.put("contents", List.copyOf(bindings));
    for (String statement :
        List.of("leave_orders", "leave_bindings", "leave_claims", "leave_before", "leave_tokens"))
      run(connection, statement, leave);
    phones(connection, params, night);
  }

  private void phones(Connection connection, Map<String, Object> members, LocalDate night) {
    if (subjects.isEmpty()) return;
    Map<String, Object> params = subjects();
    params.putAll(members);
    params.put("night", night);
    if (run(connection, "phones_back", params) > 0) run(connection, "phones_touch", params);
  }

  private void refuse(
      Connection connection,
      String member,
      Set<Tied.Token> leaving,
      Map<Tied.Token, Boolean> held,
      List<Tied> ties) {
    Map<String, Set<Tied.Token>> facts = new HashMap<>();
    for (Tied one : ties)
      if (one.evidence().startsWith("FACT ") && leaving.contains(one.token()))
        facts.computeIfAbsent(one.evidence(), evidence -> new HashSet<>()).add(one.token());
    String why = null;
    if (one(connection, "imported", Map.of("members", List.of(member))))
      why =
          "balances of platforms were imported for "
              + member
              + ", for all that it was found to be together; a document adjustment of both people"
              + " shares them out";
    else if (leaving.stream().anyMatch(held::get))
      why =
          "documents of our own (redemptions, adjustments, activities or others) name both of the"
              + " people that "
              + member
              + " would be again, and what they gave or took stays in one account; take those back"
              + " first, or a document binding of a later time ties the buyer to somebody else";
    else if (facts.values().stream().anyMatch(tokens -> tokens.size() > 1))
      why =
          "member rows tell of both of the people that "
              + member
              + " would be again; a document member that gives one of them another phone, or a"
              + " document binding of a later time, parts them from then on";
    if (why != null && problem == null)
      problem = new NightRefused(8, "EVIDENCE_USED", why, List.of("./omnipoints member " + member));
  }

  /**
   * Says why it may not be.
   *
   * @throws NightRefused 8, with the document that does it instead
   */
  void refuse(Connection connection, Withdrawal.Item item, Programme programme) {
    if (problem != null)
      throw new NightRefused(
          8, problem.code(), item.file() + ": " + problem.getMessage(), problem.next());
    if (counted && programme.asks("birthday", "home_shop", "joined_days", "join_channel"))
      throw new NightRefused(
          8,
          "MEMBER_COUNTED",
          item.file()
              + " tells of people to whom points were given since by rules that ask their birthday,"
              + " shop or join date, and which stay as they were decided; a document member says"
              + " what is right from now on, a document adjustment takes back what was too much",
          List.of("./omnipoints delivery show " + item.sha256().substring(0, 12)));
  }

  private Map<String, Object> subjects() {
    Map<String, Object> params = new HashMap<>();
    params.put("kinds", subjects.stream().map(ToldRows.Subject::kind).toList());
    params.put("hashes", subjects.stream().map(ToldRows.Subject::hash).toList());
    return params;
  }

  private static Map<String, Object> tokens(Set<Tied.Token> tokens) {
    Map<String, Object> params = new HashMap<>();
    params.put("kinds", tokens.stream().map(Tied.Token::kind).toList());
    params.put("channels", tokens.stream().map(Tied.Token::channel).toList());
    params.put("hashes", tokens.stream().map(Tied.Token::hash).toList());
    return params;
  }

  private static List<Tied> tied(Connection connection, Statement which, Map<String, Object> all) {
    Map<String, Object> params = new HashMap<>(all);
    params.keySet().retainAll(which.parameters());
    var tied = new ArrayList<Tied>();
    which.forEachRow(
        connection,
        params,
        row -> tied.add(new Tied(row.getString("evidence"), Tied.Token.read(row))));
    return tied;
  }

  private static boolean one(Connection connection, String statement, Map<String, Object> params) {
    return SQL.statement(statement).one(connection, params, row -> true).orElse(false);
  }

  private static long run(Connection connection, String statement, Map<String, Object> all) {
    var params = new HashMap<>(all);
    params.keySet().retainAll(SQL.statement(statement).parameters());
    return SQL.statement(statement).run(connection, params);
  }
}
