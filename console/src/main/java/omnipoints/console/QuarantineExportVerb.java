package omnipoints.console;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.List;
import omnipoints.jobs.Home;
import omnipoints.jobs.quarantine.Reject;
import omnipoints.jobs.quarantine.RejectSheet;
import omnipoints.sql.Database;
import picocli.CommandLine.Model.CommandSpec;

/** {@code quarantine export --out FILE.csv}: open rejects as a table for a spreadsheet. */
final class QuarantineExportVerb implements Verb {
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  @Override
  public String name() {
    return "quarantine export";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operands(words, "IDS"));
    RejectFilter.declare(spec, words);
    spec.addOption(CommandTree.option(words, "--file", "FILE", "of-file"));
    spec.addOption(CommandTree.option(words, "--out", "FILE"));
  }

  private record Told(String file, int rows, List<String> next) {}

  @Override
  public Answer answer(Call call) throws IOException {
    String name = call.value("--out");
    if (name == null) throw call.usage("quarantine.out");
    Path out = call.around().directory().resolve(name);
    if (Files.exists(out))
      throw call.refused(
          "FILE_EXISTS",
          List.of(call.command("quarantine", "export", "--out", name + ".2.csv")),
          "quarantine.out.exists",
          out);
    Home home = Home.open(call.home());
    int rows;
    try (Database database = Databases.openToWrite(home)) {
      rows = write(home, database, selection(call), out);
    }
    List<String> next = List.of(call.command("quarantine", "import", name, "--dry-run"));
    Told told = new Told(out.toString(), rows, next);
    return Answer.of(told, page -> page.say("quarantine.exported", rows, out).next(next));
  }

  private static int write(Home home, Database database, Reject.Selection selection, Path out)
      throws IOException {
    Path part = out.resolveSibling(out.getFileName() + ".part");
    try {
      int rows;
      // A faulty cell may be somebody's phone number.
      Files.createFile(part, OWNER_ONLY);
      try (OutputStream bytes = Files.newOutputStream(part)) {
        rows = RejectSheet.write(home, database, selection, bytes);
      }
      Files.move(part, out, StandardCopyOption.ATOMIC_MOVE);
      return rows;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static Reject.Selection selection(Call call) {
    return call.operands().isEmpty()
        ? Reject.Selection.open(
            RejectFilter.text(call, "--reason"),
            RejectFilter.text(call, "--channel"),
            RejectFilter.text(call, "--file"))
        : Reject.Selection.of(new LinkedHashSet<>(call.operands()));
  }
}
