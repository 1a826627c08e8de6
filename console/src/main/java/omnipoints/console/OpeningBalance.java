package omnipoints.console;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import omnipoints.points.Combine;

/**
 * What stands behind an OPENING entry: the platform's customers, whose balances added up are
 * theirs, what the account held then, and the rule that made one balance of both. Points.
 */
record OpeningBalance(Combine combine, long theirs, long ours, List<Customer> customers) {

  /** A row of a platform's export; the token is masked where it is a phone. */
  record Customer(
      String file,
      String sha256,
      int row,
      String document,
      long points,
      String kind,
      String shown) {}

  /**
   * Reads it for the entry that {@code params} name; empty if the entry has no opening on record.
   */
  static Optional<OpeningBalance> of(Connection connection, Map<String, Object> params) {
    List<Customer> customers =
        HomeBooks.statement("explain", "opening_sources")
            .list(
                connection,
                params,
                row ->
                    new Customer(
                        row.getString("file"),
                        row.getString("source_sha256"),
                        row.getInt("source_row"),
                        row.getString("document"),
                        row.getLong("points"),
                        row.getString("kind"),
                        row.getString("shown")));
    return HomeBooks.statement("explain", "opening")
        .one(
            connection,
            params,
            row ->
                new OpeningBalance(
                    Combine.valueOf(row.getString("combine")),
                    row.getLong("theirs"),
                    row.getLong("ours"),
                    customers));
  }

  /** The first customer's row. */
  Map<String, Object> source() {
    return customers.isEmpty() ? null : source(customers.get(0));
  }

  private static Map<String, Object> source(Customer customer) {
    return Fields.of(
        "file", customer.file(),
        "sha256", customer.sha256(),
        "row", customer.row(),
        "document", customer.document());
  }

  List<Map<String, Object>> identity() {
    List<Map<String, Object>> tokens = new ArrayList<>();
    for (Customer customer : customers) {
      Map<String, Object> token =
          Fields.of("kind", customer.kind(), "channel", "", "masked", customer.shown());
      if (!tokens.contains(token)) tokens.add(token);
    }
    return tokens;
  }

  Map<String, Object> json() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Customer customer : customers) {
      Map<String, Object> row = source(customer);
      row.put("points", customer.points());
      rows.add(row);
    }
    return Fields.of(
        "combine", combine.name().toLowerCase(Locale.ROOT),
        "theirs", theirs,
        "ours", ours,
        "customers", rows);
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
