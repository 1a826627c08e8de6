package omnipoints.points;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import omnipoints.files.yaml.Problem;
import omnipoints.files.yaml.Problems;
import omnipoints.files.yaml.YamlSource;
import omnipoints.points.rules.Rates;
import omnipoints.points.rules.RatesReader;
import omnipoints.points.rules.Rational;
import omnipoints.points.rules.Redeem;
import omnipoints.points.rules.RedeemReader;
import omnipoints.points.tiers.Tiers;
import omnipoints.points.tiers.TiersReader;
import tools.jackson.databind.JsonNode;

/**
 * Reads one version from its file: form first, then what no schema can say, all problems at once.
 */
final class ProgramFile {
  /** A thousand points for a yuan; more is a slip, and one that no return repairs. */
  private static final BigInteger MOST_POINTS_PER_FEN = BigInteger.TEN;

  private static final YamlSource.Wording WORDING =
      new YamlSource.Wording() {
        @Override
        public String broken(String why) {
          return "not YAML: " + why;
        }

        @Override
        public String second() {
          return "a second document: keep one per file";
        }

        @Override
        public String twice(String key, int first) {
          return key + ": given twice, first in line " + first;
        }
      };

  private final String name;
  private final String file;
  private final ListFiles lists;
  private final boolean tiersNamed;
  private final Problems problems = new Problems();

  private ProgramFile(String name, String file, ListFiles lists, boolean tiersNamed) {
    this.name = name;
    this.file = file;
    this.lists = lists;
    this.tiersNamed = tiersNamed;
  }

  /**
   * @param name of the programme the file belongs to
   * @param file as people are told it
   * @param lists the sets and calendars beside it
   * @throws ProgramRefused listing every problem with file and line
   */
  static Program read(String name, String file, byte[] bytes, ListFiles lists) {
    return new ProgramFile(name, file, lists, true).read(bytes);
  }

  /** The same where rules may ask tiers that the file does not name: to try rules without them. */
  static Program readWithAnyTiers(String name, String file, byte[] bytes, ListFiles lists) {
    return new ProgramFile(name, file, lists, false).read(bytes);
  }

  private Program read(byte[] bytes) {
    String text = text(bytes);
    YamlSource source = YamlSource.parse(file, text, problems, WORDING);
    Rates rates = Rates.NONE;
    Redeem redeem = Redeem.NONE;
    Tiers tiers = Tiers.NONE;
    if (source.root() != null) {
      Set<String> unfit = ProgramSchema.check(source);
      addWhatTheSchemaCannotSay(source);
      JsonNode begins = source.root().path("effective_from");
      LocalDate from = begins.isString() ? dateOf(begins.stringValue()) : null;
      tiers = TiersReader.read(source, unfit);
      boolean named = tierNamesCanBeAsked(source, unfit, tiers);
      rates = RatesReader.read(source, unfit, lists, from, named ? tiers.ids() : null);
      redeem = RedeemReader.read(source, unfit, lists, from, named ? tiers.ids() : null);
    }
    if (!problems.isEmpty() || !lists.problems().isEmpty()) throw refused();
    return program(source, text, bytes, rates, redeem, tiers);
  }

  /** Not where what is said of tiers cannot be read, nor where rules are tried without them. */
  private boolean tierNamesCanBeAsked(YamlSource source, Set<String> unfit, Tiers tiers) {
    boolean given = !source.root().path("tiers").isEmpty();
    return given ? !tiers.isEmpty() : tiersNamed && !unfit.contains("/tiers");
  }

