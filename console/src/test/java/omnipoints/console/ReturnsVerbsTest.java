package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import omnipoints.sql.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A sale that comes back piece by piece, and a return of something that was never sold. */
class ReturnsVerbsTest {

  private static final String HEADER = "kh,dtime,spbm,sl,sj,je,spmc,jf,syjh,djh,gzbh,gzmc\n";

  @TempDir Path directory;

  @Test
  void a_clawback_names_only_the_returns_that_it_booked_and_that_of_an_orphan_its_formula()
      throws Exception {
    try (TestDatabase database = TestDatabase.fresh()) {
      Ran.in(directory, "init");
      Path settings = directory.resolve("home/omnipoints.yaml");
      Files.writeString(
          settings, Files.readString(settings) + "database:\n  url: " + database.url() + "\n");
      drop("sale.csv", "C1,2025-12-28 10:00:00,A,4,10.13,40.50,商品,40,03,0012,G1,女装\n");
      Ran.in(directory, "nightly", "--date", "2025-12-28");
      drop(
          "two.csv",
          "C1,2025-12-29 09:00:00,A,-1,10.00,-10.00,商品,,03,0013,G1,女装\n"
              + "C1,2025-12-29 15:00:00,A,-1,10.00,-10.00,商品,,03,0014,G1,女装\n"
              + "C1,2025-12-29 16:00:00,A,-1,0.40,-0.40,商品,,03,0015,G1,女装\n");
      Ran.in(directory, "nightly", "--date", "2025-12-29");
      drop(
          "more.csv",
          "C1,2025-12-30 09:00:00,A,-1,10.00,-10.00,商品,,03,0016,G1,女装\n"
              + "C1,2025-12-30 10:00:00,B,-1,25.50,-25.50,商品,,03,0017,G1,女装\n");
      Ran.in(directory, "nightly", "--date", "2025-12-30");

      List<JsonNode> first = clawbacks("2025-12-29");
      assertThat(returned(first.get(0))).isEqualTo("two.csv:2 1000 2025-12-29T09:00\n");
      assertThat(returned(first.get(1))).isEqualTo("two.csv:3 1000 2025-12-29T15:00\n");
      assertThat(first.get(1).get("source").get("row").asInt()).isEqualTo(3);
      List<JsonNode> second = clawbacks("2025-12-30");
      assertThat(returned(second.get(0)))
          .as("the one that was worth no point waited for this one")
          .isEqualTo("two.csv:4 40 2025-12-29T16:00\nmore.csv:2 1000 2025-12-30T09:00\n");
      JsonNode orphan = second.get(1);
      assertThat(orphan.get("cause").get("type").asString()).isEqualTo("ORPHAN_RETURN");
      assertThat(orphan.get("points").asLong()).isEqualTo(-25);
      assertThat(orphan.get("arithmetic").asString()).isEqualTo("floor(2550/100)*1");
      assertThat(orphan.get("source").get("row").asInt()).isEqualTo(3);

      // Nobody has the files of a night any more: they are written again.
      Path outbox = directory.resolve("home/outbox/crm/2025-12-29");
      byte[] manifest = Files.readAllBytes(outbox.resolve("manifest.json"));
      try (Stream<Path> files = Files.list(outbox)) {
        for (Path file : files.toList()) Files.delete(file);
      }
      JsonNode written = Ran.in(directory, "extract", "--date", "2025-12-29", "--json").json();
      assertThat(written.get("schema").asString()).isEqualTo("omnipoints.extract/1");
      assertThat(written.get("files").size()).isEqualTo(6);
      assertThat(written.get("files").findValuesAsString("written")).containsOnly("true");
      assertThat(Files.readAllBytes(outbox.resolve("manifest.json"))).isEqualTo(manifest);
      assertThat(Ran.in(directory, "extract", "--date", "2025-12-29").out())
          .startsWith("Extract of 2025-12-29 in outbox/crm/2025-12-29\n")
          .contains(
              "  manifest.json: " + manifest.length + " bytes, was there as it was written\n");
      assertThat(Ran.in(directory, "extract", "--date", "2025-12-31", "--json").json().get("code"))
          .hasToString("\"NOT_CLOSED\"");
      assertThat(Ran.in(directory, "extract").exit()).isEqualTo(2);
    }
  }

  /** File, row, amount and time of each return that an explanation names. */
  private static String returned(JsonNode explained) {
    var told = new StringBuilder();
    for (JsonNode row : explained.get("returns"))
      told.append(row.get("file").asString())
          .append(':')
          .append(row.get("row").asInt())
          .append(' ')
          .append(row.get("amount_fen").asLong())
          .append(' ')
          .append(row.get("at").asString(), 0, 16)
          .append('\n');
    return told.toString();
  }

  private List<JsonNode> clawbacks(String night) {
    return Ran.in(directory, "ledger", "--date", night, "--csv")
        .out()
        .lines()
        .filter(line -> line.contains(",CLAWBACK,"))
        .map(line -> Ran.in(directory, "explain", line.split(",")[0], "--json").json())
        .toList();
  }

  private void drop(String name, String rows) throws Exception {
    Path file = directory.resolve("home/inbox/pos/p1").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, HEADER + rows);
    Files.createFile(file.resolveSibling(name + ".done"));
  }
}
