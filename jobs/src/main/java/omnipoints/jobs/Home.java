package omnipoints.jobs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A home: one installation's folder with its configuration, inbox, archive, outbox, reports,
 * secrets and local database. Every path is derived from {@link #dir()}, so a home may be moved or
 * copied while nothing runs on it.
 */
public record Home(Path dir, HomeConfig config) {

  /**
   * Opens an existing home.
   *
   * @throws NightRefused exit 2: the folder is no home, or omnipoints.yaml has problems (all are
   *     listed)
   */
  public static Home open(Path dir) {
    Path file = dir.resolve("omnipoints.yaml");
    if (!Files.isRegularFile(file)) {
      throw new NightRefused(
          2,
          "NO_HOME",
          dir + " is not a home: it has no omnipoints.yaml",
          List.of("./omnipoints init --home " + dir));
    }
    return to(dir, file);
  }

  /**
   * The home that a folder becomes once these settings lie in it, which makes it one for everybody
   * else.
   *
   * @throws NightRefused exit 2: the settings have problems (all are listed)
   */
  public static Home to(Path dir, Path settings) {
    return new Home(dir.toAbsolutePath().normalize(), HomeConfig.read(settings));
  }

  /** Where this home's channel mappings are, which add to and override the shipped ones. */
  public Path mappings() {
    return dir.resolve("mappings");
  }

  /** The code of the mapping that a channel of the home uses; usually its own. */
  public String mapping(String channel) {
    HomeConfig.ChannelConfig channelConfig = config.channels().get(channel);
    return channelConfig == null ? channel : channelConfig.mappings();
  }

  /** Where this home's programmes are, which win over the shipped ones of the same name. */
  public Path programs() {
    return dir.resolve("programs");
  }

  public Path inbox() {
    return dir.resolve("inbox");
  }

  public Path archive() {
    return dir.resolve("archive");
  }

  /** {@code outbox/crm}: one folder per business date below. */
  public Path outbox() {
    return dir.resolve("outbox").resolve("crm");
  }

  /** Rows of unfinished nights between two steps: a cache, one folder per business date. */
  public Path scratch() {
    return dir.resolve("scratch");
  }

  public Path reports() {
    return dir.resolve("reports");
  }

  public Path secrets() {
    return dir.resolve("secrets");
  }
}
