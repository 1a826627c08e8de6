package omnipoints.facts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import omnipoints.facts.Evidence.LinkedToken;
import omnipoints.facts.Evidence.TokenKey;

/**
 * What tonight's evidence says about who is who. Pure: same evidence and knowledge, same answer.
 *
 * <p>Evidence unites parties unless they contradict each other: both carry a phone, both a unionid,
 * or different birthdays. Then nobody is merged. A token that was bound before follows its newer
 * binding from its time on, which is nothing to be told; one that was not follows it and is told. A
 * member row of a known card moves the phone of its member ({@link PhoneMoves}).
 */
public final class IdentityGraph {

  /** A validity of a known token; null {@code from} and {@code to} are for ever. */
  public record Known(String member, Instant from, Instant to, Instant boundAt, String shown) {}

  /** An order that is claimed by its number. */
  public record KnownClaim(String member, Instant boundAt) {}

  /** What a member carries now: kinds of tokens that can contradict, and its birthday or null. */
  public record Marks(Set<String> kinds, LocalDate birthday) {
    static final Marks NONE = new Marks(Set.of(), null);
  }

  /**
   * What is known before tonight: token validities in time order, also of the phones of members
   * whose cards stand on member rows; claims, and what members carry.
   */
  public record Knowledge(
      Map<TokenKey, List<Known>> tokens, Map<UUID, KnownClaim> claims, Map<String, Marks> marks) {}

  /** A validity of a token to be written; null {@code from} and {@code to} mean for ever. */
  public record Validity(
      TokenKey token,
      String shown,
      String party,
      Instant from,
      Instant to,
      Instant boundAt,
      boolean replaces) {}

  /**
   * A member that merges into another tonight.
   *
   * @param survivor who holds its account after tonight
   * @param joined the member that the evidence showed it to be: the survivor, or one that merged on
   *     tonight
   * @param by the evidence that united the two
   */
  public record Merge(String other, String survivor, Instant at, String joined, Evidence.Id by) {}

  /** An order claimed by a party. */
  public record Claim(UUID order, String party, Instant boundAt) {}

  /**
   * How a piece of evidence was judged.
   *
   * @param decide what evidence would decide a conflict
   * @param one, other labels of the two it contradicts to be one, null where there are none
   */
  public record Verdict(
      Evidence.Id id, State state, String note, String decide, String one, String other) {}

  /** APPLIED: it counts. WAITING: its order, or anybody it could make a member, has not arrived. */
  public enum State {
    APPLIED,
    WAITING,
    CONFLICT
  }

  /** The answer; {@code members} names the existing member of a party label, others are new. */
  public record Result(
      List<Validity> validities,
      Map<String, String> members,
      List<Merge> merges,
      List<Claim> claims,
      List<Verdict> verdicts) {}

  private static final String MEMBER_ROW =
      "a later member row that gives one of them another phone";

  private record Union(Instant at, String joined, Evidence.Id by) {}

  private record Conflict(
      Evidence.Id id, String note, String decide, IdentityParty one, IdentityParty other) {}

  private static final class ClaimState {
    final IdentityParty party;
    final Instant boundAt;

    ClaimState(IdentityParty party, Instant boundAt) {
      this.party = party;
      this.boundAt = boundAt;
    }
  }

  private final Knowledge knowledge;
  private final Instant midnight;
  private final Instant untimed;
  private final Map<TokenKey, TokenHistory> tokens = new LinkedHashMap<>();
  private final Map<String, IdentityParty> members = new TreeMap<>();
  private final Map<String, List<TokenKey>> phones = new HashMap<>();
  private final Map<TokenKey, IdentityParty> ended = new HashMap<>();
  private final Map<String, Union> unions = new TreeMap<>();
  private final Map<UUID, ClaimState> claims = new LinkedHashMap<>();
  private final Set<UUID> claimed = new LinkedHashSet<>();
  private final List<Conflict> conflicts = new ArrayList<>();
  private final List<Evidence.Id> waiting = new ArrayList<>();
  private final Map<Evidence.Id, IdentityParty> applied = new LinkedHashMap<>();
  private int parties;

