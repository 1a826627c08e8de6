package omnipoints.bench;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The words of the command line. */
record Options(
    Sizes sizes,
    Path dir,
    List<String> launcher,
    boolean product,
    boolean script,
    Path bench,
    Path rules,
    Path report) {

  static final String USAGE =
      """
      bench/run [OPTIONS]: one night of the product beside the script with the same duties

        --lines N       new order lines a night, each earns (10000)
        --members N     buyers known before (lines × 0.3)
        --lots N        lots before the first measured night (lines × 3)
        --expiring N    lots that expire a night (lines × 0.03)
        --redemptions N requests to redeem a night, 2 of 100 cancelled the night after (0); the script
                        knows no redemptions: with --only product
        --rules FILE    the product a second time, under the programme of FILE, in the same run
        --history N     nights run before the measured ones, besides those that make the lots (1)
        --nights N      nights measured, one after the other (1)
        --seed N        (1)
        --start DATE    business date of night 0 (2025-06-10)
        --dir DIR       where data, home and the script's database lie (bench/target/bench);
                        one that holds nights of the same sizes and seed is gone on with
        --product CMD   the launcher to measure (./omnipoints)
        --only SIDE     product or script alone; the script is compared when the product was there before
        --bench DIR     where script/ and compare/ lie (bench)
        --report FILE   also write the report there, e.g. docs/performance.md
      """;

  static Options parse(String... words) {
    long lines = 10_000;
    long members = -1;
    long lots = -1;
    long expiring = -1;
    long redemptions = 0;
    int history = 1;
    int nights = 1;
    long seed = 1;
    LocalDate start = LocalDate.of(2025, 6, 10);
    Path dir = Path.of("bench/target/bench");
    List<String> product = List.of("./omnipoints");
    String only = "both";
    Path bench = Path.of("bench");
    Path rules = null;
    Path report = null;
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < words.length; i++) {
      String word = words[i];
      if (i + 1 == words.length) {
        wrong.add(word);
        break;
      }
      String value = words[++i];
      switch (word) {
        case "--lines" -> lines = number(value);
        case "--members" -> members = number(value);
        case "--lots" -> lots = number(value);
        case "--expiring" -> expiring = number(value);
        case "--redemptions" -> redemptions = number(value);
        case "--history" -> history = (int) number(value);
        case "--nights" -> nights = (int) number(value);
        case "--seed" -> seed = number(value);
        case "--start" -> start = LocalDate.parse(value);
        case "--dir" -> dir = Path.of(value);
        case "--product" -> product = List.of(value.split(" "));
        case "--only" -> only = value;
        case "--bench" -> bench = Path.of(value);
        case "--rules" -> rules = Path.of(value);
        case "--report" -> report = Path.of(value);
        default -> wrong.add(word);
      }
    }
    if (!wrong.isEmpty())
      throw new IllegalArgumentException("unknown or without a value: " + wrong + "\n" + USAGE);
    Sizes sizes =
        new Sizes(
            seed,
            lines,
            members < 0 ? Math.max(10, lines * 3 / 10) : members,
            lots < 0 ? lines * 3 : lots,
            expiring < 0 ? lines * 3 / 100 : expiring,
            history,
            nights,
            start,
            redemptions);
    if (redemptions > 0 && !only.equals("product"))
      throw new IllegalArgumentException("--redemptions goes with --only product\n" + USAGE);
    return new Options(
        sizes,
        dir.toAbsolutePath().normalize(),
        product,
        !only.equals("script"),
        !only.equals("product"),
        bench,
        rules,
        report);
  }

  /** The heading of the report, so that in one file each kind of night keeps its own part. */
  String title() {
    if (rules != null) return "# What rules cost";
    if (sizes.redemptions() > 0) return "# A night in which members redeem";
    return "# How fast a night is";
  }

  /** The sizes as words of the command line. */
  String words() {
    return String.join(
            " ",
            "--lines " + sizes.lines(),
            "--members " + sizes.members(),
            "--lots " + sizes.lots(),
            "--expiring " + sizes.expiring(),
            "--history " + sizes.history(),
            "--nights " + sizes.nights(),
            "--redemptions " + sizes.redemptions(),
            "--seed " + sizes.seed())
        + (rules == null ? "" : " --rules " + rules);
  }

  private static long number(String value) {
    return Long.parseLong(value.replace("_", ""));
  }
}
