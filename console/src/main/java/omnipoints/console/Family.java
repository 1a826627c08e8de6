package omnipoints.console;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Members who are one as of a night.
 *
 * @param survivor the living one
 * @param members the survivor and everybody merged into it by then, sorted
 * @param mergedNight when the member asked for was merged, null if it is the survivor
 */
record Family(String survivor, List<String> members, LocalDate mergedNight) {

  private record Alias(String member, LocalDate night, String into) {}

  /**
   * The family of a member as of a night. Merges of later nights, and of a night that is not closed
   * yet, are facts but have moved no points: they do not count.
   *
   * @param finalSurvivor whom all merges known today end in
   */
  static Family of(Books books, String member, String finalSurvivor, LocalDate asOf) {
    Map<String, Alias> merged = new HashMap<>();
    List<String> everybody =
        Books.statement("member", "aliases")
            .list(
                books.connection(),
                Map.of("member", finalSurvivor),
                row -> {
                  LocalDate night = row.getObject("merged_night", LocalDate.class);
                  String id = row.getString("member_id");
                  if (night != null && !night.isAfter(asOf))
                    merged.put(id, new Alias(id, night, row.getString("direct")));
                  return id;
                });
    String survivor = survivor(member, merged);
    LocalDate night = merged.containsKey(member) ? merged.get(member).night() : null;
    List<String> members =
        everybody.stream().filter(id -> Objects.equals(survivor(id, merged), survivor)).toList();
    return new Family(survivor, members, night);
  }

  private static String survivor(String member, Map<String, Alias> merged) {
    String living = member;
    while (merged.containsKey(living)) living = merged.get(living).into();
    return living;
  }
}