  private IdentityGraph(Knowledge knowledge, Instant midnight, Instant untimed) {
    this.knowledge = knowledge;
    this.midnight = midnight;
    this.untimed = untimed;
    knowledge
        .tokens()
        .forEach(
            (key, known) -> {
              Known last = known.get(known.size() - 1);
              if (key.kind().equals("phone") && last.to() == null)
                phones.computeIfAbsent(last.member(), member -> new ArrayList<>()).add(key);
            });
  }

  /**
   * Judges the evidence in the order given: member rows, orders, bindings by time.
   *
   * @param midnight when the night's date began: from then on phones that moved are their new
   *     owner's
   * @param untimed the time of evidence that has none: the last second of the night
   */
  public static Result judge(
      List<Evidence> evidence, Knowledge knowledge, Instant midnight, Instant untimed) {
    var graph = new IdentityGraph(knowledge, midnight, untimed);
    Set<Evidence.Id> moving = graph.movePhones(evidence);
    for (Evidence piece : evidence) if (!moving.contains(piece.id())) graph.add(piece);
    return graph.result();
  }

  private Set<Evidence.Id> movePhones(List<Evidence> evidence) {
    var wanted = new ArrayList<PhoneMoves.Move>();
    for (Evidence row : evidence) {
      if (row.id().source() != Evidence.Source.FACT) continue;
      LinkedToken card = row.person("card");
      LinkedToken phone = row.person("phone");
      IdentityParty subject = holder(card != null ? card : phone, null);
      if (row.birthday() != null) subject.birthday = row.birthday();
      if (card == null || phone == null || subject.member == null) continue;
      List<TokenKey> carried = phones.getOrDefault(subject.member, List.of());
      if (!carried.isEmpty() && !carried.contains(phone.key())) {
        history(phone);
        wanted.add(new PhoneMoves.Move(row, subject, phone.key()));
      }
    }
    PhoneMoves judged = PhoneMoves.of(wanted, phone -> tokens.get(phone).holder(null));
    for (PhoneMoves.Refused refused : judged.refused)
      conflict(
          refused.move().row(),
          refused.note(),
          MEMBER_ROW,
          refused.move().member(),
          refused.other());
    for (PhoneMoves.Move move : judged.moves) {
      for (TokenKey phone : phones.get(move.member().member)) {
        if (ended.put(phone, move.member()) == null) history(phone, "").insert(null, midnight);
      }
    }
    for (PhoneMoves.Move move : judged.moves) {
      TokenHistory phone = tokens.get(move.phone());
      IdentityParty holder = phone.holder(null);
      if (holder == null || holder.member == null) phone.begin(move.member(), midnight);
      else unite(holder, move.member(), move.row());
      applied.put(move.row().id(), move.member());
    }
    var moving = new HashSet<Evidence.Id>();
    for (PhoneMoves.Move move : wanted) moving.add(move.row().id());
    return moving;
  }

  private void add(Evidence evidence) {
    Set<IdentityParty> same = new LinkedHashSet<>();
    for (LinkedToken token : evidence.person())
      if (!leftTonight(token, evidence)) same.add(holder(token, evidence.seen()));
    IdentityParty person = uniteAll(same, evidence);
    if (person == null) return;
    if (evidence.id().source() == Evidence.Source.BINDING) bind(evidence, person);
    else applied.put(evidence.id(), person);
  }

  /** A member row with the phone that another row of tonight's took from the card's own member. */
  private boolean leftTonight(LinkedToken token, Evidence evidence) {
    IdentityParty left = ended.get(token.key());
    LinkedToken card = evidence.person("card");
    return left != null
        && evidence.id().source() == Evidence.Source.FACT
        && card != null
        && holder(card, null) == left.root();
  }

