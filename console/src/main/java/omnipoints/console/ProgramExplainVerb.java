package omnipoints.console;

import java.time.LocalDate;
import java.util.List;
import omnipoints.points.Program;
import omnipoints.points.ProgramText;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code program explain [NAME]}: the rules of every version as sentences for members and as a
 * table for staff. Needs no database.
 */
final class ProgramExplainVerb implements Verb {

  @Override
  public String name() {
    return "program explain";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "NAME", false, "programme"));
  }

  private record Told(String program, List<Version> versions) {}

  private record Version(
      int version,
      LocalDate effectiveFrom,
      String file,
      List<String> sentences,
      List<RuleRow> rules) {}

  private record RuleRow(String id, String group, int line, String sentence) {}

  @Override
  public Answer answer(Call call) {
    List<Program> versions = HomeProgramme.of(call, call.operand(0)).versions();
    Words words = call.words();
    Told told =
        new Told(
            versions.get(0).name(),
            versions.stream().map(version -> version(version, words)).toList());
    return Answer.of(
        told,
        page -> {
          for (Version version : told.versions()) print(page, told.program(), version);
        });
  }

  private static Version version(Program version, Words words) {
    ProgramText text = ProgramText.of(version);
    return new Version(
        version.version(),
        version.effectiveFrom(),
        version.source().file(),
        text.sentences().stream().map(words::say).toList(),
        text.rules().stream()
            .map(rule -> new RuleRow(rule.id(), rule.group(), rule.line(), words.say(rule.said())))
            .toList());
  }

  private static void print(Page page, String program, Version version) {
    page.say("program.head", program, version.version(), version.effectiveFrom());
    page.blank();
    version.sentences().forEach(page::sentence);
    TextTable rules = page.words().table("rule", "group", "meaning", "line");
    for (RuleRow rule : version.rules())
      rules.row(rule.id(), rule.group(), rule.sentence(), version.file() + ":" + rule.line());
    if (!version.rules().isEmpty()) page.table("program.rules", rules);
    page.blank();
  }
}
