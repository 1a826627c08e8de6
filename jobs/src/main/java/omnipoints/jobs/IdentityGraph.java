package omnipoints.jobs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import omnipoints.jobs.Evidence.LinkedToken;
import omnipoints.jobs.Evidence.TokenKey;

/**
 * What tonight's evidence says about who is who. Pure: same evidence and knowledge, same answer.
 *
 * <p>A party is a member or a would-be member. Evidence unites parties unless both carry a phone,
 * or both a unionid: then it contradicts what is known, nobody is merged, and the token follows its
 * newer binding from its time on.
 */
final class IdentityGraph {

  /** A validity of a known token. */
  record Known(String member, Instant boundAt, String shown) {}

  /** An order that is claimed by its number. */
  record KnownClaim(String member, Instant boundAt) {}

  /**
   * What is known before tonight: token validities in time order, claims, and the kinds of marks
   * members carry.
   */
  record Knowledge(
      Map<TokenKey, List<Known>> tokens,
      Map<UUID, KnownClaim> claims,
      Map<String, Set<String>> marks) {}

  /** A validity of a token to be written; null {@code from} and {@code to} mean for ever. */
  record Validity(
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
  record Merge(String other, String survivor, Instant at, String joined, Evidence.Id by) {}

  /** An order claimed by a party. */
  record Claim(UUID order, String party, Instant boundAt) {}

  /** How a piece of evidence was judged. */
  record Verdict(Evidence.Id id, State state, String note) {}

  /** APPLIED: it counts. WAITING: its order, or anybody it could make a member, has not arrived. */
  enum State {
    APPLIED,
    WAITING,
    CONFLICT
  }

  /** The answer; {@code members} names the existing member of a party label, others are new. */
  record Result(
      List<Validity> validities,
      Map<String, String> members,
      List<Merge> merges,
      List<Claim> claims,
      List<Verdict> verdicts) {}

  private static final class Party {
    final int place;
    Party parent = this;
    String member;
    boolean phone;
    boolean unionid;
    boolean making;

    Party(int place) {
      this.place = place;
    }

    boolean contradicts(Party other) {
      return (phone && other.phone) || (unionid && other.unionid);
    }

    boolean exists() {
      return member != null || making;
    }

    String label() {
      return member != null ? "m:" + member : "p:" + place;
    }
  }

  private static final class Segment {
    final Party party;
    Instant boundAt;

    Segment(Party party, Instant boundAt) {
      this.party = party;
      this.boundAt = boundAt;
    }
  }

  private record Union(Instant at, String joined, Evidence.Id by) {}

  private static final class TokenState {
    final String shown;
    final boolean known;
    final List<Segment> segments = new ArrayList<>();
    boolean changed;

    TokenState(String shown, boolean known) {
      this.shown = shown;
      this.known = known;
      this.changed = !known;
    }

    Segment at(Instant at) {
      Segment found = segments.get(0);
      for (Segment segment : segments) {
        if (at == null || (segment.boundAt != null && !segment.boundAt.isAfter(at)))
          found = segment;
      }
      return found;
    }
  }

  private final Knowledge knowledge;
  private final Instant untimed;
  private final Map<TokenKey, TokenState> tokens = new LinkedHashMap<>();
  private final Map<String, Party> members = new TreeMap<>();
  private final Map<String, Union> unions = new TreeMap<>();
  private final Map<UUID, Segment> claims = new LinkedHashMap<>();
  private final Set<UUID> claimed = new LinkedHashSet<>();
  private final List<Verdict> verdicts = new ArrayList<>();
  private final Map<Evidence.Id, Party> applied = new LinkedHashMap<>();
  private int parties;

  private IdentityGraph(Knowledge knowledge, Instant untimed) {
    this.knowledge = knowledge;
    this.untimed = untimed;
  }

  /**
   * Judges the evidence in the order given: member rows, orders, bindings by time.
   *
   * @param untimed the time of evidence that has none: the last second of the night
   */
  static Result judge(List<Evidence> evidence, Knowledge knowledge, Instant untimed) {
    var graph = new IdentityGraph(knowledge, untimed);
    evidence.forEach(graph::add);
    return graph.result();
  }

  private void add(Evidence evidence) {
    Set<Party> same = new LinkedHashSet<>();
    for (LinkedToken token : evidence.person())
      same.add(find(state(token).at(evidence.at()).party));
    Party person = uniteAll(same, evidence);
    if (person == null) {
      conflict(evidence, "its own tokens belong to members with different phones or unionids");
    } else if (evidence.id().source() != Evidence.Source.BINDING) {
      applied.put(evidence.id(), person);
    } else {
      bind(evidence, person);
    }
  }

  private void bind(Evidence binding, Party person) {
    if (binding.orders() > 1) {
      conflict(binding, "its order number exists in " + binding.orders() + " shops of the channel");
      return;
    }
    boolean agrees = true;
    for (LinkedToken token : binding.platform()) agrees &= bindToken(token, person, binding);
    if (binding.platform().isEmpty() && binding.order() != null) agrees = claim(person, binding);
    if (!agrees)
      conflict(binding, "the buyer is already bound to a member with another phone or unionid");
    else if (binding.waits()) verdicts.add(new Verdict(binding.id(), State.WAITING, ""));
    else applied.put(binding.id(), person);
  }

  private boolean bindToken(LinkedToken token, Party person, Evidence binding) {
    Instant at = binding.at();
    TokenState state = state(token);
    Segment segment = state.at(at);
    Party holder = find(segment.party);
    Party to = find(person);
    if (holder == to || !holder.contradicts(to)) {
      unite(holder, to, binding);
      if (segment.boundAt == null || at.isBefore(segment.boundAt)) {
        segment.boundAt = at;
        state.changed = true;
      }
      return true;
    }
    state.segments.add(new Segment(to, at));
    state.segments.sort(
        Comparator.comparing(
            (Segment s) -> s.boundAt, Comparator.nullsFirst(Comparator.naturalOrder())));
    state.changed = true;
    return false;
  }

  private boolean claim(Party person, Evidence binding) {
    UUID order = binding.order();
    Instant at = binding.at();
    Segment segment = claims.computeIfAbsent(order, this::knownClaim);
    Party to = find(person);
    if (segment.party == null) {
      claims.put(order, new Segment(to, at));
      claimed.add(order);
      return true;
    }
    Party holder = find(segment.party);
    boolean agrees = holder == to || !holder.contradicts(to);
    if (agrees) unite(holder, to, binding);
    if (at.isBefore(segment.boundAt)) {
      claims.put(order, new Segment(agrees ? find(to) : to, at));
      claimed.add(order);
    }
    return agrees;
  }

  private Segment knownClaim(UUID order) {
    KnownClaim known = knowledge.claims().get(order);
    return known == null
        ? new Segment(null, null)
        : new Segment(member(known.member()), known.boundAt());
  }

  private void conflict(Evidence evidence, String note) {
    verdicts.add(new Verdict(evidence.id(), State.CONFLICT, note));
  }

  private TokenState state(LinkedToken token) {
    TokenState state = tokens.computeIfAbsent(token.key(), key -> newState(key, token.shown()));
    Party party = find(state.at(null).party);
    party.making |= token.makesMember();
    return state;
  }

  private TokenState newState(TokenKey key, String shown) {
    List<Known> known = knowledge.tokens().getOrDefault(key, List.of());
    var state = new TokenState(known.isEmpty() ? shown : known.get(0).shown(), !known.isEmpty());
    for (Known validity : known)
      state.segments.add(new Segment(member(validity.member()), validity.boundAt()));
    if (known.isEmpty()) {
      Party party = new Party(parties++);
      party.phone = key.kind().equals("phone");
      party.unionid = key.kind().equals("unionid");
      state.segments.add(new Segment(party, null));
    }
    return state;
  }

  private Party member(String id) {
    return members.computeIfAbsent(
        id,
        member -> {
          Party party = new Party(parties++);
          Set<String> marks = knowledge.marks().getOrDefault(member, Set.of());
          party.member = member;
          party.phone = marks.contains("phone");
          party.unionid = marks.contains("unionid");
          return party;
        });
  }

  private static Party find(Party party) {
    while (party.parent != party) {
      party.parent = party.parent.parent;
      party = party.parent;
    }
    return party;
  }

  /** The one party they become, or null (and nothing happens) when any two contradict. */
  private Party uniteAll(Set<Party> all, Evidence evidence) {
    int phones = 0;
    int unionids = 0;
    for (Party party : all) {
      if (party.phone) phones++;
      if (party.unionid) unionids++;
    }
    if (phones > 1 || unionids > 1) return null;
    Party one = null;
    for (Party party : all) one = one == null ? party : unite(one, party, evidence);
    return one;
  }

  private Party unite(Party a, Party b, Evidence evidence) {
    Party x = find(a);
    Party y = find(b);
    if (x == y) return x;
    boolean swap =
        x.member == null ? y.member != null : y.member != null && y.member.compareTo(x.member) < 0;
    Party survivor = swap ? y : x;
    Party other = swap ? x : y;
    if (other.member != null) {
      Instant at = evidence.at() == null ? untimed : evidence.at();
      unions.put(other.member, new Union(at, survivor.member, evidence.id()));
    }
    other.parent = survivor;
    survivor.phone |= other.phone;
    survivor.unionid |= other.unionid;
    survivor.making |= other.making;
    return survivor;
  }

  private Result result() {
    var labels = new TreeMap<String, String>();
    var validities = new ArrayList<Validity>();
    tokens.forEach((key, state) -> addValidities(key, state, validities, labels));
    var claimsMade = new ArrayList<Claim>();
    for (UUID order : claimed) {
      Segment segment = claims.get(order);
      claimsMade.add(new Claim(order, labelled(find(segment.party), labels), segment.boundAt));
    }
    var merges = new ArrayList<Merge>();
    unions.forEach(
        (other, union) -> {
          String survivor = find(members.get(other)).member;
          merges.add(new Merge(other, survivor, union.at(), union.joined(), union.by()));
        });
    applied.forEach(
        (id, party) ->
            verdicts.add(
                new Verdict(id, find(party).exists() ? State.APPLIED : State.WAITING, "")));
    return new Result(validities, labels, merges, claimsMade, List.copyOf(verdicts));
  }

  private static String labelled(Party party, Map<String, String> labels) {
    if (party.member != null) labels.put(party.label(), party.member);
    return party.label();
  }

  private static void addValidities(
      TokenKey key, TokenState state, List<Validity> validities, Map<String, String> labels) {
    if (!state.changed) return;
    List<Segment> segments = state.segments;
    for (int i = 0; i < segments.size(); i++) {
      Party party = find(segments.get(i).party);
      if (!party.exists()) continue;
      Instant from = i == 0 ? null : segments.get(i).boundAt;
      Instant to = i + 1 < segments.size() ? segments.get(i + 1).boundAt : null;
      validities.add(
          new Validity(
              key,
              state.shown,
              labelled(party, labels),
              from,
              to,
              segments.get(i).boundAt,
              state.known));
    }
  }
}
