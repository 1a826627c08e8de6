package omnipoints.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StatementsTest {

  @Test
  void each_statement_of_the_books_is_named_once() throws IOException {
    List<String> written = found("../sql/statements/books", "(?m)^-- name: (\\w+)$");
    List<String> named = found("src/main/java", "statement\\(\\s*\"(\\w+)\"");
    assertThat(written).isNotEmpty();
    assertThat(named).containsExactlyInAnyOrderElementsOf(written);
  }

  private static List<String> found(String folder, String pattern) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      for (Path file : files.filter(Files::isRegularFile).toList())
        Pattern.compile(pattern)
            .matcher(Files.readString(file))
            .results()
            .forEach(match -> found.add(match.group(1)));
    }
    return found;
  }
}
