package omnipoints.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import omnipoints.console.InThisProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bench so small that it runs with the tests: neither side may stop working unseen. */
class BenchTest {

  private static final Launcher PRODUCT =
      (arguments, out, log, watch) -> InThisProcess.run(arguments, out, log);

  @TempDir Path dir;

  @Test
  void product_and_script_book_the_same_and_a_difference_would_be_seen() throws IOException {
    Options options =
        Options.parse(
            "--lines",
            "600",
            "--lots",
            "1500",
            "--members",
            "100",
            "--history",
            "0",
            "--dir",
            dir.toString(),
            "--bench",
            ".",
            "--rules",
            "forty.yaml",
            "--report",
            dir.resolve("report.md").toString());
    var text = new ByteArrayOutputStream();
    try (var bench =
        new Bench(
            options,
            PRODUCT,
            Clock.systemUTC(),
            new PrintStream(text, false, StandardCharsets.UTF_8))) {
      int differences = bench.run();
      assertThat(differences).as(text.toString(StandardCharsets.UTF_8)).isZero();

      LocalDate measured = options.sizes().date(1);
      bench.peer().run(Path.of("src/test/resources/spoil.sql"), measured);
      assertThat(bench.compare(measured).differences())
          .hasSize(6)
          .anyMatch(line -> line.startsWith("entry,product only"))
          .anyMatch(line -> line.startsWith("entry,script only"))
          .anyMatch(line -> line.startsWith("profile,"))
          .anyMatch(line -> line.startsWith("liability,"));
    }
    String report = Files.readString(dir.resolve("report.md"));
    for (String kind : List.of("EARN", "RELEASE", "CLAWBACK", "EXPIRE"))
      assertThat(report).contains("| " + kind + " | ");
    assertThat(report).contains("| ÷ script |", "| post |", "| decide |", "| forty | s |");
    assertThat(rules(options.dir().resolve("files/2025-06-11/ledger-home-ruled.csv")))
        .contains("first_order", "rich_basket", "douyin_extra", "once");
  }

  /** Which rules gave points of their own. */
  private static Set<String> rules(Path ledger) throws IOException {
    return Files.readAllLines(ledger).stream()
        .flatMap(line -> Stream.of(line.split(",")))
        .filter(cell -> cell.contains("#"))
        .map(cell -> cell.substring(cell.lastIndexOf('#') + 1))
        .collect(Collectors.toSet());
  }
}
