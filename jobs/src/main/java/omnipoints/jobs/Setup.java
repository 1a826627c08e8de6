package omnipoints.jobs;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import omnipoints.files.yaml.SetupFailed;
import omnipoints.jobs.HomeConfig.PointsConfig;
import omnipoints.mappings.Channel;
import omnipoints.mappings.Channels;
import omnipoints.mappings.Grain;
import omnipoints.points.ProgramRefused;
import omnipoints.points.Programme;
import omnipoints.points.Programs;
import omnipoints.routes.alert.Chat;

/** What a home's nights are run with, checked as a whole: every problem is told at once. */
public record Setup(Channels channels, Programme programme) {

  /**
   * @throws NightRefused exit 2 with all problems of mappings, programme and channels
   */
  public static Setup load(Home home) {
    var mappings = new TreeMap<String, String>();
    home.config().channels().forEach((code, channel) -> mappings.put(code, channel.mappings()));
    var problems = new SetupProblems();
    Setup setup = check(home.dir(), home.config().programme(), mappings, comparing(home), problems);
    if (problems.isEmpty()) documents(home, setup.channels, problems);
    if (problems.isEmpty()) statements(home, setup.channels, problems);
    home.config().alerts().forEach((name, of) -> reachable(home, name, of, problems));
    if (!problems.isEmpty()) throw problems.refusal();
    return setup;
  }

  /** Channels whose settings say something about the platform's points. */
  private static Set<String> comparing(Home home) {
    var comparing = new TreeSet<String>();
    home.config()
        .channels()
        .forEach(
            (code, channel) -> {
              if (!channel.points().equals(PointsConfig.NONE)) comparing.add(code);
            });
    return comparing;
  }

  /** A document that no mapping describes can be delivered by nobody. */
  private static void documents(Home home, Channels channels, SetupProblems problems) {
    Map<String, Set<String>> named = home.config().documents().named();
    if (named.isEmpty()) return;
    Set<String> known =
        channels.channel(DocumentFolders.PROGRAM).documents().stream()
            .map(document -> document.name())
            .collect(Collectors.toCollection(TreeSet::new));
    String settings = home.dir().resolve("omnipoints.yaml").toString();
    named.forEach(
        (folder, documents) ->
            documents.stream()
                .filter(document -> !known.contains(document))
                .forEach(
                    document ->
                        problems.add(
                            settings,
                            settings
                                + ": documents."
                                + folder
                                + ": there is no document '"
                                + document
                                + "'; there are "
                                + known)));
  }

  /**
   * Platforms write statements after the night they are about: a night that waited would not end.
   */
  private static void statements(Home home, Channels channels, SetupProblems problems) {
    String settings = home.dir().resolve("omnipoints.yaml").toString();
    home.config()
        .channels()
        .forEach(
            (code, channel) ->
                channel.expected().stream()
                    .filter(one -> one.deadline() != null)
                    .map(Expected::document)
                    .filter(one -> isStatement(channels.channel(channel.mappings()), one))
                    .forEach(
                        one ->
                            problems.add(
                                settings,
                                settings
                                    + ": channels."
                                    + code
                                    + ".expected: "
                                    + one
                                    + " is a statement of money, which comes after its night: no night waits"
                                    + " for it; leave its deadline out, settled_within_days says how late it"
                                    + " may be")));
  }

  private static boolean isStatement(Channel channel, String document) {
    return channel.documents().stream()
        .anyMatch(one -> one.name().equals(document) && one.grain() == Grain.SETTLEMENT);
  }

  /** Whoever is to be told is known before there is something to tell. */
  private static void reachable(Home home, String name, AlertConfig of, SetupProblems problems) {
    try {
      Chat.of(home.secrets(), name, of.kind());
    } catch (IllegalArgumentException e) {
      String file = home.secrets().resolve("alert-" + name + ".json").toString();
      problems.add(file, "alerts." + name + ": " + e.getMessage());
    }
  }

  private static boolean statesBalances(Channel channel) {
    return channel.documents().stream().anyMatch(d -> d.grain() == Grain.BALANCE);
  }

  /**
   * @param mappings the mapping that each configured channel names
   * @param comparing channels whose settings need a document of balances
   * @return what was read; null where problems forbid to use it
   */
  static Setup check(
      Path home,
      String programme,
      Map<String, String> mappings,
      Set<String> comparing,
      SetupProblems problems) {
    String settings = home.resolve("omnipoints.yaml").toString();
    Channels channels = null;
    Programme rules = null;
    try {
      channels = Channels.load(home.resolve("mappings"));
      known(channels, settings, mappings, comparing, problems);
    } catch (SetupFailed e) {
      problems.add(e.problems());
    }
    try {
      rules = Programs.load(programme, home.resolve("programs"));
    } catch (ProgramRefused e) {
      problems.add(e);
    }
    return new Setup(channels, rules);
  }

  private static void known(
      Channels channels,
      String settings,
      Map<String, String> mappings,
      Set<String> comparing,
      SetupProblems problems) {
    mappings.forEach(
        (code, mapping) -> {
          if (channels.codes().contains(mapping)) {
            if (comparing.contains(code) && !statesBalances(channels.channel(mapping)))
              problems.add(
                  settings,
                  settings
                      + ": channels."
                      + code
                      + ".points: the mapping '"
                      + mapping
                      + "' has no document of grain balance, so there is nothing to compare or import");
            return;
          }
          problems.add(
              settings,
              settings
                  + ": channels."
                  + code
                  + ": there is no mapping '"
                  + mapping
                  + "'; there are "
                  + channels.codes());
        });
  }
}