  private void bind(Evidence binding, IdentityParty person) {
    if (binding.orders() > 1) {
      conflict(
          binding,
          "the order number exists in " + binding.orders() + " shops of the channel",
          "the same row with the shop in column shop",
          person,
          null);
      return;
    }
    boolean agrees = true;
    for (LinkedToken token : binding.platform()) agrees &= bindToken(token, person, binding);
    if (binding.platform().isEmpty() && binding.order() != null) agrees = claim(person, binding);
    if (!agrees) return;
    if (binding.waits()) waiting.add(binding.id());
    else applied.put(binding.id(), person);
  }

  private boolean bindToken(LinkedToken token, IdentityParty person, Evidence binding) {
    Instant at = binding.at();
    TokenHistory history = history(token);
    IdentityParty holder = holder(token, at);
    TokenHistory.Stretch stretch = history.at(at);
    IdentityParty to = person.root();
    String differ = holder == to ? null : holder.contradiction(to);
    if (differ == null) {
      unite(holder, to, binding);
      history.restsOn(stretch, at);
      return true;
    }
    boolean together = at.equals(stretch.since);
    if (!together) history.insert(to, at);
    // Bound before and now to somebody else: that is a change of hands, not a contradiction.
    if (stretch.since != null && !together) return true;
    conflict(
        binding,
        together
            ? "another binding of the same moment names a member with other " + differ
            : "the buyer already belongs to a member with other " + differ,
        "a later binding row of the buyer",
        holder,
        to);
    return false;
  }

  private boolean claim(IdentityParty person, Evidence binding) {
    UUID order = binding.order();
    Instant at = binding.at();
    ClaimState known = claims.computeIfAbsent(order, this::knownClaim);
    IdentityParty to = person.root();
    if (known.party == null) {
      claims.put(order, new ClaimState(to, at));
      claimed.add(order);
      return true;
    }
    IdentityParty holder = known.party.root();
    String differ = holder == to ? null : holder.contradiction(to);
    if (differ == null) unite(holder, to, binding);
    else
      conflict(
          binding,
          "the order is bound to a member with other "
              + differ
              + ", and the earlier binding stands",
          "a binding row of the order with an earlier bound_at",
          holder,
          to);
    if (at.isBefore(known.boundAt)) {
      claims.put(order, new ClaimState(to.root(), at));
      claimed.add(order);
    }
    return differ == null;
  }

  private ClaimState knownClaim(UUID order) {
    KnownClaim known = knowledge.claims().get(order);
    return known == null
        ? new ClaimState(null, null)
        : new ClaimState(member(known.member()), known.boundAt());
  }

  private void conflict(
      Evidence evidence, String note, String decide, IdentityParty one, IdentityParty other) {
    conflicts.add(new Conflict(evidence.id(), note, decide, one, other));
  }

  /** Who has the token at a time, null is now; a token that is nobody's then gets somebody new. */
  private IdentityParty holder(LinkedToken token, Instant at) {
    TokenHistory history = history(token);
    TokenHistory.Stretch stretch = history.at(at);
    if (stretch.party == null) history.give(stretch, somebody(token.key()));
    IdentityParty party = stretch.party.root();
    party.making |= token.makesMember();
    return party;
  }

  private TokenHistory history(LinkedToken token) {
    return history(token.key(), token.shown());
  }

  private TokenHistory history(TokenKey key, String shown) {
    return tokens.computeIfAbsent(
        key,
        token -> {
          List<Known> known = knowledge.tokens().getOrDefault(token, List.of());
          if (known.isEmpty()) {
            var history = new TokenHistory(shown, false);
            history.load(somebody(token), null);
            return history;
          }
          var history = new TokenHistory(known.get(0).shown(), true);
          Instant end = null;
          for (int i = 0; i < known.size(); i++) {
            Known validity = known.get(i);
            if (validity.from() != null && (i == 0 || !validity.from().equals(end)))
              history.load(null, end);
            history.load(
                member(validity.member()),
                validity.from() == null ? validity.boundAt() : validity.from());
            end = validity.to();
          }
          if (end != null) history.load(null, end);
          return history;
        });
  }

