package omnipoints.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import omnipoints.facts.Token;
import omnipoints.jobs.Tokens;
import omnipoints.mappings.PersonTokens;
import omnipoints.mappings.Phones;

/** Finds the living member that a selector of the command line points at, as of a night. */
final class MemberFinder {
  private final Books books;
  private final Call call;
  private final LocalDate asOf;
  private final boolean past;

  /**
   * @param past the caller asked for a night of the past: what became known later counts as unknown
   */
  MemberFinder(Books books, Call call, LocalDate asOf, boolean past) {
    this.books = books;
    this.call = call;
    this.asOf = asOf;
    this.past = past;
  }

  /**
   * What was asked for and who answers: the same, or the survivor of a merge.
   *
   * @param asked the member the selector names
   */
  record Found(String asked, Family family) {}

  /**
   * Reads the phone from stdin if that is the selector.
   *
   * @throws Refusal NO_SUCH_MEMBER, NO_SUCH_ORDER, ORDER_WITHOUT_MEMBER, AMBIGUOUS
   */
  Found find() throws IOException {
    Known asked = member(memberId());
    String last = asked.mergedInto() == null ? asked.id() : asked.mergedInto();
    return new Found(asked.id(), Family.of(books, asked.id(), last, asOf));
  }

  private String memberId() throws IOException {
    if (call.operand(0) != null) return call.operand(0);
    if (call.has("--phone")) return byToken("phone", new Token("phone", "", phone()));
    if (call.has("--card")) return byToken("card", PersonTokens.card(call.value("--card").strip()));
    return call.has("--id") ? byPlatformId() : byOrder();
  }

  private String phone() throws IOException {
    String line =
        new BufferedReader(new InputStreamReader(call.around().in(), StandardCharsets.UTF_8))
            .readLine();
    return Phones.normalise(line == null ? "" : line).orElseThrow(() -> call.usage("member.phone"));
  }

  private String byToken(String what, Token token) {
    return holder(token).orElseThrow(() -> nobody("member.unknown." + what, what));
  }

  private String byPlatformId() {
    String[] parts = split("--id");
    if (parts[0].equals("phone")) throw call.usage("member.phone.argument");
    Map<String, Object> params = params();
    params.put("channel", parts[0]);
    TreeSet<String> holders = new TreeSet<>();
    Books.statement("member", "token_kinds")
        .list(
            books.connection(),
            params,
            row -> new Token(row.getString("kind"), row.getString("channel"), parts[1]))
        .forEach(token -> holder(token).ifPresent(holders::add));
    if (holders.size() > 1) throw ambiguous(String.join(":", parts), holders);
    if (holders.isEmpty()) throw nobody("member.unknown.id", parts[0]);
    return holders.first();
  }

  private String byOrder() {
    String[] parts = split("--order");
    String order = parts[0] + ":" + parts[1];
    Map<String, Object> params = params();
    params.put("channel", parts[0]);
    params.put("order_no", parts[1]);
    record OrderOwner(String owner, String accountingClass, String late) {}
    List<OrderOwner> orders =
        Books.statement("member", "by_order")
            .list(
                books.connection(),
                params,
                row ->
                    new OrderOwner(
                        row.getString("owner"), row.getString("class"), boundTooLate(row)));
    if (orders.isEmpty()) {
      throw call.refused("NO_SUCH_ORDER", MemberVerb.selectors(call), "member.noorder", order);
    }
    TreeSet<String> owners = new TreeSet<>();
    orders.stream().map(OrderOwner::owner).filter(Objects::nonNull).forEach(owners::add);
    if (owners.size() > 1) throw ambiguous(order, owners);
    if (owners.isEmpty()) {
      String why = orders.get(0).accountingClass();
      if (orders.get(0).late() != null) why += "; " + orders.get(0).late();
      throw call.refused(
          "ORDER_WITHOUT_MEMBER",
          List.of(call.command("breaks", "list")),
          "member.unattributed",
          order,
          why.isEmpty() ? call.words().say("member.notdecided") : why);
    }
    return owners.first();
  }

  /** Why an order that a binding names is nobody's all the same, null when none names it. */
  private String boundTooLate(ResultSet row) throws SQLException {
    OffsetDateTime bound = row.getObject("bound_at", OffsetDateTime.class);
    if (bound == null) return null;
    OffsetDateTime paid = row.getObject("paid_at", OffsetDateTime.class);
    return call.words()
        .say(
            "member.late",
            row.getString("file"),
            row.getInt("source_row"),
            books.shown(bound),
            books.shown(paid));
  }

  private String[] split(String option) {
    String value = call.value(option);
    int colon = value.indexOf(':');
    if (colon <= 0 || colon == value.length() - 1) throw call.usage("member.colon", option, value);
    return new String[] {value.substring(0, colon).strip(), value.substring(colon + 1).strip()};
  }

  private Optional<String> holder(Token token) {
    Map<String, Object> params = params();
    params.put("kind", token.kind());
    params.put("channel", token.channel());
    params.put("hash", Tokens.of(books.home()).hash(token));
    params.put("at", books.moment(asOf, past));
    List<String> holders =
        new ArrayList<>(
            Books.statement("member", "by_token")
                .list(books.connection(), params, row -> row.getString("member_id")));
    if (holders.size() > 1) throw ambiguous(token.kind(), holders);
    return holders.stream().findFirst();
  }

  private record Known(String id, LocalDate born, String mergedInto) {}

  private Known member(String id) {
    Known known =
        Books.statement("member", "member")
            .one(
                books.connection(),
                Map.of("member", id),
                row ->
                    new Known(
                        row.getString("member_id"),
                        row.getObject("birth_night", LocalDate.class),
                        row.getString("merged_into")))
            .orElseThrow(() -> nobody("member.unknown.member", id));
    if (past && known.born().isAfter(asOf)) throw nobody("member.unborn", id, known.born(), asOf);
    return known;
  }

  private Refusal nobody(String key, Object... values) {
    return call.refused("NO_SUCH_MEMBER", MemberVerb.selectors(call), key, values);
  }

  private Refusal ambiguous(String what, Iterable<String> members) {
    List<String> next = new ArrayList<>();
    members.forEach(member -> next.add(call.command("member", member)));
    return call.refused("AMBIGUOUS", next, "member.ambiguous", what);
  }

  private static Map<String, Object> params() {
    return new HashMap<>();
  }
}
