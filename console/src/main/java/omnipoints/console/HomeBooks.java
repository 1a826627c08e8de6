package omnipoints.console;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Supplier;
import omnipoints.books.AsOf;
import omnipoints.books.Books;
import omnipoints.jobs.Home;

/** Opens the books of a home for reading. Starts nothing but the database. */
final class HomeBooks {
  private HomeBooks() {}

  /**
   * Opens the home of a call.
   *
   * @throws Refusal NO_NIGHT: no night was ever begun, there is nothing to read
   */
  static Books open(Call call) throws SQLException {
    return open(call, () -> noNight(call));
  }

  /**
   * Opens the home of a call.
   *
   * @param empty what to throw when no night was ever begun
   */
  static Books open(Call call, Supplier<Refusal> empty) throws SQLException {
    Home home = Home.open(call.home());
    return Books.open(Databases.open(home), home.config().zone()).orElseThrow(empty);
  }

  static Refusal noNight(Call call) {
    return call.refused("NO_NIGHT", List.of(call.command("nightly")), "night.none");
  }

  /**
   * A night that must be closed.
   *
   * @throws Refusal NOT_CLOSED
   */
  static LocalDate closed(Books books, LocalDate night, Call call) {
    if (books.closed(night)) return night;
    throw books.lastClosed() == null
        ? call.refused("NOT_CLOSED", List.of(call.command("nightly")), "night.noneclosed", night)
        : call.refused(
            "NOT_CLOSED",
            List.of(call.command("nightly", "--date", night.toString())),
            "night.notclosed",
            night,
            books.lastClosed());
  }

  /**
   * As of a night, or of now.
   *
   * @param asked null: now
   * @throws Refusal NOT_CLOSED
   */
  static AsOf asOf(Books books, LocalDate asked, Call call) {
    return asked == null ? AsOf.now(books) : AsOf.night(closed(books, asked, call));
  }
}
