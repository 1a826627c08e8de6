package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import omnipoints.sql.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night of many rows: bounded memory, and as many statements as a night of few. */
class VolumeTest {

  private static final String FIRST = "2026-03-01";
  private static final String NIGHT = "2026-03-02";
  private static final String LATER = "2026-03-20";

  /**
   * Order lines of the large night. The 200,000 lines that must fit into 512 MiB take about a
   * minute of two cores, too much for every build; {@code -Domnipoints.volume.lines=200000} runs
   * them. The build itself has fewer and less memory.
   */
  private static final int LINES = Integer.getInteger("omnipoints.volume.lines", 40_000);

  private static final int HEAP_MIB = LINES < 200_000 ? 128 : 512;

  @TempDir Path dir;

  @Test
  void a_large_night_runs_in_bounded_memory() throws Exception {
    try (TestHome home = new TestHome(dir)) {
      drop(home, LINES, FIRST);
      home.night(FIRST);
      drop(home, LINES, NIGHT);
      System.out.println(
          "a night of "
              + LINES
              + " order lines in "
              + HEAP_MIB
              + " MiB"
              + (LINES < 200_000
                  ? "; 200000 in 512 MiB take too long for every build: -Domnipoints.volume.lines=200000"
                  : ""));
      Process night =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx" + HEAP_MIB + "m",
                  "-Dfile.encoding=UTF-8",
                  "-cp",
                  System.getProperty("java.class.path"),
                  CrashingNight.class.getName(),
                  home.dir.toString(),
                  home.database.url(),
                  NIGHT,
                  "")
              .redirectErrorStream(true)
              .redirectOutput(dir.resolve("night.log").toFile())
              .start();
      boolean ended = night.waitFor(5, TimeUnit.MINUTES);
      if (!ended) night.destroyForcibly();
      assertThat(ended).as("ended within five minutes").isTrue();
      assertThat(night.exitValue()).as(Files.readString(dir.resolve("night.log"))).isZero();
      home.rows(
              "select step || ' ' || seconds || ' s' from night_step where night = '"
                  + NIGHT
                  + "' order by began_at")
          .forEach(System.out::println);
      assertThat(
              home.rows("select sum(orders) from order_class_total where night = '" + NIGHT + "'"))
          .containsExactly(String.valueOf(orders(LINES)));
      assertThat(home.rows("select count(*) from lot")).containsExactly(String.valueOf(LINES));
    }
  }

  @Test
  void ten_times_the_rows_take_as_many_statements() throws IOException {
    // both are joined in one batch
    assertThat(statements(10_000)).isEqualTo(statements(1_000));
  }

  /**
   * A join of everything with everything would look at 400 million pairs here and be cancelled;
   * what a night needs takes a second or two. Once nobody has ever looked at the tables of former
   * nights, once all that is known of them is wrong by orders of magnitude.
   */
  @Test
  void no_statement_of_a_night_hangs_on_what_the_planner_believes() throws IOException {
    int lines = 20_000;
    try (TestHome home = new TestHome(dir)) {
      drop(home, lines, FIRST);
      home.night(FIRST);
      believe(home, 0, 0);
      drop(home, lines, NIGHT);
      assertThat(home.night(NIGHT).exit()).isZero();
      believe(home, 1_000_000_000, 100_000_000);
      drop(home, lines, NIGHT);
      assertThat(home.night(LATER).exit()).isZero();
      assertThat(
              home.rows(
                  "select count(*) filter (where available_on is not null) * 2 > count(*) from lot"))
          .as("most lots became available")
          .containsExactly("t");
    }
  }

  /** All that is known of the tables of former nights, from here on. */
  private static void believe(TestHome home, long rows, long pages) {
    String ours = " where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'i')";
    home.execute("delete from pg_statistic s using pg_class c" + ours + " and c.oid = s.starelid");
    home.execute("update pg_class c set reltuples = " + rows + ", relpages = " + pages + ours);
    home.execute(
        "do $$ begin execute format('alter database %I set statement_timeout = %L',"
            + " current_database(), '30s'); end $$");
    home.cutConnections();
  }

  private Map<String, Integer> statements(int lines) throws IOException {
    // A pool that asks whether an idle connection lives does so by time, not by rows.
    System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", "600000");
    try (TestHome home = new TestHome(dir.resolve(String.valueOf(lines)));
        Database database = Database.open(home.database.url());
        Sent sent = new Sent()) {
      drop(home, lines, FIRST);
      run(home, database, FIRST);
      drop(home, lines, NIGHT);
      fillPool(database);
      sent.begin();
      run(home, database, NIGHT);
      return sent.counted();
    } finally {
      System.clearProperty("com.zaxxer.hikari.aliveBypassWindowMs");
    }
  }

  /** Logins are statements, and how many there are depends on how many tables fill side by side. */
  private static void fillPool(Database database) {
    var taken = new ArrayList<Connection>();
    try {
      while (taken.size() < 20) taken.add(database.connection());
    } finally {
      taken.forEach(VolumeTest::giveBack);
    }
  }

  private static void giveBack(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void run(TestHome home, Database database, String night) {
    Nightly.run(home.home(), database, NightRequest.of(LocalDate.parse(night), Progress.SILENT));
  }

  /** What the driver sends to the server, by kind of message, as its own log tells. */
  private static final class Sent extends Handler implements AutoCloseable {
    private final Logger driver = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");
    private final Map<String, Integer> counts = new TreeMap<>();

    void begin() {
      driver.setLevel(Level.FINEST);
      driver.setUseParentHandlers(false);
      driver.addHandler(this);
      setLevel(Level.FINEST);
    }

    Map<String, Integer> counted() {
      assertThat(counts.get("Bind")).isGreaterThan(100);
      return Map.copyOf(counts);
    }

    @Override
    public synchronized void publish(LogRecord message) {
      String text = message.getMessage().strip();
      for (String kind : new String[] {"Bind", "SimpleQuery", "Query(CopyStart)"}) {
        if (text.startsWith("FE=> " + kind)) counts.merge(kind, 1, Integer::sum);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      driver.removeHandler(this);
      driver.setLevel(null);
    }
  }

  private static int orders(int lines) {
    return lines * 3 / 5;
  }

  /**
   * An order list and a line list, five lines on three orders, one buyer for two orders.
   *
   * @param night the first night shows a quarter of the orders, paid; the second all of them,
   *     completed, one in ten with a refund
   */
  private static void drop(TestHome home, int lines, String night) throws IOException {
    boolean first = night.equals(FIRST);
    Path folder = Files.createDirectories(home.dir.resolve("inbox/tmall/s1"));
    try (BufferedWriter orderList =
            Files.newBufferedWriter(folder.resolve("orders.csv"), Tmall.GBK);
        BufferedWriter lineList = Files.newBufferedWriter(folder.resolve("lines.csv"), Tmall.GBK)) {
      orderList.write(Tmall.ORDERS + "\n");
      lineList.write(Tmall.LINES + "\n");
      for (int n = 0; n < orders(lines); n += first ? 4 : 1) {
        Tmall.Order order = order(n, orders(lines) / 2);
        if (!first) order = completed(order, n);
        orderList.write(order.row() + "\n");
        for (String row : order.lineRows()) lineList.write(row + "\n");
      }
    }
    Files.createFile(folder.resolve("orders.csv.done"));
    Files.createFile(folder.resolve("lines.csv.done"));
  }

  private static Tmall.Order order(int n, int buyers) {
    String no = String.valueOf(1_000_000_000_000L + n);
    Tmall.Line one = Tmall.Line.of(no + "1", "SKU" + n % 5000, 5000 + n % 30_000, 1);
    Tmall.Line two = Tmall.Line.of(no + "2", "SKU" + n % 4999, 990 + n % 700, 2);
    return (n % 3 == 0
            ? Tmall.Order.unpaid(no, nick(n, buyers), 800, one)
            : Tmall.Order.unpaid(no, nick(n, buyers), 0, one, two))
        .paid("2026-02-20 10:00:00");
  }

  private static Tmall.Order completed(Tmall.Order paid, int n) {
    Tmall.Order order = paid.completed("2026-02-2" + n % 9 + " 18:00:00");
    long refund = paid.lines().get(0).due();
    return n % 10 == 0 ? order.after(0, "退款成功", refund).refunded(refund) : order;
  }

  private static String nick(int n, int buyers) {
    return "买家" + n * 7919L % buyers;
  }
}
