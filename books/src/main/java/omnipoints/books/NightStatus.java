package omnipoints.books;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import omnipoints.points.Kind;
import omnipoints.sql.Script;

/**
 * What a night did, as far as it got.
 *
 * @param state WAITING, RUNNING, FAILED, STOPPED, UNKNOWN or CLOSED
 * @param message how it failed, empty if it did not
 * @param deliveries in the order of its frozen input
 * @param left what lies where nobody takes it
 * @param expected documents that the night had to bring
 * @param figures what was held against its band before the close, by channel
 * @param accepted what somebody let through: another version, a date to come, a channel left out;
 *     empty if nothing
 * @param orders every order known, in exactly one class
 * @param entries null, as root and hashes are, until it is closed
 */
public record NightStatus(
    LocalDate date,
    String run,
    String state,
    String message,
    List<Step> steps,
    List<Delivery> deliveries,
    Points points,
    long breaksOpened,
    Map<String, Long> breaksByType,
    List<Left> left,
    List<ExpectedDelivery> expected,
    List<FigureOfNight> figures,
    String accepted,
    List<OrdersOfClass> orders,
    Long entries,
    String entryRoot,
    String closeHash,
    String evidenceHash,
    String program,
    int programVersion) {
  private static final Script SQL = Books.script("status");

  /** A step that was begun. */
  public record Step(
      String name,
      String state,
      long read,
      long written,
      long rejected,
      BigDecimal seconds,
      String message) {}

  /** One arrival. */
  public record Delivery(
      String channel,
      String shop,
      String document,
      String file,
      String sha256,
      String outcome,
      String message,
      RowCounts rows) {}

  /** What became of the rows of a delivery: every row has one fate, and they add up to those in. */
  public record RowCounts(
      long in,
      long merged,
      long superseded,
      long duplicate,
      long rejected,
      long filtered,
      long waiting) {}

  /**
   * The points that a closed night moved, told as positive numbers; clawed back and expired net of
   * what was booked back, adjusted with its sign.
   */
  public record Points(
      long earned,
      long released,
      long clawedBack,
      long redeemed,
      long restored,
      long expired,
      long adjusted) {
    /** Kinds that move points by hand or by import. */
    private static final List<Kind> ADJUSTING =
        List.of(Kind.ADJUST, Kind.OPENING, Kind.WRITE_OFF, Kind.FORFEIT, Kind.TRANSFER);

    private record OfKind(Kind kind, long points, long moved) {}

    private static Points of(List<OfKind> kinds) {
      Map<Kind, Long> points = new HashMap<>();
      for (OfKind of : kinds)
        points.put(of.kind(), of.kind() == Kind.RELEASE ? of.moved() : of.points());
      return new Points(
          points.getOrDefault(Kind.EARN, 0L),
          points.getOrDefault(Kind.RELEASE, 0L),
          -points.getOrDefault(Kind.CLAWBACK, 0L),
          -points.getOrDefault(Kind.REDEEM, 0L),
          points.getOrDefault(Kind.RESTORE, 0L),
          -points.getOrDefault(Kind.EXPIRE, 0L),
          ADJUSTING.stream().mapToLong(kind -> points.getOrDefault(kind, 0L)).sum());
    }
  }

  /**
   * A document that had to come.
   *
   * @param shop empty: of any shop
   * @param deadline until when the night waits for it; null: it does not
   * @param state ARRIVED, WAITING, MISSING, or WITHOUT: the night is closed without its channel
   */
  public record ExpectedDelivery(
      String channel, String shop, String document, OffsetDateTime deadline, String state) {}

  /**
   * A figure of a channel that was held against its band.
   *
   * @param value points of POINTS_ISSUED, else hundredths of a percent, as the band is
   * @param nights of whose values the band is made; 0: there is none, and high is a limit
   * @param low null: nothing is too little
   * @param middle the median of those nights
   * @param high null: nothing is too much
   */
  public record FigureOfNight(
      String channel,
      String figure,
      long value,
      int nights,
      Long low,
      Long middle,
      Long high,
      boolean outside,
      boolean approved) {}

  /** A file that lies where nobody takes it. */
  public record Left(String file, String reason, LocalDate since, String kind) {}

  /** Orders of a shop in one accounting class. */
  public record OrdersOfClass(
      String channel, String shop, @JsonProperty("class") String accountingClass, long orders) {}

  private record Night(
      LocalDate date,
      String run,
      String state,
      String message,
      String accepted,
      Long entries,
      String entryRoot,
      String closeHash,
      String evidenceHash,
      String program,
      int programVersion) {

    /** Its process is gone without a word: killed, or the machine went down. */
    Night interrupted(String how) {
      return new Night(
          date,
          run,
          "FAILED",
          how,
          accepted,
          entries,
          entryRoot,
          closeHash,
          evidenceHash,
          program,
          programVersion);
    }
  }

  private record OpenedBreaks(String type, long opened) {}

  /**
   * Reads a night.
   *
   * @param interrupted how to say that a night failed whose process is gone without a word
   * @return empty if it was never begun
   */
  public static Optional<NightStatus> of(Books books, LocalDate date, String interrupted) {
    Map<String, Object> params = Map.of("night", date);
    return books
        .one(SQL.statement("night"), params, Night.class)
        .map(
            night ->
                night.state().equals("RUNNING") && !someoneRuns(books)
                    ? night.interrupted(interrupted)
                    : night)
        .map(night -> read(books, night, params));
  }

  private static NightStatus read(Books books, Night night, Map<String, Object> params) {
    Map<String, Long> breaks = new TreeMap<>();
    books
        .list(SQL.statement("breaks"), params, OpenedBreaks.class)
        .forEach(of -> breaks.put(of.type(), of.opened()));
    return new NightStatus(
        night.date(),
        night.run(),
        night.state(),
        night.message(),
        books.list(SQL.statement("steps"), params, Step.class),
        books.list(SQL.statement("deliveries"), params, Delivery.class),
        Points.of(books.list(SQL.statement("points"), params, Points.OfKind.class)),
        breaks.values().stream().mapToLong(Long::longValue).sum(),
        breaks,
        books.list(SQL.statement("left"), params, Left.class),
        books.list(SQL.statement("expected"), params, ExpectedDelivery.class),
        books.list(SQL.statement("figures"), params, FigureOfNight.class),
        night.accepted(),
        books.list(SQL.statement("classes"), params, OrdersOfClass.class),
        night.entries(),
        night.entryRoot(),
        night.closeHash(),
        night.evidenceHash(),
        night.program(),
        night.programVersion());
  }

  /** What was said to be done before a night goes on that ended without closing. */
  public static List<String> advice(Books books, LocalDate date) {
    return books.texts(SQL.statement("advice"), Map.of("night", date));
  }

  /** Whether any process runs nights now: one that is RUNNING otherwise was interrupted. */
  static boolean someoneRuns(Books books) {
    record Running(boolean running) {}
    return books
        .one(SQL.statement("running"), Map.of(), Running.class)
        .map(Running::running)
        .orElse(false);
  }

  private record Begun(LocalDate night) {}

  /** The last night that was begun, if any was. */
  public static Optional<LocalDate> last(Books books) {
    return books.one(SQL.statement("last"), Map.of(), Begun.class).map(Begun::night);
  }

  /** The night of a run, if there is such a run. */
  public static Optional<LocalDate> ofRun(Books books, String run) {
    return books.one(SQL.statement("by_run"), Map.of("run", run), Begun.class).map(Begun::night);
  }

  /** The ids of the last runs, newest first. */
  public static List<String> lastRuns(Books books) {
    return books.texts(SQL.statement("last_runs"), Map.of());
  }
}
