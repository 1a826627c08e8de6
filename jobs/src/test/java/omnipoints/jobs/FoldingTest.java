package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "as many as may stay             | 5 5 5 5       | 4 | 1 | ",
        "equal ones, all but the young   | 5 5 5 5 5     | 4 | 1 | 0 4",
        "the young alone are too many    | 5 5 5 5 5     | 4 | 4 | ",
        "a large one stays               | 500 5 5 5 5 5 | 5 | 1 | 1 5",
        "a large one in between goes too | 5 5 500 5 5 5 | 3 | 1 | 0 5",
        "empty ones                      | 0 0 0 9       | 3 | 1 | 0 3",
      })
  void the_fewest_rows_are_moved_for_each_leaf_that_goes(
      String name, String rows, int most, int young, String chosen) {
    List<Long> leaves = List.of(rows.split(" ")).stream().map(Long::valueOf).toList();
    List<Integer> range =
        chosen == null
            ? List.of()
            : List.of(chosen.split(" ")).stream().map(Integer::valueOf).toList();
    assertThat(Folding.choose(leaves, most, young)).as(name).isEqualTo(range);
  }

  @ParameterizedTest
  @CsvSource({"1, 12, 3", "2, 12, 3", "3, 60, 14"})
  void in_two_years_there_are_never_too_many_and_a_row_is_moved_few_times(
      int seed, int most, int young) {
    var random = new Random(seed);
    var leaves = new ArrayList<Long>();
    long all = 0;
    long moved = 0;
    for (int night = 0; night < 730; night++) {
      long rows = 500_000 + random.nextInt(1_000_000);
      all += rows;
      leaves.add(rows);
      List<Integer> range = Folding.choose(leaves, most, young);
      if (range.isEmpty()) continue;
      List<Long> gone = leaves.subList(range.get(0), range.get(1));
      long sum = gone.stream().mapToLong(Long::longValue).sum();
      moved += sum;
      gone.clear();
      leaves.add(range.get(0), sum);
      assertThat(leaves).hasSizeLessThanOrEqualTo(most);
    }
    assertThat(leaves.stream().mapToLong(Long::longValue).sum()).isEqualTo(all);
    assertThat((double) moved / all).as("how often a row is moved").isLessThan(5);
  }

  @Test
  void without_leaves_nothing_is_chosen() {
    assertThat(Folding.choose(Collections.emptyList(), 12, 3)).isEmpty();
  }
}
