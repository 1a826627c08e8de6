package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import omnipoints.facts.Sha256;
import omnipoints.routes.simulator.Simulator;
import omnipoints.routes.simulator.Trouble;
import omnipoints.routes.simulator.World;
import omnipoints.sql.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A phone that people typed wherever they could, and the secrets of a home, after nights with
 * faults: they stand in the archive, which holds what came as it came, in {@code secrets}, and
 * nowhere else.
 */
class PlantedTest {

  private static final String FIRST = "2026-06-20";
  private static final String SECOND = "2026-06-21";
  private static final String PHONE = "13712345677";
  private static final List<String> PLANTED =
      List.of(PHONE, World.RECEIVER_PHONE, "planted-s3cret", "simulated-", "-token-");

  @TempDir Path dir;
  private final List<String> refusals = new ArrayList<>();

  private static String mapping() throws IOException {
    try (InputStream in =
        PlantedTest.class.getClassLoader().getResourceAsStream("channels/pos.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replaceFirst("(card: \\{column: kh.*)", "$1\n      phone: {column: sjh, type: phone}");
    }
  }

  private static String till(String night) {
    String at = night + " 10:00:00";
    return Pos.file(
            Pos.row(PHONE, at, "A", 30, "1", "1") + ",",
            Pos.row("", at, "A", 30, "1", "2") + ",(+86)137 1234 5677",
            Pos.row("C9", at, "A", 30, "1", "3") + "," + PHONE,
            Pos.row("C8", at, "A", 30, "1", "4").replace(",30.00,30.00,", ",30.00," + PHONE + "元,")
                + ",",
            Pos.row(PHONE + "\u0001", at, "A", 30, "1", "5") + ",",
            Pos.row("C7", at, "B", 30, "1", "6").replace(",商品,", ",送" + PHONE + ",") + ",",
            Pos.row("C6", at, "A", 30, "1", "7") + "," + PHONE + "," + PHONE)
        .replace(",gzmc\n", ",gzmc,sjh\n");
  }

  private static void drop(TestHome home, String night) {
    home.drop("pos/p1/客户" + PHONE + " " + night + ".csv", till(night));
    home.drop("pos/p1/" + PHONE + "-" + night + ".csv", "a,b\n" + PHONE + ",1\n");
    home.drop(
        "tmall/s1/" + night + ".csv",
        Tmall.orders(
            Tmall.completed(
                night.replace("-", "") + "1", PHONE, "10.00", "0", 1, night + " 09:00:00", ""),
            Tmall.completed(
                night.replace("-", "") + "2",
                "tb" + PHONE,
                "10.00",
                "0",
                1,
                night + " 09:00:00",
                "")));
    home.drop(
        "program/members-" + night + ".csv",
        "card,phone,birthday,join_date,home_shop\nC9," + PHONE + ",,,\nC8,1371234567x,,,p1\n");
    home.drop(
        "program/bindings-" + night + ".csv",
        "channel,order_no,platform_id,phone,card,unionid,bound_at\ntmall,,nick9,"
            + PHONE
            + ",,,"
            + night
            + " 08:00:00\n");
  }

  private NightRefused refused(TestHome home, Database database, CrashPoints points) {
    NightRefused refused =
        catchThrowableOfType(
            NightRefused.class,
            () ->
                Nightly.run(
                    home.home(),
                    database,
                    NightRequest.of(LocalDate.parse(FIRST), Progress.SILENT).crashingAt(points)));
    if (refused == null) return null;
    refusals.add(refused.getMessage() + "\n" + String.join("\n", refused.next()));
    return refused;
  }

  @Test
  void a_planted_phone_and_planted_secrets_appear_nowhere() throws Exception {
    var logged = new ListAppender<ILoggingEvent>();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    logged.start();
    root.addAppender(logged);
    World world = World.of(3, 30, 9, Instant.parse(FIRST + "T15:00:00Z"), 3, "69", true);
    try (Simulator simulator =
            Simulator.of("douyin", world, 5, Set.of(Trouble.TOKEN_OVER, Trouble.DRIP), 2);
        TestHome home =
            new TestHome(
                dir,
                "  douyin:\n    transport: {api: {url: '"
                    + simulator.url()
                    + "', calls_per_second: 100000, back_days: 4}}\n"
                    + "alerts: {ops: {kind: webhook, language: en}}\n"
                    + "company: 甲\n")) {
      home.write("mappings/pos.yaml", mapping());
      home.write("secrets/api-douyin-s1.json", Simulator.keys("douyin"));
      home.write(
          "secrets/alert-ops.json",
          "{\"url\":\"https://127.0.0.1:1/planted-s3cret\",\"secret\":\"planted-s3cret\"}");
      drop(home, FIRST);
      assertThat(
              refused(
                  home,
                  home.database.database(),
                  point -> {
                    if (point.equals("join:work"))
                      throw new IllegalStateException("row of " + PHONE + " is odd");
                  }))
          .hasMessageContaining("13*********");
      for (long n : new long[] {300, 900}) breakAt(home, n);
      home.night(FIRST);
      drop(home, SECOND);
      Withdrawal.plan(
              home.home(),
              home.database.database(),
              Sha256.hex(till(FIRST).getBytes(StandardCharsets.UTF_8)).substring(0, 12))
          .register(home.database.database(), Clock.systemUTC(), "zhang", "of another shop");
      home.night(SECOND);

      assertThat(home.rows("select count(*) from token where shown = '137****5677'").get(0))
          .isNotEqualTo("0");
      assertThat(home.rows("select count(*) from quarantine").get(0)).isNotEqualTo("0");
      assertThat(home.rows("select count(*) from alert where attempts > 0").get(0))
          .isNotEqualTo("0");
      var places = new TreeMap<String, String>(files(home.dir));
      places.putAll(rows(home));
      places.put("refusals", String.join("\n", refusals));
      places.put("log", log(logged));
      assertThat(places).containsKey("metrics/omnipoints.prom");
      var found = new ArrayList<String>();
      places.forEach(
          (place, text) -> {
            for (String planted : PLANTED) {
              if (place.contains(planted)) found.add(planted + " names " + place);
              text.lines()
                  .filter(line -> line.contains(planted))
                  .findFirst()
                  .ifPresent(line -> found.add(planted + " in " + place + ": " + line));
            }
          });
      assertThat(found).isEmpty();
    } finally {
      root.detachAppender(logged);
    }
  }

  private void breakAt(TestHome home, long n) throws IOException {
    try (LosingProxy proxy = new LosingProxy(home.database.url());
        Database database = Database.open(proxy.url(), Duration.ofSeconds(1))) {
      proxy.breakAt(n, true);
      refused(home, database, CrashPoints.NONE);
    }
  }

  /** Every file below the home but the archive, the secrets and what still lies in the inbox. */
  private static Map<String, String> files(Path home) throws IOException {
    var all = new TreeMap<String, String>();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = home.relativize(file).toString();
        if (name.startsWith("secrets/") || name.startsWith("inbox/")) continue;
        if (name.startsWith("archive/")) all.put(name, "");
        else if (name.endsWith(".xlsx")) all.putAll(sheets(name, file));
        else all.put(name, Files.readString(file, StandardCharsets.UTF_8));
      }
    }
    return all;
  }

  private static Map<String, String> sheets(String name, Path workbook) throws IOException {
    var all = new TreeMap<String, String>();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(workbook))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
        all.put(
            name + "/" + entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
    }
    return all;
  }

  /** Every row of every table, those of the batch library, too. */
  private static Map<String, String> rows(TestHome home) {
    var all = new TreeMap<String, String>();
    for (String table :
        home.rows(
            "select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                + " where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in ('public', 'batch')"))
      all.put(table, String.join("\n", home.rows("select to_jsonb(t)::text from " + table + " t")));
    return all;
  }

  private static String log(ListAppender<ILoggingEvent> logged) {
    var text = new StringBuilder();
    for (ILoggingEvent event : List.copyOf(logged.list)) {
      text.append(event.getFormattedMessage()).append('\n');
      if (event.getThrowableProxy() != null)
        text.append(ThrowableProxyUtil.asString(event.getThrowableProxy())).append('\n');
    }
    return text.toString();
  }
}
