package omnipoints.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import omnipoints.files.yaml.Problems;
import omnipoints.files.yaml.YamlSource;
import omnipoints.points.Combine;
import omnipoints.routes.LeastRate;
import omnipoints.routes.pull.PullSettings;
import omnipoints.routes.pull.Puller;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What omnipoints.yaml says.
 *
 * @param company whose books these are, as reports for people print it; empty if nobody said so
 * @param zone in which business dates are cut
 * @param programme name of the points programme
 * @param database how to reach PostgreSQL; a null url means the local database of the home
 * @param channels by channel code, sorted
 * @param deliverTo folder (absolute, or below the home) that extracts are copied to, null = the
 *     outbox is enough
 * @param deliverBySftp server that extracts are sent to besides, or null
 * @param expiringDays of points whose last day comes within so many days the CRM team is told
 * @param documents which folder may deliver which of our own documents
 * @param staff who may correct points, by where he works
 * @param sync which platforms are told what members may spend
 * @param webhook where messages of platforms are taken, null = nowhere
 * @param limits what a person has to let in
 * @param gate what a person has to let close
 * @param alerts who is told of nights, by name
 * @param lines {@code <file>:<line>} of zone and programme
 * @param rejectPercent a delivery with more rejected rows than this ends a closed night with exit
 *     code 3
 */
