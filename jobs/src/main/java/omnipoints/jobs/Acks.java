package omnipoints.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import omnipoints.jobs.Verification.Finding;
import omnipoints.jobs.Verification.Kind;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What others keep of closes: JSON files that hold {@code date} and {@code close_hash}, such as the
 * manifests that the CRM fetched, or an answer that returns both. Kept where our administrators
 * cannot write, they find a history that was rewritten as a whole.
 */
public final class Acks {

  /**
   * A close that somebody confirms.
   *
   * @param file where it stands
   */
  public record Ack(String file, LocalDate date, String closeHash) {}

  private Acks() {}

  /**
   * Reads every {@code *.json} below a folder.
   *
   * @throws NightRefused exit 2 with every file that is no acknowledgement
   */
  static List<Ack> read(Path folder) {
    var acks = new ArrayList<Ack>();
    var problems = new ArrayList<String>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        String name = folder.relativize(file).toString();
        ack(name, Files.readAllBytes(file))
            .ifPresentOrElse(
                acks::add, () -> problems.add(name + ": no JSON object with date and close_hash"));
      }
    } catch (IOException e) {
      problems.add(folder + " cannot be read: " + e.getMessage());
    }
    if (problems.isEmpty() && acks.isEmpty()) problems.add(folder + " holds no *.json file");
    if (!problems.isEmpty())
      throw new NightRefused(
          2,
          "NO_ACK",
          String.join("; ", problems),
          List.of("put manifests or acknowledgements of the CRM into that folder, one file each"));
    return acks;
  }

  private static Optional<Ack> ack(String name, byte[] content) {
    try {
      JsonNode json = JsonMapper.shared().readTree(content);
      String hash = json.path("close_hash").asString("");
      if (hash.isEmpty()) return Optional.empty();
      return Optional.of(new Ack(name, LocalDate.parse(json.path("date").asString("")), hash));
    } catch (JacksonException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Compares what others keep with the closes that are there; tells how many were compared. */
  static long compare(Path folder, Map<LocalDate, String> closes, List<Finding> findings) {
    var confirmed = new TreeMap<LocalDate, Ack>();
    List<Ack> acks = read(folder);
    for (Ack ack : acks) {
      String ours = closes.get(ack.date());
      if (ack.closeHash().equals(ours)) continue;
      if (confirmed.putIfAbsent(ack.date(), ack) == null)
        findings.add(
            new Finding(
                Kind.ACK_DIFFERS,
                ack.date().toString(),
                ack.file()
                    + " confirms the close "
                    + ack.closeHash()
                    + "; here "
                    + (ours == null ? "that night has no close" : "it is " + ours)));
    }
    return acks.size();
  }
}
