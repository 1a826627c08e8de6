package omnipoints.console;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import omnipoints.jobs.Home;
import omnipoints.jobs.ProgramDiff;
import omnipoints.points.Programme;
import omnipoints.sql.Database;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code program diff A B --from DATE --to DATE}: what the orders of some time would be worth under
 * two programmes, who gains and who loses. Writes nothing.
 */
final class ProgramDiffVerb implements Verb {

  @Override
  public String name() {
    return "program diff";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operands(words, "A_B"));
    spec.addOption(CommandTree.option(words, "--from", "DATE", "diff_from"));
    spec.addOption(CommandTree.option(words, "--to", "DATE", "diff_to"));
  }

  private record Told(String programA, String programB, ProgramDiff diff) {}

  @Override
  public Answer answer(Call call) throws SQLException {
    List<String> asked = call.operands();
    if (asked.size() != 2) throw call.usage("diff.two");
    LocalDate from = call.date("--from");
    LocalDate to = call.date("--to");
    if (from == null || to == null || to.isBefore(from)) throw call.usage("diff.time");
    Home home = Home.open(call.home());
    Programme a = HomeProgramme.version(call, home, asked.get(0), from);
    Programme b = HomeProgramme.version(call, home, asked.get(1), from);
    HomeBooks.open(call).close();
    try (Database database = Databases.open(home)) {
      ProgramDiff diff = ProgramDiff.of(home, database, a, b, from, to);
      if (diff == null) throw HomeBooks.noNight(call);
      return Answer.of(
          new Told(asked.get(0), asked.get(1), diff),
          page -> print(page, asked.get(0), asked.get(1), diff));
    }
  }

  private static void print(Page page, String a, String b, ProgramDiff diff) {
    page.say("diff.head", diff.orders(), diff.from(), diff.to(), diff.night());
    Words words = page.words();
    TextTable sides = words.table("program", ">points", ">cost");
    sides.row("A " + a, diff.a().points(), yuan(diff.a().costFen()));
    sides.row("B " + b, diff.b().points(), yuan(diff.b().costFen()));
    page.table(null, sides);
    page.say("diff.members", diff.gaining(), diff.losing(), diff.same());
    TextTable bands = words.table("difference", ">members", ">points");
    for (ProgramDiff.Band band : diff.bands()) bands.row(band(band), band.members(), band.points());
    page.table("diff.bands", bands);
    TextTable examples = words.table("order", "channel", "shop", "member", ">a", ">b");
    for (ProgramDiff.Example one : diff.examples())
      examples.row(one.orderNo(), one.channel(), one.shop(), one.memberId(), one.a(), one.b());
    if (!diff.examples().isEmpty()) page.table("diff.examples", examples);
    page.blank().say("diff.left");
  }

  private static String yuan(Long fen) {
    return fen == null ? "-" : BigDecimal.valueOf(fen, 2).toPlainString();
  }

  private static String band(ProgramDiff.Band band) {
    if (band.least() == null) return "<= " + band.most();
    if (band.most() == null) return ">= " + band.least();
    return band.least().equals(band.most())
        ? band.least().toString()
        : band.least() + " … " + band.most();
  }
}
