package omnipoints.jobs;

import java.util.List;

/**
 * The night, step by step. This list is the only place that decides the order.
 *
 * <pre>
 * collect    bytes archived by hash, input of the night frozen
 * read       deliveries -> typed, tokenised rows in scratch, by order number
 * join       per order: known, and what tonight shows -> order now; rejects -> quarantine; the work set
 * identify   tokens -> members: match, create, learn, merge on evidence
 * post       touched lines and events -> MemberNight -> the night's own tables
 * tier       who moves to another tier from D+1
 * check      the invariants over base and night
 * reconcile  totals and tills against the ledger -> breaks
 * close      one fenced transaction: attach, apply, chain
 * extract    profiles, identities, liability, reports
 * deliver    hand over
 * </pre>
 */
final class NightlyJob {

  static final String NAME = "nightly";

  private NightlyJob() {}

  static List<NightStep> steps() {
    return List.of(
        new Collect(),
        new Read(),
        new Join(),
        new Identify(),
        new Post(),
        new Tier(),
        new CheckInvariants(),
        new Reconcile(),
        new Close(),
        new Extract(),
        new Deliver());
  }
}
