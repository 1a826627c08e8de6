package omnipoints.facts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Who a token belonged to over time. Stretches follow each other without gaps from −∞ on: each
 * lasts until the next one; during some it belongs to nobody.
 */
final class TokenHistory {

  /** A stretch; {@code party} null is nobody. {@code since} of the first is what it rests on. */
  static final class Stretch {
    IdentityParty party;
    Instant since;

    Stretch(IdentityParty party, Instant since) {
      this.party = party;
      this.since = since;
    }
  }

  /** Receives what has to be written; null {@code from} and {@code to} mean for ever. */
  interface Sink {
    void put(IdentityParty party, Instant from, Instant to, Instant boundAt);
  }

  final String shown;

  /** The token is in the books already. */
  final boolean known;

  private final List<Stretch> stretches = new ArrayList<>();
  private boolean changed;

  TokenHistory(String shown, boolean known) {
    this.shown = shown;
    this.known = known;
    this.changed = !known;
  }

  /** Loads a stretch; nobody has the token before the first and after the last if these end. */
  void load(IdentityParty party, Instant since) {
    stretches.add(new Stretch(party, since));
  }

  /** The stretch at a time; null is now. */
  Stretch at(Instant at) {
    Stretch found = stretches.get(0);
    for (Stretch stretch : stretches) {
      if (at == null || (stretch.since != null && !stretch.since.isAfter(at))) found = stretch;
    }
    return found;
  }

  /** Who holds it at a time, null for nobody. */
  IdentityParty holder(Instant at) {
    IdentityParty party = at(at).party;
    return party == null ? null : party.root();
  }

  void give(Stretch stretch, IdentityParty party) {
    stretch.party = party;
    changed = true;
  }

  /** What the stretch rests on is older than was known. */
  void restsOn(Stretch stretch, Instant since) {
    if (stretch.since != null && !since.isBefore(stretch.since)) return;
    stretch.since = since;
    changed = true;
  }

  /** From then on, until the next stretch, it is the party's; null ends it. */
  void insert(IdentityParty party, Instant since) {
    changed = true;
    // The first one began before all times: it only ends then.
    if (since.equals(stretches.get(0).since)) stretches.get(0).since = null;
    stretches.removeIf(stretch -> since.equals(stretch.since));
    stretches.add(new Stretch(party, since));
    stretches.sort(
        Comparator.comparing(
            (Stretch s) -> s.since, Comparator.nullsFirst(Comparator.naturalOrder())));
  }

  /** From then on it is the party's, who had nothing of it before; nobody had. */
  void begin(IdentityParty party, Instant since) {
    for (Stretch stretch : stretches)
      if (stretch.party != null && stretch.party.member == null) stretch.party = null;
    insert(party, since);
  }

  void validities(Sink sink) {
    if (!changed) return;
    for (int i = 0; i < stretches.size(); i++) {
      Stretch stretch = stretches.get(i);
      if (stretch.party == null || !stretch.party.root().exists()) continue;
      Instant from = i == 0 ? null : stretch.since;
      Instant to = i + 1 < stretches.size() ? stretches.get(i + 1).since : null;
      sink.put(stretch.party.root(), from, to, stretch.since);
    }
  }
}
