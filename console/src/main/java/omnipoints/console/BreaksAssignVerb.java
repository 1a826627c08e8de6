package omnipoints.console;

import java.time.LocalDate;
import java.util.List;
import omnipoints.jobs.BreakDecision;
import omnipoints.jobs.Home;
import omnipoints.sql.Database;
import picocli.CommandLine.Model.CommandSpec;

/** {@code breaks assign ID --to NAME [--due D]}: who looks after a break, until when. */
final class BreaksAssignVerb implements Verb {
  @Override
  public String name() {
    return "breaks assign";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "ID", true));
    spec.addOption(CommandTree.option(words, "--to", "NAME", "assign.to"));
    spec.addOption(CommandTree.option(words, "--due", "DATE"));
    spec.addOption(CommandTree.option(words, "--because", "TEXT"));
    spec.addOption(CommandTree.option(words, "--by", "NAME"));
  }

  private record Told(String id, String owner, LocalDate dueOn, List<String> next) {}

  @Override
  public Answer answer(Call call) {
    String to = call.value("--to");
    if (to == null || to.isBlank()) throw call.usage("breaks.assign");
    LocalDate due = call.date("--due");
    String id = call.operand(0);
    Home home = Home.open(call.home());
    try (Database database = Databases.openToWrite(home)) {
      BreakDecision.assign(
          database,
          call.around().clock(),
          id,
          to.strip(),
          due,
          RejectFilter.actor(call),
          RejectFilter.text(call, "--because").strip());
    }
    List<String> next =
        List.of(
            call.command("breaks", "show", id),
            call.command("breaks", "list", "--owner", to.strip()));
    return Answer.of(
        new Told(id, to.strip(), due, next),
        page ->
            page.say(due == null ? "breaks.assigned" : "breaks.assigned.due", id, to.strip(), due)
                .next(next));
  }
}
