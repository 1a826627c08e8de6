package omnipoints.console;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import omnipoints.books.Books;
import omnipoints.books.NightCalendar;
import omnipoints.books.NightCalendar.Day;
import omnipoints.books.NightCalendar.OfChannel;

/** {@code status --calendar}: nights by channels, one line a night. */
final class CalendarPage {
  private static final int NIGHTS = 28;

  private CalendarPage() {}

  /**
   * @param schema its own: it is not what {@code status} of a night tells
   */
  private record Told(String schema, List<Day> days, List<String> next) {}

  static Answer answer(Call call) throws SQLException {
    try (Books books = HomeBooks.open(call)) {
      List<Day> days = NightCalendar.of(books, NIGHTS).days();
      if (days.isEmpty()) throw HomeBooks.noNight(call);
      List<String> next = next(call, days);
      return Answer.of(
          new Told("omnipoints.calendar/1", days, next), page -> print(page, days, next));
    }
  }

  /** Nights close in order: the first that is not closed is what to see to. */
  private static List<String> next(Call call, List<Day> days) {
    for (Day day : days)
      if (!day.state().equals("CLOSED"))
        return List.of(
            day.state().equals("MISSING")
                ? call.command("nightly", "--date", day.date().toString())
                : call.command("status", day.date().toString()));
    Day last = days.get(days.size() - 1);
    return List.of(call.command("status", last.date().toString()));
  }

  private static void print(Page page, List<Day> days, List<String> next) {
    Words words = page.words();
    var codes = new TreeSet<String>();
    days.forEach(day -> day.channels().forEach(of -> codes.add(of.channel())));
    var heads = new ArrayList<>(List.of("date", "state", ">exit", "step"));
    heads.addAll(codes);
    heads.addAll(List.of(">breaks", ">entries"));
    TextTable table = words.table(heads.toArray(String[]::new));
    for (Day day : days) {
      var row = new ArrayList<Object>();
      row.add(day.date());
      row.add(words.state(day.state()));
      row.add(day.exit());
      row.add(day.at() == null ? "" : day.at());
      for (String code : codes) row.add(cell(day, code));
      row.add(day.breaksOpened());
      row.add(day.entries());
      table.row(row.toArray());
    }
    page.table(null, table);
    page.blank().say("calendar.legend").next(next);
  }

  /**
   * {@code 3} files, {@code !} some row or file was not trusted, {@code ?} something is missing.
   */
  private static String cell(Day day, String code) {
    for (OfChannel of : day.channels())
      if (of.channel().equals(code))
        return of.files()
            + (of.rejected() + of.refused() > 0 ? "!" : "")
            + (of.missing() > 0 ? "?" : "");
    return "-";
  }
}
