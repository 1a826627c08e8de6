package omnipoints.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import omnipoints.jobs.Home;
import omnipoints.points.Program;
import omnipoints.points.ProgramRefused;
import omnipoints.points.Programme;
import omnipoints.points.Programs;

/** The programme a call asks about, read from its files only. */
final class HomeProgramme {
  private HomeProgramme() {}

  /**
   * Reads a programme: that of the home's settings, or another one of the home or shipped. Without
   * a home the shipped ones can be asked.
   *
   * @param name null: that of the settings, base where there is no home
   * @throws Refusal exit 2 with every problem, when a file cannot be trusted
   */
  static Programme of(Call call, String name) {
    Home home = ChannelCheckVerb.homeIfAny(call);
    String asked = name != null ? name : home == null ? "base" : home.config().programme();
    return read(call, () -> Programs.load(asked, home == null ? null : home.programs()));
  }

  /**
   * Reads what is compared: {@code NAME}, its versions side by side; {@code NAME@VERSION}, that one
   * alone; a file {@code ….yaml} that is a version. What is one alone is in force from a date on.
   *
   * @throws Refusal exit 2 with every problem, when a file cannot be trusted, or there is no such
   *     version
   */
  static Programme version(Call call, Home home, String asked, LocalDate since) {
    if (asked.endsWith(".yaml")) {
      Path file = call.around().directory().resolve(asked);
      if (!Files.isRegularFile(file)) throw call.usage("file.missing", file);
      return alone(read(call, () -> Programs.draft(file, home.programs())), since);
    }
    String[] part = asked.split("@", 2);
    Programme all = of(call, part[0]);
    if (part.length == 1) return all;
    for (Program version : all.versions())
      if (Integer.toString(version.version()).equals(part[1])) return alone(version, since);
    throw call.usage("diff.noversion", part[0], part[1]);
  }

  private static Programme alone(Program version, LocalDate since) {
    return new Programme(version.name(), List.of(version.since(since)));
  }

  private static <T> T read(Call call, Supplier<T> files) {
    try {
      return files.get();
    } catch (ProgramRefused e) {
      List<String> next = new ArrayList<>();
      for (String file : e.files()) next.add(call.words().say("program.edit", file));
      throw new Refusal(
          Exit.USAGE,
          "PROGRAMME_REFUSED",
          e.getMessage(),
          next,
          e.problems().stream().map(LintFinding::error).toList());
    }
  }
}
