package omnipoints.console;

import java.util.ArrayList;
import java.util.List;
import omnipoints.jobs.Home;
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
    try {
      return Programs.load(asked, home == null ? null : home.programs());
    } catch (ProgramRefused e) {
      List<String> next = new ArrayList<>();
      for (String file : e.files()) next.add(call.words().say("program.edit", file));
      throw new Refusal(Exit.USAGE, "PROGRAMME_REFUSED", e.getMessage(), next);
    }
  }
}
