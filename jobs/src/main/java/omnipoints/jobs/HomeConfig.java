package omnipoints.jobs;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import omnipoints.points.Combine;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What omnipoints.yaml says.
 *
 * @param zone in which business dates are cut
 * @param programme name of the points programme
 * @param database how to reach PostgreSQL; a null url means the local database of the home
 * @param channels by channel code, sorted
 * @param deliverTo folder (absolute, or below the home) that extracts are copied to, null = the
 *     outbox is enough
 * @param limits what a person has to let in
 * @param rejectPercent a delivery with more rejected rows than this ends a closed night with exit
 *     code 3
 */
public record HomeConfig(
    ZoneId zone,
    String programme,
    DatabaseUrl database,
    Map<String, ChannelConfig> channels,
    BigDecimal rejectPercent,
    LimitsConfig limits,
    CollectConfig collect,
    String deliverTo) {

  /**
   * @param passwordFile below the home, or null when the URL or the server needs none
   * @param patience how long a night that closes waits for other sessions that hold its tables
   */
  public record DatabaseUrl(String url, String user, String passwordFile, Duration patience) {}

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
   * One channel of the installation.
   *
   * @param shop shop of files that lie in the channel's inbox folder itself, or null
   * @param shops by folder, the names that the shop column of its files may carry; a folder that is
   *     not there may carry what no other has carried before
   * @param sftp the server to pull from besides the inbox folder, or null
   * @param expected deliveries that every night must bring
   * @param points what the channel's own points are to ours, never null
   */
  public record ChannelConfig(
      String code,
      String mappings,
      String shop,
      Map<String, Set<String>> shops,
      SftpConfig sftp,
      List<Expected> expected,
      PointsConfig points) {}

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

  /** A document expected every night; shop null means any shop. */
  public record Expected(String document, String shop) {}

  /** SFTP source; password and key are names of files in secrets/. */
  public record SftpConfig(
      String host,
      int port,
      String user,
      String passwordFile,
      String privateKeyFile,
      String knownHostsFile,
      String directory,
      boolean delete) {}

  /**
   * @throws NightRefused exit 2 with every problem of the file
   */
  static HomeConfig read(Path file) {
    var problems = new ArrayList<String>();
    try {
      JsonNode root = new YAMLMapper().readTree(file.toFile());
      HomeConfig config = new Reader(problems).read(root);
      if (problems.isEmpty()) return config;
      if (root != null && root.isObject())
        problems.addAll(
            Setup.problems(
                file.getParent(),
                root.path("programme").asString("base"),
                mappings(root),
                Set.of()));
    } catch (JacksonException e) {
      problems.add("line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage());
    }
    throw setupRefused(file, problems);
  }

  /** One refusal for everything that is wrong with a home. */
  static NightRefused setupRefused(Path file, List<String> problems) {
    return new NightRefused(
        2,
        "SETUP",
        file.getFileName()
            + " has "
            + problems.size()
            + " problem(s): "
            + String.join("; ", problems),
        List.of("edit " + file));
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

  private record Reader(List<String> problems) {
    private static final Set<String> ROOT =
        Set.of(
            "zone",
            "programme",
            "database",
            "channels",
            "thresholds",
            "limits",
            "collect",
            "deliver");
    private static final long MOST = 1_000_000_000_000L;
    private static final Set<String> CHANNEL =
        Set.of("mappings", "shop", "shops", "transport", "expected", "points");

    HomeConfig read(JsonNode root) {
      if (root == null || !root.isObject()) {
        problems.add("the file must be a mapping of keys");
        return null;
      }
      known(root, ROOT, "");
      var channels = new TreeMap<String, ChannelConfig>();
      JsonNode nodes = root.path("channels");
      for (String code : names(nodes)) channels.put(code, channel(code, nodes.path(code)));
      if (channels.isEmpty()) problems.add("channels: at least one channel is needed");
      return new HomeConfig(
          zone(root.path("zone").asString("Asia/Shanghai")),
          root.path("programme").asString("base"),
          database(root.path("database")),
          channels,
          percent(root.path("thresholds").path("reject_percent")),
          limits(root.path("limits")),
          new CollectConfig(
              positive(root.path("collect").path("polls"), 2, "collect.polls"),
              positive(root.path("collect").path("poll_seconds"), 2, "collect.poll_seconds")),
          text(root.path("deliver"), "folder"));
    }

    private ZoneId zone(String name) {
      try {
        return ZoneId.of(name);
      } catch (DateTimeException e) {
        problems.add("zone: '" + name + "' is not a time zone; an example is Asia/Shanghai");
        return null;
      }
    }

    private DatabaseUrl database(JsonNode node) {
      known(node, Set.of("url", "user", "password_file", "patience_seconds"), "database.");
      String url = text(node, "url");
      if (url != null && !url.startsWith("jdbc:postgresql:")) {
        problems.add(
            "database.url: a PostgreSQL JDBC URL is needed, like jdbc:postgresql://host:5432/name");
      }
      int patience = positive(node.path("patience_seconds"), 600, "database.patience_seconds");
      return new DatabaseUrl(
          url, text(node, "user"), text(node, "password_file"), Duration.ofSeconds(patience));
    }

    private ChannelConfig channel(String code, JsonNode node) {
      String at = "channels." + code + ".";
      known(node, CHANNEL, at);
      var expected = new ArrayList<Expected>();
      for (JsonNode item : node.path("expected")) {
        if (item.isString()) expected.add(new Expected(item.asString(), null));
        else if (item.hasNonNull("document"))
          expected.add(new Expected(item.path("document").asString(), text(item, "shop")));
        else problems.add(at + "expected: an item is a document name or {document, shop}");
      }
      JsonNode transport = node.path("transport");
      SftpConfig sftp = null;
      if (transport.isObject() && transport.has("sftp"))
        sftp = sftp(transport.path("sftp"), at + "transport.sftp.");
      else if (!transport.isMissingNode()
          && !transport.isNull()
          && !"folder".equals(transport.asString(""))) {
        problems.add(at + "transport: 'folder' or {sftp: {host, user, …}}");
      }
      String mappings = text(node, "mappings");
      return new ChannelConfig(
          code,
          mappings == null ? code : mappings,
          text(node, "shop"),
          shops(node.path("shops"), at + "shops"),
          sftp,
          List.copyOf(expected),
          points(node.path("points"), at + "points"));
    }

    private Map<String, Set<String>> shops(JsonNode node, String at) {
      var shops = new TreeMap<String, Set<String>>();
      if (!node.isObject() && !node.isMissingNode() && !node.isNull())
        problems.add(at + ": {FOLDER: [names in the shop column of its files]} is needed");
      for (String folder : names(node)) {
        var carried = new TreeSet<String>();
        for (JsonNode name : node.path(folder))
          if (name.isString() && !name.asString().isBlank()) carried.add(name.asString().strip());
        if (carried.isEmpty() || carried.size() != node.path(folder).size())
          problems.add(at + "." + folder + ": a list of different names is needed");
        shops.put(folder, carried);
      }
      return shops;
    }

    private PointsConfig points(JsonNode node, String at) {
      if (node.isMissingNode() || node.isNull()) return PointsConfig.NONE;
      if (!node.isObject()) {
        problems.add(
            at + ": {pool: shared|separate, opening: {combine: sum|theirs|ours|max}} is needed");
        return PointsConfig.NONE;
      }
      known(node, Set.of("pool", "opening"), at + ".");
      JsonNode opening = node.path("opening");
      Combine combine = null;
      if (opening.isObject()) {
        known(opening, Set.of("combine"), at + ".opening.");
        combine = word(Combine.class, text(opening, "combine"), at + ".opening.combine");
      } else if (!opening.isMissingNode() && !opening.isNull()) {
        problems.add(at + ".opening: {combine: sum|theirs|ours|max} is needed");
      }
      String pool = text(node, "pool");
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
      problems.add(
          at
              + ": "
              + (word == null ? "is missing" : "'" + word + "' is unknown")
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
              "after"),
          at);
      for (String key : List.of("host", "user"))
        if (text(node, key) == null) problems.add(at + key + ": is missing");
      if (text(node, "password_file") == null && text(node, "private_key_file") == null) {
        problems.add(
            at + "password_file or private_key_file: one of them names a file in secrets/");
      }
      String after = node.path("after").asString("keep");
      if (!Set.of("keep", "delete").contains(after))
        problems.add(at + "after: keep or delete, not '" + after + "'");
      String knownHosts = text(node, "known_hosts_file");
      return new SftpConfig(
          text(node, "host"),
          positive(node.path("port"), 22, at + "port"),
          text(node, "user"),
          text(node, "password_file"),
          text(node, "private_key_file"),
          knownHosts == null ? "known_hosts" : knownHosts,
          node.path("directory").asString("."),
          after.equals("delete"));
    }

    private BigDecimal percent(JsonNode node) {
      if (node.isMissingNode() || node.isNull()) return BigDecimal.ONE;
      if (node.isNumber() && node.decimalValue().signum() >= 0) return node.decimalValue();
      problems.add(
          "thresholds.reject_percent: '" + node.asString("") + "' is not a number of percent");
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
      problems.add(name + ": '" + node.asString("") + "' is not a whole number from 1 to " + MOST);
      return otherwise;
    }

    private int positive(JsonNode node, int otherwise, String name) {
      if (node.isMissingNode() || node.isNull()) return otherwise;
      if (node.isInt() && node.intValue() > 0) return node.intValue();
      problems.add(name + ": '" + node.asString("") + "' is not a positive whole number");
      return otherwise;
    }

    private void known(JsonNode node, Set<String> keys, String at) {
      for (String name : names(node)) {
        if (!keys.contains(name))
          problems.add(at + name + ": unknown key; known are " + new TreeSet<>(keys));
      }
    }

    private static List<String> names(JsonNode node) {
      return node.isObject() ? List.copyOf(node.propertyNames()) : List.of();
    }

    private static String text(JsonNode node, String key) {
      JsonNode value = node.path(key);
      return value.isMissingNode() || value.isNull() ? null : value.asString();
    }
  }
}
