package omnipoints.facts;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import omnipoints.facts.Evidence.TokenKey;

/**
 * Member rows that give a known card another phone than its member carries: which of them move the
 * phone, and which contradict. They are judged together, so that two members may change phones with
 * each other and no row wins over another by its place.
 */
final class PhoneMoves {

  /**
   * A member row that names another phone.
   *
   * @param member who has the card
   * @param phone the phone it is to have
   */
  record Move(Evidence row, IdentityParty member, TokenKey phone) {}

  /** A row that moves nothing, and why. */
  record Refused(Move move, IdentityParty other, String note) {}

  final List<Move> moves;
  final List<Refused> refused = new ArrayList<>();

  private PhoneMoves(List<Move> wanted) {
    this.moves = new ArrayList<>(wanted);
  }

  /**
   * Judges the rows.
   *
   * @param holder who has a phone before any of the moves, null if nobody has
   */
  static PhoneMoves of(List<Move> wanted, Function<TokenKey, IdentityParty> holder) {
    var judged = new PhoneMoves(wanted);
    judged.refuseRivals(wanted);
    while (judged.refuseTaken(holder)) {
      // A phone that stays where it is may be what another row wanted.
    }
    return judged;
  }

  private void refuseRivals(List<Move> wanted) {
    Map<TokenKey, Map<String, IdentityParty>> wanting = new LinkedHashMap<>();
    Map<String, Set<TokenKey>> named = new TreeMap<>();
    for (Move move : wanted) {
      String member = move.member().member;
      wanting.computeIfAbsent(move.phone(), phone -> new TreeMap<>()).put(member, move.member());
      named.computeIfAbsent(member, id -> new HashSet<>()).add(move.phone());
    }
    for (Move move : wanted) {
      String member = move.member().member;
      Map<String, IdentityParty> rivals = wanting.get(move.phone());
      if (rivals.size() > 1) {
        var others = new TreeSet<>(rivals.keySet());
        others.remove(member);
        refuse(move, rivals.get(others.first()), "rows of one night give the phone to both");
      } else if (named.get(member).size() > 1) {
        refuse(move, null, "rows of one night give the cards of one member different phones");
      }
    }
  }

  private boolean refuseTaken(Function<TokenKey, IdentityParty> holders) {
    Set<String> leaving = new HashSet<>();
    for (Move move : moves) leaving.add(move.member().member);
    for (Move move : List.copyOf(moves)) {
      IdentityParty holder = holders.apply(move.phone());
      if (holder == null || holder.member == null || leaving.contains(holder.member)) continue;
      if (holder.card || holder.unionid) {
        refuse(move, holder, "the phone belongs to a member with a card or unionid of its own");
        return true;
      }
      if (holder.birthday != null
          && move.member().birthday != null
          && !holder.birthday.equals(move.member().birthday)) {
        refuse(move, holder, "the phone belongs to a member with another birthday");
        return true;
      }
    }
    return false;
  }

  private void refuse(Move move, IdentityParty other, String note) {
    moves.remove(move);
    refused.add(new Refused(move, other, note));
  }
}
