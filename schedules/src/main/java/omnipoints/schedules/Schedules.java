package omnipoints.schedules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import omnipoints.files.yaml.Problems;

/** The calendar: what runs when. */
public final class Schedules {

  private static final String FILE = "schedules.yaml";

  private final List<Schedule> all;

  private Schedules(List<Schedule> all) {
    this.all = all;
  }

  /**
   * The calendar of a home: its own {@code schedules.yaml}, else the shipped one.
   *
   * @param home folder of the installation
   * @throws omnipoints.files.yaml.SetupFailed with every problem, each with file and line
   */
  public static Schedules load(Path home) {
    Path own = home.resolve(FILE);
    try {
      if (Files.exists(own))
        return parse(own.toString(), Files.readString(own, StandardCharsets.UTF_8));
      return parse("schedules/" + FILE, shipped());
    } catch (IOException e) {
      throw new UncheckedIOException(own + " cannot be read", e);
    }
  }

  static Schedules parse(String file, String text) {
    Problems problems = new Problems();
    List<Schedule> all = new ScheduleYaml(file, text, problems).read();
    problems.throwIfAny("the schedules cannot be used");
    return new Schedules(all);
  }

  /** In the order of the page. */
  List<Schedule> all() {
    return all;
  }

  Optional<Schedule> named(String name) {
    return all.stream().filter(schedule -> schedule.name().equals(name)).findFirst();
  }

  private static String shipped() throws IOException {
    try (InputStream in = Schedules.class.getResourceAsStream("/schedules/" + FILE)) {
      if (in == null)
        throw new IllegalStateException("schedules/" + FILE + " is not on the class path");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
