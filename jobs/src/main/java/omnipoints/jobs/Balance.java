package omnipoints.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import omnipoints.points.MemberOutcome.Entry;

/** Figures of one account; lifetime figures are net per kind. Points. */
record Balance(
    long pending,
    long available,
    long owed,
    long earned,
    long redeemed,
    long restored,
    long expired,
    long clawedBack,
    long adjusted) {

  static final Balance ZERO = new Balance(0, 0, 0, 0, 0, 0, 0, 0, 0);

  static Balance read(ResultSet row) throws SQLException {
    return new Balance(
        row.getLong("pending"),
        row.getLong("available"),
        row.getLong("owed"),
        row.getLong("earned"),
        row.getLong("redeemed"),
        row.getLong("restored"),
        row.getLong("expired"),
        row.getLong("clawed_back"),
        row.getLong("adjusted"));
  }

  /** The lifetime figures of both; what is pending, available and owed stays as it is. */
  Balance withLifetimeOf(Balance other) {
    return new Balance(
        pending,
        available,
        owed,
        earned + other.earned,
        redeemed + other.redeemed,
        restored + other.restored,
        expired + other.expired,
        clawedBack + other.clawedBack,
        adjusted + other.adjusted);
  }

  Balance withLifetimeOf(Entry entry) {
    long p = entry.points();
    return switch (entry.kind()) {
      case EARN -> lifetime(p, 0, 0, 0, 0, 0);
      case REDEEM -> lifetime(0, -p, 0, 0, 0, 0);
      case RESTORE -> lifetime(0, 0, p, 0, 0, 0);
      case EXPIRE -> lifetime(0, 0, 0, -p, 0, 0);
      case CLAWBACK -> lifetime(0, 0, 0, 0, -p, 0);
      case ADJUST, OPENING, WRITE_OFF, FORFEIT, TRANSFER -> lifetime(0, 0, 0, 0, 0, p);
      case RELEASE, MERGE -> this;
    };
  }

  private Balance lifetime(
      long earn, long redeem, long restore, long expire, long clawback, long adjust) {
    return new Balance(
        pending,
        available,
        owed,
        earned + earn,
        redeemed + redeem,
        restored + restore,
        expired + expire,
        clawedBack + clawback,
        adjusted + adjust);
  }

  Balance with(long newPending, long newAvailable, long newOwed) {
    return new Balance(
        newPending,
        newAvailable,
        newOwed,
        earned,
        redeemed,
        restored,
        expired,
        clawedBack,
        adjusted);
  }
}