public record HomeConfig(
    String company,
    ZoneId zone,
    String programme,
    DatabaseUrl database,
    Map<String, ChannelConfig> channels,
    BigDecimal rejectPercent,
    LimitsConfig limits,
    GateConfig gate,
    Map<String, AlertConfig> alerts,
    CollectConfig collect,
    String deliverTo,
    SftpConfig deliverBySftp,
    int expiringDays,
    DocumentFolders documents,
    Staff staff,
    SyncConfig sync,
    WebhookConfig webhook,
    Map<String, String> lines) {

  /**
   * @param passwordFile below the home, or null when the URL or the server needs none
   * @param patience how long a night that closes waits for other sessions that hold its tables
   * @param replicas whether others may copy the log of the local server
   */
  public record DatabaseUrl(
      String url, String user, String passwordFile, Duration patience, boolean replicas) {}

  /**
   * Beyond what rows are rejected as LIMIT.
   *
   * @param lineFen money of one line, in fen
   * @param orderRows rows of one order in one night
   */
  public record LimitsConfig(long lineFen, long orderRows) {}

  /**
   * A file without a done-marker is taken once it was unchanged over so many looks, so many seconds
   * apart.
   */
  public record CollectConfig(int polls, int pollSeconds) {}

  /**
   * Where {@code serve} takes the messages of platforms.
   *
   * @param host the address it listens to; this machine only unless somebody says otherwise
   */
  public record WebhookConfig(String host, int port) {}

  /**
   * One channel of the installation.
   *
   * @param shop shop of files that lie in the channel's inbox folder itself, or null
   * @param shops by folder, the names that the shop column of its files may carry; a folder that is
   *     not there may carry what no other has carried before
   * @param sftp the server to pull from besides the inbox folder, or null
   * @param api how its platform's API is asked besides, or null
   * @param expected deliveries that every night must bring
   * @param settledWithinDays so many days after it was completed an order must be in a statement;
   *     0: nobody says so
   * @param points what the channel's own points are to ours, never null
   */
  public record ChannelConfig(
      String code,
      String mappings,
      String shop,
      Map<String, Set<String>> shops,
      SftpConfig sftp,
      ApiConfig api,
      List<Expected> expected,
      int settledWithinDays,
      PointsConfig points) {}

  /**
   * A channel that is pulled from its platform's API; the keys of its shops lie in secrets/.
   *
   * @param url another address than the platform's own, or null
   * @param callsPerSecond 0: what the platform allows
   * @param backDays how far the first pull reaches back
   * @param minutes after so many a pull ends, wherever it is, and the next night goes on there
   */
  public record ApiConfig(String url, int callsPerSecond, int backDays, int minutes) {}

  /**
   * @param opening how the first balance that a snapshot shows of a person is imported; null: it is
   *     not, and snapshots make no members
   */
  public record PointsConfig(Pool pool, Combine opening) {
    static final PointsConfig NONE = new PointsConfig(Pool.SEPARATE, null);
  }

  /** Whether a platform's balance and ours are said to be the same points. */
  public enum Pool {
    /** Both claim them: a difference is a break. */
    SHARED,
    /** Two purses: nothing is compared. */
    SEPARATE
  }

  /** SFTP server; password and key are names of files in secrets/; 0 bytes a second: any rate. */
  public record SftpConfig(
      String host,
      int port,
      String user,
      String passwordFile,
      String privateKeyFile,
      String knownHostsFile,
      String directory,
      boolean delete,
      int leastBytesPerSecond) {}

  /** The same that asks no server and no API, and hands nothing out. */
  HomeConfig offline() {
    var local = new TreeMap<String, ChannelConfig>();
    channels.forEach(
        (code, of) ->
            local.put(
                code,
                new ChannelConfig(
                    code,
                    of.mappings(),
                    of.shop(),
                    of.shops(),
                    null,
                    null,
                    of.expected(),
                    of.settledWithinDays(),
                    of.points())));
    return new HomeConfig(
        company,
        zone,
        programme,
        database,
        local,
        rejectPercent,
        limits,
        gate,
        Map.of(),
        collect,
        null,
        null,
        expiringDays,
        documents,
        staff,
        sync,
        null,
        lines);
  }

  /**
   * @throws NightRefused exit 2 with every problem of the file
   */
  static HomeConfig read(Path file) {
    String name = file.toString();
    var problems = new Problems();
    YamlSource source = YamlSource.parse(name, text(file, problems), problems);
    HomeConfig config = new Reader(source).read();
    if (problems.isEmpty()) return config;
    var all = new SetupProblems();
    all.add(problems.all());
    JsonNode root = source.root();
    if (root != null && root.isObject() && config != null) {
      String programme = config.programme() == null ? "base" : config.programme();
      Setup.check(file.getParent(), programme, mappings(root), Set.of(), all);
    }
    throw all.refusal();
  }

  private static String text(Path file, Problems problems) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      problems.add(file.toString(), 0, "not UTF-8; save the file as UTF-8");
      return "{}";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The mapping each configured channel names. */
  private static Map<String, String> mappings(JsonNode root) {
    var mappings = new TreeMap<String, String>();
    JsonNode channels = root.path("channels");
    for (String code : channels.isObject() ? channels.propertyNames() : List.<String>of()) {
      mappings.put(code, channels.path(code).path("mappings").asString(code));
    }
    return mappings;
  }

  /** Where a value stands, so that a refusal later on names its line. */
  String at(String key) {
    return lines.getOrDefault(key, "omnipoints.yaml");
  }

  private record Reader(YamlSource source) {
    private static final Set<String> ROOT =
        Set.of(
            "company",
            "zone",
            "programme",
            "database",
            "channels",
            "thresholds",
            "limits",
            "gate",
            "alerts",
            "collect",
            "deliver",
            "extracts",
            "documents",
            "staff",
            "sync",
            "webhook");
    private static final long MOST = 1_000_000_000_000L;
    private static final int EXPIRING_DAYS = 30;
    private static final Set<String> CHANNEL =
        Set.of(
            "mappings", "shop", "shops", "transport", "expected", "settled_within_days", "points");

    HomeConfig read() {
      JsonNode root = source.root();
      if (root == null) return null;
      if (!root.isObject()) {
        source.problem("", "the file must be a mapping of keys");
        return null;
      }
      known(root, ROOT, "");
      var channels = new TreeMap<String, ChannelConfig>();
      JsonNode nodes = root.path("channels");
      section(nodes, "channels");
      for (String code : names(nodes)) channels.put(code, channel(code, nodes.path(code)));
      DocumentFolders documents = DocumentFolders.read(root.path("documents"), this::problem);
      for (String folder : documents.channels())
        channels.computeIfAbsent(
            folder,
            code ->
                channel(
                    code,
                    JsonNodeFactory.instance
                        .objectNode()
                        .put("mappings", DocumentFolders.PROGRAM)));
      if (channels.isEmpty()) problem("channels", "at least one channel is needed");
      known(root.path("collect"), Set.of("polls", "poll_seconds"), "collect.");
      known(root.path("deliver"), Set.of("folder", "sftp"), "deliver.");
      known(root.path("extracts"), Set.of("expiring_days"), "extracts.");
      return new HomeConfig(
          text(root, "", "company", ""),
          zone(text(root, "", "zone", "Asia/Shanghai")),
          programme(text(root, "", "programme", "base")),
          database(root.path("database")),
          channels,
          percent(root.path("thresholds")),
          limits(root.path("limits")),
          GateConfig.read(root.path("gate"), channels.keySet(), this::problem),
          AlertConfig.read(root.path("alerts"), this::problem),
          new CollectConfig(
              positive(root.path("collect").path("polls"), 2, "collect.polls"),
              positive(root.path("collect").path("poll_seconds"), 2, "collect.poll_seconds")),
          text(root.path("deliver"), "deliver.", "folder", null),
          root.path("deliver").has("sftp")
              ? sftp(root.path("deliver").path("sftp"), "deliver.sftp.")
              : null,
          positive(
              root.path("extracts").path("expiring_days"), EXPIRING_DAYS, "extracts.expiring_days"),
          documents,
          Staff.read(root.path("staff"), this::problem),
          SyncConfig.read(root.path("sync"), this::problem),
          webhook(root.path("webhook")),
          Map.of("zone", line("zone"), "programme", line("programme")));
    }

    private WebhookConfig webhook(JsonNode node) {
      if (node.isMissingNode() || node.isNull()) return null;
      section(node, "webhook");
      known(node, Set.of("host", "port"), "webhook.");
      int port = positive(node.path("port"), 0, "webhook.port");
      if (!node.has("port") || port > 65_535)
        problem("webhook.port", "the port to listen to is needed, at most 65535");
      return new WebhookConfig(text(node, "webhook.", "host", "127.0.0.1"), port);
    }

    private String line(String key) {
      return "omnipoints.yaml:" + source.line("/" + key);
    }

    private String programme(String name) {
      if (name == null || name.matches("[\\p{L}\\p{N}_-]+")) return name;
      problem("programme", "'" + name + "' is no name of a programme; an example is base");
      return null;
    }

    private ZoneId zone(String name) {
      if (name == null) return null;
      try {
        return ZoneId.of(name);
      } catch (DateTimeException e) {
        problem("zone", "'" + name + "' is not a time zone; an example is Asia/Shanghai");
        return null;
      }
    }

    private DatabaseUrl database(JsonNode node) {
      known(node, Set.of("url", "user", "password_file", "patience_seconds", "wal"), "database.");
      String url = text(node, "database.", "url", null);
      if (url != null && !url.startsWith("jdbc:postgresql:")) {
        problem(
            "database.url",
            "a PostgreSQL JDBC URL is needed, like jdbc:postgresql://host:5432/name");
      }
      int patience = positive(node.path("patience_seconds"), 600, "database.patience_seconds");
      String wal = text(node, "database.", "wal", "minimal");
      if (wal != null && !Set.of("minimal", "replica").contains(wal))
        problem("database.wal", "minimal or replica, not '" + wal + "'");
      if (url != null && node.has("wal"))
        problem("database.wal", "is of the local server; a server of your own says it itself");
      return new DatabaseUrl(
          url,
          text(node, "database.", "user", null),
          text(node, "database.", "password_file", null),
          Duration.ofSeconds(patience),
          "replica".equals(wal));
    }

    private ChannelConfig channel(String code, JsonNode node) {
      String at = "channels." + code + ".";
      known(node, CHANNEL, at);
      List<Expected> expected = expected(node.path("expected"), at + "expected");
      JsonNode transport = node.path("transport");
      SftpConfig sftp = null;
      ApiConfig api = null;
      if ("api".equals(transport.asString("")) || transport.isObject() && transport.has("api"))
        api = api(code, transport.path("api"), at + "transport.api");
      else if (transport.isObject() && transport.has("sftp"))
        sftp = sftp(transport.path("sftp"), at + "transport.sftp.");
      else if (!transport.isMissingNode()
          && !transport.isNull()
          && !"folder".equals(transport.asString(""))) {
        problem(at + "transport", "'folder', 'api', {api: {url, …}} or {sftp: {host, user, …}}");
      }
      return new ChannelConfig(
          code,
          text(node, at, "mappings", code),
          text(node, at, "shop", null),
          shops(node.path("shops"), at + "shops"),
          sftp,
          api,
          expected,
          node.has("settled_within_days")
              ? positive(node.path("settled_within_days"), 1, at + "settled_within_days")
              : 0,
          points(node.path("points"), at + "points"));
    }

    private ApiConfig api(String code, JsonNode node, String at) {
      known(node, Set.of("url", "calls_per_second", "back_days", "minutes"), at + ".");
      if (!Puller.channels().contains(code))
        problem(
            at,
            "nothing is known of an API of "
                + code
                + "; known are "
                + String.join(", ", Puller.channels()));
      String url = text(node, at + ".", "url", null);
      if (url != null && !PullSettings.safe(url))
        problem(at + ".url", "'" + url + "' is no https address");
      return new ApiConfig(
          url,
          node.has("calls_per_second")
              ? positive(node.path("calls_per_second"), 1, at + ".calls_per_second")
              : 0,
          positive(node.path("back_days"), 7, at + ".back_days"),
          positive(node.path("minutes"), 60, at + ".minutes"));
    }

    private List<Expected> expected(JsonNode items, String at) {
      String item = "a document name or {document, shop, days, deadline}";
      if (!items.isMissingNode() && !items.isNull() && !items.isArray())
        problem(at, "a list is needed, each item " + item);
      var expected = new ArrayList<Expected>();
      for (JsonNode one : items) {
        if (one.isString()) {
          expected.add(new Expected(one.asString(), null, Expected.EVERY_DAY, null));
        } else if (one.isObject() && one.path("document").isString()) {
          known(one, Set.of("document", "shop", "days", "deadline"), at + ".");
          expected.add(
              new Expected(
                  one.path("document").asString(),
                  text(one, at + ".", "shop", null),
                  days(one.path("days"), at + ".days"),
                  deadline(one.path("deadline"), at + ".deadline")));
        } else problem(at, "an item is " + item);
      }
      return List.copyOf(expected);
    }

    private Set<DayOfWeek> days(JsonNode node, String at) {
      if (node.isMissingNode()) return Expected.EVERY_DAY;
      var days = EnumSet.noneOf(DayOfWeek.class);
      for (JsonNode day : node) Expected.day(day.asString("")).ifPresent(days::add);
      if (days.isEmpty() || days.size() != node.size())
        problem(at, "a list of different days is needed, such as [mon, tue, wed, thu, fri]");
      return days;
    }

    private LocalTime deadline(JsonNode node, String at) {
      if (node.isMissingNode()) return null;
      Optional<LocalTime> time = Expected.time(node.asString(""));
      if (time.isEmpty())
        problem(
            at,
            shown(node)
                + " is no time of the day after the business date; an example is '09:30', in quotes");
      return time.orElse(null);
    }

    private Map<String, Set<String>> shops(JsonNode node, String at) {
      var shops = new TreeMap<String, Set<String>>();
      if (!node.isObject() && !node.isMissingNode() && !node.isNull())
        problem(at, "{FOLDER: [names in the shop column of its files]} is needed");
      for (String folder : names(node)) {
        var carried = new TreeSet<String>();
        for (JsonNode name : node.path(folder))
          if (name.isString() && !name.asString().isBlank()) carried.add(name.asString().strip());
        if (carried.isEmpty() || carried.size() != node.path(folder).size())
          problem(at + "." + folder, "a list of different names is needed");
        shops.put(folder, carried);
      }
      return shops;
    }

    private PointsConfig points(JsonNode node, String at) {
      if (node.isMissingNode() || node.isNull()) return PointsConfig.NONE;
      if (!node.isObject()) {
        problem(at, "{pool: shared|separate, opening: {combine: sum|theirs|ours|max}} is needed");
        return PointsConfig.NONE;
      }
      known(node, Set.of("pool", "opening"), at + ".");
      JsonNode opening = node.path("opening");
      Combine combine = null;
      if (opening.isObject()) {
        known(opening, Set.of("combine"), at + ".opening.");
        combine =
            word(
                Combine.class,
                text(opening, at + ".opening.", "combine", null),
                at + ".opening.combine");
      } else if (!opening.isMissingNode() && !opening.isNull()) {
        problem(at + ".opening", "{combine: sum|theirs|ours|max} is needed");
      }
      String pool = text(node, at + ".", "pool", null);
      return new PointsConfig(
          pool == null ? Pool.SEPARATE : word(Pool.class, pool, at + ".pool"), combine);
    }

    /** A constant by its lower-case name. */
    private <E extends Enum<E>> E word(Class<E> type, String word, String at) {
      var known = new ArrayList<String>();
      for (E constant : type.getEnumConstants()) {
        String name = constant.name().toLowerCase(Locale.ROOT);
        if (name.equals(word)) return constant;
        known.add(name);
      }
      problem(
          at,
          (word == null ? "is missing" : "'" + word + "' is unknown")
              + "; there are "
              + String.join(", ", known));
      return null;
    }

    private SftpConfig sftp(JsonNode node, String at) {
      known(
          node,
          Set.of(
              "host",
              "port",
              "user",
              "password_file",
              "private_key_file",
              "known_hosts_file",
              "directory",
              "after",
              "least_bytes_per_second"),
          at);
      for (String key : List.of("host", "user"))
        if (node.path(key).isMissingNode()) problem(at + key, "is missing");
      String password = text(node, at, "password_file", null);
      String privateKey = text(node, at, "private_key_file", null);
      if (password == null && privateKey == null) {
        problem(
            at + "password_file", "this or private_key_file is needed: a file's name in secrets/");
      }
      String after = text(node, at, "after", "keep");
      if (after != null && !Set.of("keep", "delete").contains(after))
        problem(at + "after", "keep or delete, not '" + after + "'");
      return new SftpConfig(
          text(node, at, "host", null),
          positive(node.path("port"), 22, at + "port"),
          text(node, at, "user", null),
          password,
          privateKey,
          text(node, at, "known_hosts_file", "known_hosts"),
          text(node, at, "directory", "."),
          "delete".equals(after),
          least(node.path("least_bytes_per_second"), at + "least_bytes_per_second"));
    }

    private int least(JsonNode node, String at) {
      if (node.isMissingNode()) return Math.toIntExact(LeastRate.USUAL.bytesPerSecond());
      if (node.isInt() && node.asInt() >= 0) return node.asInt();
      problem(at, shown(node) + " is not a whole number from 0, which is any rate");
      return 0;
    }

    private BigDecimal percent(JsonNode thresholds) {
      known(thresholds, Set.of("reject_percent"), "thresholds.");
      JsonNode node = thresholds.path("reject_percent");
      if (node.isMissingNode() || node.isNull()) return BigDecimal.ONE;
      if (node.isNumber() && node.decimalValue().signum() >= 0) return node.decimalValue();
      problem("thresholds.reject_percent", shown(node) + " is not a number of percent");
      return BigDecimal.ONE;
    }

    private LimitsConfig limits(JsonNode node) {
      known(node, Set.of("line_fen", "order_rows"), "limits.");
      return new LimitsConfig(
          limit(node.path("line_fen"), 10_000_000, "limits.line_fen"),
          limit(node.path("order_rows"), 100_000, "limits.order_rows"));
    }

    private long limit(JsonNode node, long otherwise, String name) {
      if (node.isMissingNode() || node.isNull()) return otherwise;
      boolean whole = node.isIntegralNumber() && node.canConvertToLong();
      if (whole && node.longValue() > 0 && node.longValue() <= MOST) return node.longValue();
      problem(name, shown(node) + " is not a whole number from 1 to " + MOST);
      return otherwise;
    }

    private int positive(JsonNode node, int otherwise, String name) {
      if (node.isMissingNode() || node.isNull()) return otherwise;
      boolean whole = node.isIntegralNumber() && node.canConvertToInt();
      if (whole && node.intValue() > 0) return node.intValue();
      problem(name, shown(node) + " is not a positive whole number");
      return otherwise;
    }

    private void known(JsonNode node, Set<String> keys, String at) {
      section(node, at);
      for (String name : names(node)) {
        if (!keys.contains(name))
          problem(at + name, "unknown key; known are " + new TreeSet<>(keys));
      }
    }

    /** What stands where keys are expected is never passed over. */
    private void section(JsonNode node, String at) {
      if (node.isObject() || node.isMissingNode() || node.isNull()) return;
      problem(at.replaceFirst("\\.$", ""), shown(node) + " stands where keys are needed");
    }

    private void problem(String at, String message) {
      source.problem(at.isEmpty() ? "" : "/" + at.replace('.', '/'), at + ": " + message);
    }

    private static String shown(JsonNode node) {
      return node.isString() ? "'" + node.asString() + "'" : node.toString();
    }

    private static List<String> names(JsonNode node) {
      return node.isObject() ? List.copyOf(node.propertyNames()) : List.of();
    }

    /**
     * A text, or a whole number that is written like one.
     *
     * @param at the path of the keys around it, empty or ending in a dot
     * @param otherwise what holds when the key is not there; an empty one is a problem
     */
    private String text(JsonNode node, String at, String key, String otherwise) {
      JsonNode value = node.path(key);
      if (value.isMissingNode()) return otherwise;
      if (value.isString() && !value.asString().isBlank() || value.isIntegralNumber())
        return value.asString();
      boolean empty = value.isNull() || value.isString();
      problem(
          at + key,
          empty ? "is empty; give a value, or leave the key out" : shown(value) + " is no text");
      return null;
    }
  }
}
