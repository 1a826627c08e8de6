package omnipoints.books;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import omnipoints.sql.Script;

/** The last nights side by side: how each ended, and what every channel brought. */
public record NightCalendar(List<Day> days) {
  private static final Script SQL = Books.script("calendar");

  /**
   * One date.
   *
   * @param state of its night, MISSING where none was begun
   * @param exit what it closed with, null before
   * @param at the step it stands at, null where it stands at none
   * @param channels that brought something, or had to
   */
  public record Day(
      LocalDate date,
      String state,
      Integer exit,
      Long entries,
      long stepsDone,
      String at,
      long breaksOpened,
      List<OfChannel> channels) {}

  /**
   * What a channel brought to a night.
   *
   * @param refused files that were not read
   * @param missing expected documents that did not come
   */
  public record OfChannel(
      String channel, long files, long rows, long rejected, long refused, long missing) {}

  private record Night(
      LocalDate date,
      String state,
      Integer exit,
      Long entries,
      long stepsDone,
      String at,
      long breaksOpened) {
    boolean running() {
      return state.equals("RUNNING");
    }
  }

  private record Brought(
      LocalDate date,
      String channel,
      long files,
      long rows,
      long rejected,
      long refused,
      long missing) {}

  private record Last(LocalDate night) {}

  /** The last dates up to the last night that was begun, the earliest first. */
  public static NightCalendar of(Books books, int nights) {
    LocalDate from =
        books
            .one(SQL.statement("last"), Map.of(), Last.class)
            .map(last -> last.night().minusDays(nights - 1L))
            .orElse(LocalDate.MIN);
    Map<LocalDate, List<OfChannel>> channels =
        books.list(SQL.statement("channels"), Map.of("from", from), Brought.class).stream()
            .collect(
                Collectors.groupingBy(
                    Brought::date,
                    Collectors.mapping(
                        one ->
                            new OfChannel(
                                one.channel(),
                                one.files(),
                                one.rows(),
                                one.rejected(),
                                one.refused(),
                                one.missing()),
                        Collectors.toList())));
    List<Night> all = books.list(SQL.statement("nights"), Map.of("from", from), Night.class);
    boolean interrupted = all.stream().anyMatch(Night::running) && !NightStatus.someoneRuns(books);
    return new NightCalendar(
        all.stream()
            .map(
                night ->
                    new Day(
                        night.date(),
                        interrupted && night.running() ? "FAILED" : night.state(),
                        night.exit(),
                        night.entries(),
                        night.stepsDone(),
                        night.at(),
                        night.breaksOpened(),
                        channels.getOrDefault(night.date(), List.of())))
            .toList());
  }
}
