package omnipoints.console;

import java.util.List;
import omnipoints.points.Program;
import omnipoints.points.ProgramLint;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code program lint [NAME]}: what the newest version of a programme costs, and what is legal of
 * it and probably not meant. Errors are refused by reading it, exit 2. Needs no database.
 */
final class ProgramLintVerb implements Verb {

  @Override
  public String name() {
    return "program lint";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "NAME", false, "programme"));
  }

  private record Told(
      String program, int version, List<LintFinding> findings, List<Rebate> rebates) {}

  private record Rebate(String tier, String stack, String rebate) {}

  @Override
  public Answer answer(Call call) {
    List<Program> versions = HomeProgramme.of(call, call.operand(0)).versions();
    Program newest = versions.get(versions.size() - 1);
    ProgramLint lint = ProgramLint.of(newest);
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
                .toList());
    return Answer.of(told, page -> print(page, newest, lint));
  }

  private static void print(Page page, Program version, ProgramLint lint) {
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
