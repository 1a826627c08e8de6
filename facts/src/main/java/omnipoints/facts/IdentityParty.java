package omnipoints.facts;

import java.time.LocalDate;
import java.util.Map;

/** A member, or somebody who may become one tonight. United parties are one: their root. */
final class IdentityParty {

  private final int place;
  private IdentityParty parent = this;

  /** The member it is, null as long as nobody is. */
  String member;

  boolean phone;
  boolean unionid;
  boolean card;
  LocalDate birthday;

  /** A token of it makes a member. */
  boolean making;

  IdentityParty(int place) {
    this.place = place;
  }

  /** Carries a mark of that kind of token from now on. */
  void mark(String kind) {
    phone |= kind.equals("phone");
    unionid |= kind.equals("unionid");
    card |= kind.equals("card");
  }

  IdentityParty root() {
    IdentityParty party = this;
    while (party.parent != party) {
      party.parent = party.parent.parent;
      party = party.parent;
    }
    return party;
  }

  /** In what both differ so that they cannot be one person; null if in nothing. */
  String contradiction(IdentityParty other) {
    if (phone && other.phone) return "phones";
    if (unionid && other.unionid) return "unionids";
    boolean born = birthday != null && other.birthday != null && !birthday.equals(other.birthday);
    return born ? "birthdays" : null;
  }

  boolean exists() {
    return member != null || making;
  }

  /** Takes the other root in: it holds everything from now on. */
  void takeIn(IdentityParty other) {
    other.parent = this;
    phone |= other.phone;
    unionid |= other.unionid;
    card |= other.card;
    making |= other.making;
    if (birthday == null) birthday = other.birthday;
  }

  /** Its label in the night's tables; that of a member is put into {@code members}. */
  String label(Map<String, String> members) {
    if (member == null) return "p:" + place;
    members.put("m:" + member, member);
    return "m:" + member;
  }
}
