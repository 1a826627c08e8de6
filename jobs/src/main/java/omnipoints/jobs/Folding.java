package omnipoints.jobs;

import java.util.List;

/**
 * Which leaves become one: few rows moved for many leaves that go away. How many go weighs twice,
 * so that many of a size are taken at once and a row is moved few times in its life however long
 * the history: 4 times in two years of equal nights and twelve leaves, where the plain ratio moves
 * it 13 times.
 */
final class Folding {

  private Folding() {}

  /**
   * Chooses leaves that follow one another.
   *
   * @param rows of each leaf, the oldest first
   * @param most so many leaves may stay
   * @param young so many of the newest are left alone: much is still written to them
   * @return where the chosen ones begin (inclusive) and end (exclusive); empty when there are no
   *     more than may stay
   */
  static List<Integer> choose(List<Long> rows, int most, int young) {
    int tooMany = rows.size() - most;
    int old = rows.size() - young;
    if (tooMany <= 0 || old <= tooMany) return List.of();
    List<Integer> best = List.of();
    long bestMoved = 0;
    long bestGone = 0;
    for (int from = 0; from < old; from++) {
      // a leaf costs something even when it is empty
      long moved = rows.get(from) + 1;
      for (int to = from + 1; to < old; to++) {
        moved += rows.get(to) + 1;
        long gone = to - from;
        if (gone < tooMany) continue;
        // moved / gone² is less
        if (!best.isEmpty() && moved * bestGone * bestGone >= bestMoved * gone * gone) continue;
        bestMoved = moved;
        bestGone = gone;
        best = List.of(from, to + 1);
      }
    }
    return best;
  }
}
