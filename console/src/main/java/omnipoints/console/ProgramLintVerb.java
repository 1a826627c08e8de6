package omnipoints.console;

import java.math.BigDecimal;
import java.util.List;
import omnipoints.points.Program;
import omnipoints.points.ProgramLint;
import omnipoints.points.StoredValueCost;
import omnipoints.points.rules.Rational;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code program lint [NAME]}: what the newest version of a programme costs, and what is legal of
 * it and probably not meant. Errors are refused by reading it, exit 2. Needs no database.
 *
 * <p>{@code --paid-in YUAN} and {@code --redeemed 4/5} ask what top-ups cost.
 */
final class ProgramLintVerb implements Verb {

  @Override
  public String name() {
    return "program lint";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "NAME", false, "programme"));
    spec.addOption(CommandTree.option(words, "--paid-in", "YUAN"));
    spec.addOption(CommandTree.option(words, "--redeemed", "SHARE"));
  }

  private record Told(
      String program,
      int version,
      List<LintFinding> findings,
      List<Rebate> rebates,
      List<StoredValue> storedValue) {}

  private record StoredValue(
      String rule, long paidInFen, long points, String costFen, String expectedFen, String share) {}

  private record Rebate(String tier, String stack, String rebate) {}

  @Override
  public Answer answer(Call call) {
    List<Program> versions = HomeProgramme.of(call, call.operand(0)).versions();
    Program newest = versions.get(versions.size() - 1);
    ProgramLint lint = ProgramLint.of(newest);
    List<StoredValueCost> costs = StoredValueCost.of(newest, paidInFen(call), redeemed(call));
    Words words = call.words();
    Told told =
        new Told(
            newest.name(),
            newest.version(),
            lint.findings().stream()
                .map(
                    found ->
                        new LintFinding(
                            "WARNING",
                            found.code(),
                            found.rule(),
                            found.number().toString(),
                            words.say(found.said()),
                            found.line()))
                .toList(),
            lint.rebates().stream()
                .map(r -> new Rebate(r.tier(), r.stack(), r.rebate().toString()))
                .toList(),
            costs.stream()
                .map(
                    cost ->
                        new StoredValue(
                            cost.rule().id(),
                            cost.paidInFen(),
                            cost.points(),
                            cost.costFen().toString(),
                            cost.expectedFen().toString(),
                            cost.share().toString()))
                .toList());
    return Answer.of(told, page -> print(page, newest, lint, costs));
  }

  private static Long paidInFen(Call call) {
    if (!call.has("--paid-in")) return null;
    String yuan = call.value("--paid-in");
    if (!yuan.matches("\\d{1,12}(\\.\\d{1,2})?")) throw call.usage("program.paid_in", yuan);
    long fen = new BigDecimal(yuan).movePointRight(2).longValueExact();
    if (fen == 0) throw call.usage("program.paid_in", yuan);
    return fen;
  }

  private static Rational redeemed(Call call) {
    if (!call.has("--redeemed")) return Rational.ONE;
    String share = call.value("--redeemed");
    try {
      Rational redeemed = Rational.parse(share);
      if (redeemed.compareTo(Rational.ONE) <= 0) return redeemed;
    } catch (IllegalArgumentException | ArithmeticException e) {
      // told below
    }
    throw call.usage("program.redeemed", share);
  }

  private static String yuan(Rational fen) {
    return fen.times(Rational.of(1, 100)).decimal();
  }

  private static void print(
      Page page, Program version, ProgramLint lint, List<StoredValueCost> costs) {
    page.say("program.head", version.name(), version.version(), version.effectiveFrom());
    Words words = page.words();
    TextTable rebates = words.table("tier", "stack", ">rebate");
    for (ProgramLint.Rebate rebate : lint.rebates())
      rebates.row(
          rebate.tier().isEmpty() ? "-" : rebate.tier(),
          words.say("program.stack." + rebate.stack()),
          ProgramLint.percent(rebate.rebate()));
    if (lint.rebates().isEmpty()) page.say("program.worth");
    else page.table("program.rebates", rebates);
    TextTable paidIn =
        words.table("rule", ">paid_in", ">points", ">points_cost", ">expected_cost", ">cost_share");
    for (StoredValueCost cost : costs)
      paidIn.row(
          cost.rule().id(),
          yuan(Rational.of(cost.paidInFen())),
          cost.points(),
          yuan(cost.costFen()),
          yuan(cost.expectedFen()),
          ProgramLint.percent(cost.share()));
    if (!costs.isEmpty()) page.table("program.stored", paidIn);
    if (lint.findings().isEmpty()) page.blank().say("program.clean");
    page.list(
        "program.findings",
        lint.findings().stream()
            .map(
                found ->
                    version.source().file()
                        + ":"
                        + found.line()
                        + ": "
                        + found.code()
                        + (found.rule().isEmpty() ? "" : " " + found.rule())
                        + ": "
                        + words.say(found.said()))
            .toList());
  }
}
