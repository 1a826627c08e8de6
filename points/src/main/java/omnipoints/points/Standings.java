package omnipoints.points;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import omnipoints.points.rules.Facts;

/** What documents say a member is or has: passes, tags, segments. */
public final class Standings {
  private Standings() {}

  /**
   * A member with what holds of him.
   *
   * @param all {@code TAG traveller}, {@code PASS birthday_double}, {@code SEGMENT silent}
   */
  public static Facts.Member of(Facts.Member member, List<String> all) {
    if (all.isEmpty()) return member;
    var passes = new HashSet<String>();
    var tags = new HashSet<String>();
    var segments = new HashSet<String>();
    for (String one : all) {
      int blank = one.indexOf(' ');
      Set<String> kind =
          switch (one.substring(0, blank)) {
            case "PASS" -> passes;
            case "TAG" -> tags;
            case "SEGMENT" -> segments;
            default -> throw new IllegalArgumentException("no standing: " + one);
          };
      kind.add(one.substring(blank + 1));
    }
    return member.having(Set.copyOf(passes), Set.copyOf(tags), Set.copyOf(segments));
  }
}
