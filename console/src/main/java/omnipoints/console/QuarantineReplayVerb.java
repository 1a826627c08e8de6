package omnipoints.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import omnipoints.jobs.Home;
import omnipoints.jobs.quarantine.FileReplay;
import omnipoints.jobs.quarantine.Reject;
import omnipoints.jobs.quarantine.RejectSheet;
import omnipoints.jobs.quarantine.Replay;
import omnipoints.jobs.quarantine.ReplayRequest;
import omnipoints.jobs.quarantine.ReplayRequest.Edit;
import omnipoints.sql.Database;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code quarantine replay}: rejected rows, or a file refused whole, are read again by the next
 * night that collects.
 */
final class QuarantineReplayVerb implements Verb {
  @Override
  public String name() {
    return "quarantine replay";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operands(words, "IDS"));
    RejectFilter.declare(spec, words);
    spec.addOption(CommandTree.flag(words, "--all", "all-open"));
    spec.addOption(CommandTree.options(words, "--set", "COLUMN=VALUE"));
    spec.addOption(CommandTree.option(words, "--import", "FILE"));
    spec.addOption(CommandTree.option(words, "--file", "SHA256", "refused-file"));
    declareActing(spec, words);
  }

  static void declareActing(CommandSpec spec, Words words) {
    spec.addOption(CommandTree.option(words, "--because", "TEXT"));
    spec.addOption(CommandTree.option(words, "--by", "NAME"));
    spec.addOption(CommandTree.flag(words, "--dry-run"));
    spec.addOption(CommandTree.flag(words, "--force"));
  }

  @Override
  public Answer answer(Call call) throws IOException {
    boolean others = !call.operands().isEmpty() || call.has("--reason") || call.has("--all");
    if (call.has("--file")) {
      if (others || call.has("--set") || call.has("--import"))
        throw call.usage("quarantine.file.alone");
      return file(call);
    }
    if (call.has("--import")) {
      if (others || call.has("--set")) throw call.usage("quarantine.import.alone");
      return sheet(call, call.value("--import"));
    }
    Reject.Selection selection = RejectFilter.selection(call, "--all");
    Map<String, Map<String, Edit>> edits = Map.of();
    if (call.has("--set")) {
      if (call.operands().size() != 1) throw call.usage("quarantine.set.one");
      edits = Map.of(call.operands().get(0), edits(call));
    }
    Home home = Home.open(call.home());
    try (Database database = Databases.openToWrite(home)) {
      return answer(call, home, database, new ReplayRequest(selection, edits, call.has("--force")));
    }
  }

  /** What an edited sheet asks for, with the same answer as the verb itself. */
  static Answer sheet(Call call, String file) {
    Path sheet = call.around().directory().resolve(file);
    if (!Files.isRegularFile(sheet)) throw call.usage("file.missing", sheet);
    Home home = Home.open(call.home());
    try (Database database = Databases.openToWrite(home)) {
      return answer(
          call, home, database, RejectSheet.read(home, database, sheet, call.has("--force")));
    }
  }

  private static Answer answer(Call call, Home home, Database database, ReplayRequest request) {
    Replay replay = Replay.plan(home, database, request);
    boolean dry = call.has("--dry-run");
    if (!dry)
      replay.register(
          database,
          call.around().clock().instant(),
          RejectFilter.actor(call),
          RejectFilter.text(call, "--because"));
    return ReplayAnswer.of(call, replay, dry, home.config().zone());
  }

  private static Answer file(Call call) {
    Home home = Home.open(call.home());
    String sha256 = call.value("--file");
    if (!sha256.matches("[0-9a-f]{64}")) throw call.usage("quarantine.file.which", sha256);
    try (Database database = Databases.openToWrite(home)) {
      FileReplay replay = FileReplay.plan(home, database, sha256);
      boolean dry = call.has("--dry-run");
      if (!dry)
        replay.register(
            database,
            call.around().clock().instant(),
            RejectFilter.actor(call),
            RejectFilter.text(call, "--because"),
            call.has("--force"));
      return ReplayAnswer.of(call, replay, dry);
    }
  }

  /** {@code COLUMN=VALUE}; the value {@code -} is read from standard input, one line each. */
  private static Map<String, Edit> edits(Call call) throws IOException {
    Map<String, Edit> edits = new LinkedHashMap<>();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(call.around().in(), StandardCharsets.UTF_8));
    for (String set : call.values("--set")) {
      int equals = set.indexOf('=');
      if (equals <= 0) throw call.usage("quarantine.set", set);
      String column = set.substring(0, equals);
      String value = set.substring(equals + 1);
      Edit edit = new Edit(value, true);
      if (value.equals("-")) {
        String line = in.readLine();
        if (line == null) throw call.usage("quarantine.set.stdin", column);
        edit = new Edit(line, false);
      }
      if (edits.put(column, edit) != null) throw call.usage("usage.twice", "--set " + column);
    }
    return edits;
  }
}
