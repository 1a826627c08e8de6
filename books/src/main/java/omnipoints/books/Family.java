package omnipoints.books;

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
public record Family(String survivor, List<String> members, LocalDate mergedNight) {

  private record Alias(String memberId, LocalDate mergedNight, String direct) {}

  /**
   * The family of a member as of a night. Merges of later nights, and of a night that is not closed
   * yet, are facts but have moved no points: they do not count.
   */
  public static Family of(Books books, Members.Known member, LocalDate asOf) {
    // Whom all merges known today end in.
    String last = member.mergedInto() == null ? member.memberId() : member.mergedInto();
    List<Alias> everybody =
        books.list(Members.SQL.statement("aliases"), Map.of("member", last), Alias.class);
    Map<String, Alias> merged = new HashMap<>();
    for (Alias alias : everybody)
      if (alias.mergedNight() != null && !alias.mergedNight().isAfter(asOf))
        merged.put(alias.memberId(), alias);
    String survivor = survivor(member.memberId(), merged);
    Alias own = merged.get(member.memberId());
    List<String> members =
        everybody.stream()
            .map(Alias::memberId)
            .filter(id -> Objects.equals(survivor(id, merged), survivor))
            .toList();
    return new Family(survivor, members, own == null ? null : own.mergedNight());
  }

  private static String survivor(String member, Map<String, Alias> merged) {
    String living = member;
    while (merged.containsKey(living)) living = merged.get(living).direct();
    return living;
  }
}
