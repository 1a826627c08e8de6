package omnipoints.jobs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import omnipoints.facts.Sha256;
import omnipoints.jobs.Verification.Finding;
import omnipoints.jobs.Verification.Kind;
import omnipoints.routes.OwnerOnly;
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

  /**
   * Keeps what a night read of acknowledgements as JSON files of {@code acks/}, each for good.
   *
   * @throws NightRefused exit 9 when the folder cannot be written
   */
  static void keep(Night night) {
    List<Ack> acks =
        night
            .database()
            .inTransaction(
                connection ->
                    Verification.SQL
                        .statement("acks_of_night")
                        .list(
                            connection,
                            Map.of("night", night.date()),
                            row ->
                                new Ack(
                                    "", Columns.date(row, "closed"), row.getString("close_hash"))));
    if (acks.isEmpty()) return;
    Path folder = night.home().dir().resolve("acks");
    try {
      OwnerOnly.folder(folder);
      for (Ack ack : acks) {
        byte[] hash = ack.closeHash().getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve(ack.date() + "-" + Sha256.hex(hash).substring(0, 12) + ".json");
        if (Files.exists(file)) continue;
        var json = new LinkedHashMap<String, String>();
        json.put("date", ack.date().toString());
        json.put("close_hash", ack.closeHash());
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, JsonMapper.shared().writeValueAsString(json));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw NightRefused.cannotWrite(folder, e, night.date());
    }
  }

  /** Compares what others keep with the closes that are there; tells how many were compared. */
  static long compare(Path folder, Map<LocalDate, String> closes, List<Finding> findings) {
    return compare(read(folder), closes, findings);
  }

  /** The same with what came as documents {@code ack} for nights of the range. */
  static long compareStored(
      Connection connection, Map<LocalDate, String> closes, List<Finding> findings) {
    List<Ack> stored =
        Verification.SQL
            .statement("acks")
            .list(
                connection,
                Map.of(),
                row ->
                    new Ack(
                        row.getString("file"),
                        Columns.date(row, "closed"),
                        row.getString("close_hash")));
    return compare(
        stored.stream().filter(ack -> closes.containsKey(ack.date())).toList(), closes, findings);
  }

  private static long compare(
      List<Ack> acks, Map<LocalDate, String> closes, List<Finding> findings) {
    var confirmed = new TreeMap<LocalDate, Ack>();
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