  private IdentityParty somebody(TokenKey token) {
    var party = new IdentityParty(parties++);
    party.mark(token.kind());
    return party;
  }

  private IdentityParty member(String id) {
    return members.computeIfAbsent(
        id,
        member -> {
          var party = new IdentityParty(parties++);
          Marks marks = knowledge.marks().getOrDefault(member, Marks.NONE);
          party.member = member;
          marks.kinds().forEach(party::mark);
          party.birthday = marks.birthday();
          return party;
        });
  }

  /** The one party they become, or null (and nothing but a conflict) when any two contradict. */
  private IdentityParty uniteAll(Set<IdentityParty> all, Evidence evidence) {
    for (IdentityParty one : all) {
      for (IdentityParty other : all) {
        String differ = one == other ? null : one.contradiction(other);
        if (differ == null) continue;
        String decide =
            evidence.id().source() == Evidence.Source.FACT
                ? MEMBER_ROW
                : "a binding row that names one of them";
        conflict(
            evidence, "its tokens belong to members with different " + differ, decide, one, other);
        return null;
      }
    }
    IdentityParty whole = null;
    for (IdentityParty party : all) whole = whole == null ? party : unite(whole, party, evidence);
    return whole;
  }

  private IdentityParty unite(IdentityParty a, IdentityParty b, Evidence evidence) {
    IdentityParty x = a.root();
    IdentityParty y = b.root();
    if (x == y) return x;
    boolean swap =
        x.member == null ? y.member != null : y.member != null && y.member.compareTo(x.member) < 0;
    IdentityParty survivor = swap ? y : x;
    IdentityParty other = swap ? x : y;
    if (other.member != null) {
      Instant at = evidence.at() == null ? untimed : evidence.at();
      unions.put(other.member, new Union(at, survivor.member, evidence.id()));
    }
    survivor.takeIn(other);
    return survivor;
  }

  private Result result() {
    var labels = new TreeMap<String, String>();
    var validities = new ArrayList<Validity>();
    tokens.forEach(
        (key, history) ->
            history.validities(
                (party, from, to, boundAt) ->
                    validities.add(
                        new Validity(
                            key,
                            history.shown,
                            party.label(labels),
                            from,
                            to,
                            boundAt,
                            history.known))));
    var claimsMade = new ArrayList<Claim>();
    for (UUID order : claimed) {
      ClaimState claim = claims.get(order);
      claimsMade.add(new Claim(order, claim.party.root().label(labels), claim.boundAt));
    }
    var merges = new ArrayList<Merge>();
    unions.forEach(
        (other, union) -> {
          String survivor = members.get(other).root().member;
          merges.add(new Merge(other, survivor, union.at(), union.joined(), union.by()));
        });
    return new Result(validities, labels, merges, claimsMade, verdicts(labels));
  }

  private List<Verdict> verdicts(Map<String, String> labels) {
    var verdicts = new ArrayList<Verdict>();
    var told = new HashSet<Evidence.Id>();
    for (Conflict conflict : conflicts) {
      if (!told.add(conflict.id())) continue;
      String one = label(conflict.one(), labels);
      String other = label(conflict.other(), labels);
      verdicts.add(
          new Verdict(
              conflict.id(), State.CONFLICT, conflict.note(), conflict.decide(), one, other));
    }
    for (Evidence.Id id : waiting)
      verdicts.add(new Verdict(id, State.WAITING, "", null, null, null));
    applied.forEach(
        (id, party) -> {
          State state = party.root().exists() ? State.APPLIED : State.WAITING;
          verdicts.add(new Verdict(id, state, "", null, null, null));
        });
    return verdicts;
  }

  private static String label(IdentityParty party, Map<String, String> labels) {
    return party == null || !party.root().exists() ? null : party.root().label(labels);
  }
}
