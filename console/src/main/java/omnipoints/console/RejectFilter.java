package omnipoints.console;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import omnipoints.books.Quarantine;
import omnipoints.jobs.quarantine.Reject;
import picocli.CommandLine.Model.CommandSpec;

/** Which rejects a verb of {@code quarantine} is about, as the command line says. */
final class RejectFilter {
  private static final Set<String> STATES = Set.of("OPEN", "REPLAYED", "WAIVED");

  private RejectFilter() {}

  static void declare(CommandSpec spec, Words words) {
    spec.addOption(CommandTree.option(words, "--reason", "REASON"));
    spec.addOption(CommandTree.option(words, "--channel", "CODE", "of-channel"));
  }

  /** Also by file and state. */
  static void declareAll(CommandSpec spec, Words words) {
    declare(spec, words);
    spec.addOption(CommandTree.option(words, "--file", "FILE", "of-file"));
    spec.addOption(CommandTree.option(words, "--state", "STATE"));
  }

  /** The filters of a list. */
  static Quarantine.Filter of(Call call) {
    return new Quarantine.Filter(
        call.has("--all") && !call.has("--state"),
        state(call),
        text(call, "--reason"),
        text(call, "--channel"),
        text(call, "--file"));
  }

  private static String state(Call call) {
    String state = call.has("--state") ? call.value("--state") : "OPEN";
    if (STATES.contains(state)) return state;
    throw call.usage("quarantine.state", state);
  }

  static String text(Call call, String option) {
    String text = call.value(option);
    return text == null ? "" : text;
  }

  /** The ids named, or all open rejects the filters choose; a command without either is refused. */
  static Reject.Selection selection(Call call, String... everything) {
    List<String> ids = call.operands();
    boolean filtered = call.has("--reason");
    for (String option : everything) filtered |= call.has(option);
    if (ids.isEmpty() == !filtered) throw call.usage("quarantine.which");
    if (!ids.isEmpty() && call.has("--channel"))
      throw call.usage("usage.either", "ID", "--channel");
    return ids.isEmpty()
        ? Reject.Selection.open(text(call, "--reason"), text(call, "--channel"), "")
        : Reject.Selection.of(new LinkedHashSet<>(ids));
  }

  /** Who acts: {@code --by}, else the user of the operating system. */
  static String actor(Call call) {
    String by = call.value("--by");
    return by == null ? System.getProperty("user.name", "unknown") : by;
  }
}
