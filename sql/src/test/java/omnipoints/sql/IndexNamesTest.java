package omnipoints.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Indexes that two sessions build side by side: the server would make up the same name for two of
 * one column, and refuse the second.
 */
class IndexNamesTest {

  private static final Pattern INDEX =
      Pattern.compile("(?m)^-- name: index_\\w+\\n(?:--.*\\n)*(create index .*)$");

  @Test
  void indexes_that_are_built_side_by_side_have_names_of_their_own() throws IOException {
    List<String> built =
        INDEX
            .matcher(Files.readString(Path.of("statements/nightly/post.sql")))
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(built)
        .isNotEmpty()
        .allMatch(text -> text.matches("create index \\S+_n\\{night} on .*"));
    assertThat(built.stream().map(text -> text.split(" ")[2])).doesNotHaveDuplicates();
  }
}
