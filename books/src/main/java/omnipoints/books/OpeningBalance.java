package omnipoints.books;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import omnipoints.books.Explanation.Customer;
import omnipoints.points.Combine;

/**
 * What stands behind an OPENING entry: the platform's customers, whose balances added up are
 * theirs, what the account held then, and the rule that made one balance of both. Points.
 */
record OpeningBalance(Combine combine, long theirs, long ours, List<Balance> balances) {
  private record Stored(Combine combine, long theirs, long ours) {}

  /** A row of a platform's export; the token is masked where it is a phone. */
  private record Balance(SourceRow.OfDocument source, long points, String kind, String masked) {}

  /**
   * Reads it for the entry that {@code params} name; empty if the entry has no opening on record.
   */
  static Optional<OpeningBalance> of(Books books, Map<String, Object> params) {
    return books
        .one(Explaining.SQL.statement("opening"), params, Stored.class)
        .map(
            stored ->
                new OpeningBalance(
                    stored.combine(),
                    stored.theirs(),
                    stored.ours(),
                    books.list(
                        Explaining.SQL.statement("opening_sources"), params, Balance.class)));
  }

  /** The first customer's row. */
  SourceRow source() {
    return balances.isEmpty() ? null : balances.get(0).source();
  }

  List<MaskedToken> identity() {
    return balances.stream()
        .map(balance -> new MaskedToken(balance.kind(), "", balance.masked()))
        .distinct()
        .toList();
  }

  Explanation.Opening told() {
    return new Explanation.Opening(
        combine.name().toLowerCase(Locale.ROOT),
        theirs,
        ours,
        balances.stream().map(OpeningBalance::customer).toList());
  }

  private static Customer customer(Balance balance) {
    SourceRow.OfDocument source = balance.source();
    return new Customer(
        source.file(), source.sha256(), source.row(), source.document(), balance.points());
  }

  String arithmetic() {
    String difference = theirs + (ours < 0 ? " + " + -ours : " - " + ours);
    return switch (combine) {
      case SUM -> Long.toString(theirs);
      case THEIRS -> difference;
      case OURS -> "0";
      case MAX -> "max(0, " + difference + ")";
    };
  }
}
