package omnipoints.jobs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import omnipoints.mappings.Channels;
import omnipoints.mappings.SetupFailed;
import omnipoints.points.Program;
import omnipoints.points.ProgramRefused;
import omnipoints.points.Programs;

/** What a home's nights are run with, checked as a whole: every problem is told at once. */
record Setup(Channels channels, Program program) {

  /**
   * @throws NightRefused exit 2 with all problems of mappings, programme and channels
   */
  static Setup load(Home home) {
    var mappings = new TreeMap<String, String>();
    home.config().channels().forEach((code, channel) -> mappings.put(code, channel.mappings()));
    List<String> problems = problems(home.dir(), home.config().programme(), mappings);
    if (!problems.isEmpty())
      throw HomeConfig.setupRefused(home.dir().resolve("omnipoints.yaml"), problems);
    return new Setup(
        Channels.load(home.mappings()), Programs.load(home.config().programme(), home.programs()));
  }

  /**
   * @param mappings the mapping that each configured channel names
   */
  static List<String> problems(Path home, String programme, Map<String, String> mappings) {
    var problems = new ArrayList<String>();
    try {
      Channels channels = Channels.load(home.resolve("mappings"));
      mappings.forEach(
          (code, mapping) -> {
            if (channels.codes().contains(mapping)) return;
            problems.add(
                "channels."
                    + code
                    + ": there is no mapping '"
                    + mapping
                    + "'; there are "
                    + channels.codes());
          });
    } catch (SetupFailed e) {
      problems.add(e.getMessage());
    }
    try {
      Programs.load(programme, home.resolve("programs"));
    } catch (ProgramRefused e) {
      problems.add("programme: " + e.getMessage());
    }
    return problems;
  }
}
