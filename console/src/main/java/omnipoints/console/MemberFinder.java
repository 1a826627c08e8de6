package omnipoints.console;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import omnipoints.books.AsOf;
import omnipoints.books.Members;
import omnipoints.books.Members.Known;
import omnipoints.books.Members.OrderOwner;
import omnipoints.facts.Token;
import omnipoints.mappings.PersonTokens;

/** Finds the member that a selector of the command line points at. */
final class MemberFinder {
  private final Members members;
  private final Call call;
  private final AsOf asOf;

  MemberFinder(Members members, Call call, AsOf asOf) {
    this.members = members;
    this.call = call;
    this.asOf = asOf;
  }

  /**
   * Reads the phone from stdin if that is the selector.
   *
   * @throws Refusal NO_SUCH_MEMBER, NO_SUCH_ORDER, ORDER_WITHOUT_MEMBER, AMBIGUOUS
   */
  Known find() throws IOException {
    String id = memberId();
    Known known = members.member(id).orElseThrow(() -> nobody("member.unknown.member", id));
    if (asOf.past() && known.birthNight().isAfter(asOf.night()))
      throw nobody("member.unborn", id, known.birthNight(), asOf.night());
    return known;
  }

  private String memberId() throws IOException {
    if (call.operand(0) != null) return call.operand(0);
    if (call.has("--phone")) return byToken("phone", new Token("phone", "", Person.phone(call)));
    if (call.has("--card")) return byToken("card", PersonTokens.card(call.value("--card").strip()));
    return call.has("--id") ? byPlatformId() : byOrder();
  }

  private String byToken(String what, Token token) {
    return holder(token).orElseThrow(() -> nobody("member.unknown." + what, what));
  }

  private String byPlatformId() {
    String[] parts = split("--id");
    if (parts[0].equals("phone")) throw call.usage("member.phone.argument");
    TreeSet<String> holders = new TreeSet<>();
    for (Token token : members.tokens(parts[0], parts[1])) holder(token).ifPresent(holders::add);
    if (holders.size() > 1) throw ambiguous(String.join(":", parts), holders);
    if (holders.isEmpty()) throw nobody("member.unknown.id", parts[0]);
    return holders.first();
  }

  private String byOrder() {
    String[] parts = split("--order");
    String order = parts[0] + ":" + parts[1];
    List<OrderOwner> orders = members.ofOrder(parts[0], parts[1]);
    if (orders.isEmpty())
      throw call.refused("NO_SUCH_ORDER", MemberVerb.selectors(call), "member.noorder", order);
    TreeSet<String> owners = new TreeSet<>();
    orders.stream().map(OrderOwner::owner).filter(Objects::nonNull).forEach(owners::add);
    if (owners.size() > 1) throw ambiguous(order, owners);
    if (owners.isEmpty()) {
      String why = why(orders.get(0));
      throw call.refused(
          "ORDER_WITHOUT_MEMBER",
          List.of(call.command("breaks", "list")),
          "member.unattributed",
          order,
          why.isEmpty() ? call.words().say("member.notdecided") : why);
    }
    return owners.first();
  }

  /** Why an order is nobody's, also when a binding names it. */
  private String why(OrderOwner order) {
    if (order.boundAt() == null) return order.accountingClass();
    return order.accountingClass()
        + "; "
        + call.words()
            .say(
                "member.late",
                order.file(),
                order.sourceRow() == null ? 0 : order.sourceRow(),
                order.boundAt(),
                order.paidAt());
  }

  private String[] split(String option) {
    String value = call.value(option);
    int colon = value.indexOf(':');
    if (colon <= 0 || colon == value.length() - 1) throw call.usage("member.colon", option, value);
    return new String[] {value.substring(0, colon).strip(), value.substring(colon + 1).strip()};
  }

  private Optional<String> holder(Token token) {
    List<String> holders = members.holders(token);
    if (holders.size() > 1) throw ambiguous(token.kind(), holders);
    return holders.stream().findFirst();
  }

  private Refusal nobody(String key, Object... values) {
    return call.refused("NO_SUCH_MEMBER", MemberVerb.selectors(call), key, values);
  }

  private Refusal ambiguous(String what, Iterable<String> members) {
    List<String> next = new ArrayList<>();
    members.forEach(member -> next.add(call.command("member", member)));
    return call.refused("AMBIGUOUS", next, "member.ambiguous", what);
  }
}