  private ProgramRefused refused() {
    List<Problem> own = problems.all();
    var all =
        new ArrayList<>(
            own.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparing(Problem::message))
                .map(p -> file + ":" + p.line() + ": " + p.message())
                .toList());
    all.addAll(lists.problems());
    return new ProgramRefused(name, all);
  }

  private String text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new ProgramRefused(name, List.of(file + ":0: not UTF-8; save the file as UTF-8"));
    }
  }

  private void addWhatTheSchemaCannotSay(YamlSource source) {
    JsonNode root = source.root();
    JsonNode program = root.path("program");
    if (program.isString() && !program.stringValue().equals(name)) {
      source.problem(
          "/program",
          "program: is '"
              + program.stringValue()
              + "' but the file belongs to "
              + name
              + "; make them equal");
    }
    JsonNode from = root.path("effective_from");
    if (from.isString()
        && from.stringValue().length() == 10
        && dateOf(from.stringValue()) == null) {
      source.problem(
          "/effective_from",
          "effective_from: " + from.stringValue() + " is no date of the calendar");
    }
    checkEarn(source, root.path("earn"));
    checkExpiry(source, root.path("expiry"));
  }

  private static void checkEarn(YamlSource source, JsonNode earn) {
    JsonNode perFen = earn.path("per_fen");
    JsonNode points = earn.path("points");
    if (perFen.isIntegralNumber()
        && points.isIntegralNumber()
        && perFen.bigIntegerValue().signum() > 0
        && points
                .bigIntegerValue()
                .compareTo(perFen.bigIntegerValue().multiply(MOST_POINTS_PER_FEN))
            > 0) {
      source.problem(
          "/earn/points",
          "earn.points: "
              + points
              + " for "
              + perFen
              + " fen are more than "
              + MOST_POINTS_PER_FEN
              + " points a fen; look for a zero too many");
    }
  }

  private static void checkExpiry(YamlSource source, JsonNode expiry) {
    String kind = expiry.path("kind").isString() ? expiry.path("kind").stringValue() : "";
    String length = expiry.path("length").isString() ? expiry.path("length").stringValue() : "";
    if (kind.equals("rolling") || kind.equals("fixed")) {
      for (String key : List.of("length", "start")) {
        if (expiry.path(key).isMissingNode()) {
          source.problem("/expiry", "expiry." + key + ": missing; kind " + kind + " needs it");
        }
      }
    }
    checkYearEnd(source, expiry, kind, length);
    if (kind.equals("fixed") && length.endsWith("d")) {
      source.problem(
          "/expiry/length",
          "expiry.length: "
              + length
              + " has no calendar end; kind fixed takes months or years such as 1m or 1y");
    }
  }

  private static void checkYearEnd(YamlSource source, JsonNode expiry, String kind, String length) {
    String day = expiry.path("day").isString() ? expiry.path("day").stringValue() : "";
    if (day.isEmpty()) return;
    if (!kind.equals("fixed") || !length.endsWith("y"))
      source.problem("/expiry/day", "expiry.day: ends years of kind fixed only, such as length 1y");
    try {
      if (day.length() == 5) MonthDay.parse("--" + day);
    } catch (DateTimeException e) {
      source.problem("/expiry/day", "expiry.day: " + day + " is no day of the year");
    }
    if (day.equals("02-29"))
      source.problem("/expiry/day", "expiry.day: 02-29 is not in every year; say 02-28");
  }

  private Program program(
      YamlSource yaml, String text, byte[] bytes, Rates rates, Redeem redeem, Tiers tiers) {
    JsonNode root = yaml.root();
    JsonNode earn = root.path("earn");
    JsonNode expiry = root.path("expiry");
    return new Program(
        root.path("program").stringValue(),
        root.path("version").intValue(),
        dateOf(root.path("effective_from").stringValue()),
        new Program.Earn(
            earn.path("per_fen").longValue(),
            earn.path("points").longValue(),
            PinnedRule.Mode.valueOf(upper(earn.path("mode"))),
            PinnedRule.Rounding.valueOf(upper(earn.path("rounding"))),
            Program.Scope.valueOf(upper(earn.path("scope")))),
        hold(root.path("hold")),
        expiry(expiry),
        new Program.Debt(
            root.has("debt")
                ? Program.DebtPolicy.valueOf(upper(root.path("debt").path("policy")))
                : Program.DebtPolicy.ALLOW),
        new Program.Returns(
            root.has("returns")
                ? Program.Unlinked.valueOf(upper(root.path("returns").path("unlinked")))
                : Program.Unlinked.CLAWBACK,
            root.path("returns").path("match_days").asInt(90)),
        new Program.Claim(root.has("claim") ? root.path("claim").path("days").intValue() : 90),
        rates,
        tiers,
        pointFen(root),
        redeem,
        limits(root),
        lists.source(file, text, bytes, yaml.line("/version"), yaml.line("/effective_from")));
  }

  private static Program.Hold hold(JsonNode node) {
    var byType = new TreeMap<String, Integer>();
    JsonNode types = node.path("by_order_type");
    for (String type : types.propertyNames()) byType.put(type, types.get(type).intValue());
    return new Program.Hold(
        node.path("days").intValue(),
        Program.HoldFrom.valueOf(upper(node.path("from"))),
        Map.copyOf(byType));
  }

  private static Program.Limits limits(JsonNode root) {
    JsonNode adjust = root.path("limits").path("adjust").path("points");
    JsonNode transfer = root.path("limits").path("transfer");
    JsonNode velocity = root.path("limits").path("velocity");
    JsonNode frozen = root.path("frozen");
    return new Program.Limits(
        number(adjust),
        new Program.Transfers(
            number(transfer.path("per_month")),
            number(transfer.path("points")),
            transfer.path("min_age_days").asInt(0)),
        new Program.Velocity(
            number(velocity.path("redeem_per_day")), number(velocity.path("transfer_in_per_day"))),
        new Program.Frozen(
            frozen.path("earn").asBoolean(true), frozen.path("expire").asBoolean(true)));
  }

  private static Long number(JsonNode node) {
    return node.isIntegralNumber() ? node.longValue() : null;
  }

  private static Rational pointFen(JsonNode root) {
    return root.has("point") ? Rational.parse(root.path("point").path("fen").asString()) : null;
  }

  private static Program.Expiry expiry(JsonNode node) {
    Program.ExpiryKind kind = Program.ExpiryKind.valueOf(upper(node.path("kind")));
    if (kind == Program.ExpiryKind.NEVER) return new Program.Expiry(kind, 0, null);
    String length = node.path("length").stringValue();
    Program.ExpiryUnit unit =
        switch (length.charAt(length.length() - 1)) {
          case 'd' -> Program.ExpiryUnit.DAY;
          case 'm' -> Program.ExpiryUnit.MONTH;
          default -> Program.ExpiryUnit.YEAR;
        };
    return new Program.Expiry(
        kind,
        Integer.parseInt(length.substring(0, length.length() - 1)),
        unit,
        Program.ExpiryStart.valueOf(upper(node.path("start"))),
        node.has("day") ? MonthDay.parse("--" + node.path("day").stringValue()) : null);
  }

  private static String upper(JsonNode node) {
    return node.stringValue().toUpperCase(Locale.ROOT);
  }

  private static LocalDate dateOf(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
