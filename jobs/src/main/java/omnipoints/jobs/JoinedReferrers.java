package omnipoints.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import omnipoints.points.ReferralShare;
import omnipoints.points.rules.Limit;
import omnipoints.sql.Script;

/**
 * Members who are one from tonight on, and were paid for more friends than a rule pays one member
 * for: the later ones are taken back. Memory: what those members were paid.
 */
final class JoinedReferrers {

  private static final Script SQL = Night.script("referral");

  /**
   * What is left of an award.
   *
   * @param at when the members became one
   */
  record Left(long points, Instant at) {}

  private record Key(String rule, UUID order) {}

  private record Account(String referrer, String rule) {}

  private final Map<Key, Left> left = new HashMap<>();

  private JoinedReferrers() {}

  static JoinedReferrers read(Night night, Connection reading) {
    var joined = new JoinedReferrers();
    List<String> rules = night.programme().friendLimitRules();
    if (rules.isEmpty()) return joined;
    Map<Account, List<ReferralShare.Booked>> booked = new LinkedHashMap<>();
    Map<Account, Instant> bound = new HashMap<>();
    SQL.statement("joined")
        .forEachRow(
            reading,
            night.params(SQL),
            row -> {
              var account = new Account(row.getString("referrer"), row.getString("rule"));
              booked.computeIfAbsent(account, a -> new ArrayList<>()).add(booked(row));
              bound.put(account, Columns.instant(row, "bound_at"));
            });
    booked.forEach((account, all) -> joined.decide(night, account, all, bound.get(account)));
    return joined;
  }

  private void decide(
      Night night, Account account, List<ReferralShare.Booked> booked, Instant boundAt) {
    Instant first = booked.get(0).at();
    Limit limit = night.programme().bound(account.rule(), first, night.zone()).limit();
    if (limit == null || limit.per() != Limit.Per.MEMBER) return;
    for (ReferralShare.Kept kept : ReferralShare.together(limit, booked))
      if (kept.points() < kept.booked().points())
        left.put(new Key(account.rule(), kept.booked().order()), new Left(kept.points(), boundAt));
  }

  private static ReferralShare.Booked booked(ResultSet row) throws SQLException {
    return new ReferralShare.Booked(
        row.getObject("order_key", UUID.class),
        row.getString("event_key"),
        Columns.instant(row, "at"),
        row.getLong("points"));
  }

  /** Null where all of it stays. */
  Left of(String rule, UUID order) {
    return left.get(new Key(rule, order));
  }
}
