package omnipoints.jobs;

import java.sql.Connection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import omnipoints.mappings.Channels;
import omnipoints.points.Products;
import omnipoints.points.Programme;
import omnipoints.points.rules.Rational;
import omnipoints.sql.Database;
import omnipoints.sql.Script;

/**
 * What orders of some time would be worth under two programmes, whatever they were booked by: with
 * what went back of them by the last closed night, by the facts known then. Decided by the same
 * functions that post; limits, budgets and first orders begin with that time. Nothing is written.
 *
 * @param night by which it is told
 * @param orders that count
 * @param gaining members who have more under {@code b}
 * @param bands members by what {@code b} gives them more or less
 * @param examples orders that differ most, those that gain before those that lose
 */
public record ProgramDiff(
    LocalDate from,
    LocalDate to,
    LocalDate night,
    long orders,
    Side a,
    Side b,
    long gaining,
    long losing,
    long same,
    List<Band> bands,
    List<Example> examples) {

  private static final Script SQL = Night.script("compare");
  private static final Script POST = Night.script("post");

  /** So many orders stand for each direction. */
  private static final int EXAMPLES = 5;

  private static final long[] EDGES = {1000, 100, 10, 1};

  /**
   * One of the programmes.
   *
   * @param costFen what the points are worth, null where the programme does not say
   */
  public record Side(long points, Long costFen) {}

  /**
   * Members whose difference lies between two numbers.
   *
   * @param least null: no bound
   * @param most null: no bound
   */
  public record Band(Long least, Long most, long members, long points) {}

  /** An order that is worth something else. */
  public record Example(
      String channel, String shop, String orderNo, String memberId, long a, long b) {
    private long difference() {
      return b - a;
    }
  }

  /**
   * Compares them.
   *
   * @return null where no night is closed
   */
  public static ProgramDiff of(
      Home home, Database database, Programme a, Programme b, LocalDate from, LocalDate to) {
    return database.undone(
        connection -> {
          LocalDate night =
              SQL.statement("last_closed")
                  .list(connection, Map.of(), row -> Columns.date(row, "night"))
                  .get(0);
          if (night == null) return null;
          SQL.statement("temporary").run(connection, Map.of());
          Channels channels = Channels.load(home.mappings());
          Map<String, Object> time = Map.of("night", night, "from", from, "to", to);
          var left = new WhatIf(night(home, database, channels, connection, night, a));
          begin(left.night(), connection);
          SQL.statement("work").run(connection, time);
          Products products = OrderPass.products(left.night(), connection);
          left.read(connection, products, from);
          var right = new WhatIf(night(home, database, channels, connection, night, b));
          right.read(connection, products, from);
          return answer(from, to, night, left, right);
        });
  }

  private static Night night(
      Home home,
      Database database,
      Channels channels,
      Connection connection,
      LocalDate date,
      Programme programme) {
    return new Night(
        date,
        date.minusDays(1),
        false,
        home,
        database,
        channels,
        programme,
        Pins.of(connection, programme),
        null,
        null,
        Progress.SILENT,
        null,
        () -> false,
        null,
        null);
  }

  private static void begin(Night night, Connection connection) {
    night.runAll(connection, POST, "create_");
    night.run(connection, SQL, "create_work");
  }

  private static ProgramDiff answer(
      LocalDate from, LocalDate to, LocalDate night, WhatIf a, WhatIf b) {
    Set<String> members = new TreeSet<>(a.members().keySet());
    members.addAll(b.members().keySet());
    List<Long> differences = new ArrayList<>(members.size());
    for (String member : members)
      differences.add(b.members().getOrDefault(member, 0L) - a.members().getOrDefault(member, 0L));
    return new ProgramDiff(
        from,
        to,
        night,
        a.orders().size(),
        side(a),
        side(b),
        differences.stream().filter(one -> one > 0).count(),
        differences.stream().filter(one -> one < 0).count(),
        differences.stream().filter(one -> one == 0).count(),
        bands(differences),
        examples(a, b));
  }

  private static Side side(WhatIf side) {
    long points = side.members().values().stream().mapToLong(one -> one).sum();
    Rational fen = side.night().programme().ofNight(side.night().date()).pointFen();
    return new Side(points, fen == null ? null : fen.times(Rational.of(points)).rounded());
  }

  private static List<Band> bands(List<Long> differences) {
    var bands = new ArrayList<Band>();
    Long below = null;
    for (long edge : EDGES) {
      bands.add(band(differences, below, -edge));
      below = 1 - edge;
    }
    bands.add(band(differences, 0L, 0L));
    for (int i = EDGES.length - 1; i >= 0; i--)
      bands.add(band(differences, EDGES[i], i == 0 ? null : EDGES[i - 1] - 1));
    return bands.stream().filter(band -> band.members() > 0).toList();
  }

  private static Band band(List<Long> differences, Long least, Long most) {
    List<Long> within =
        differences.stream()
            .filter(one -> (least == null || one >= least) && (most == null || one <= most))
            .toList();
    return new Band(least, most, within.size(), within.stream().mapToLong(one -> one).sum());
  }

  private static List<Example> examples(WhatIf a, WhatIf b) {
    var all = new ArrayList<Example>();
    b.orders()
        .forEach(
            (key, order) -> {
              long before = a.points(key);
              long after = b.points(key);
              if (before != after)
                all.add(
                    new Example(
                        order.channel(),
                        order.shop(),
                        order.order(),
                        order.member(),
                        before,
                        after));
            });
    Comparator<Example> name =
        Comparator.comparing(Example::channel)
            .thenComparing(Example::shop)
            .thenComparing(Example::orderNo);
    var examples = new ArrayList<Example>();
    for (int sign : new int[] {1, -1}) {
      ToLongFunction<Example> much = one -> -sign * one.difference();
      all.stream()
          .filter(one -> sign * one.difference() > 0)
          .sorted(Comparator.comparingLong(much).thenComparing(name))
          .limit(EXAMPLES)
          .forEach(examples::add);
    }
    return examples;
  }
}
