package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import omnipoints.sql.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An imported balance, from the platform's file to what every verb says of it. */
class OpeningVerbsTest {

  @TempDir Path directory;

  @Test
  void an_opening_names_the_rows_it_came_from_and_the_rule_that_combined_it() throws Exception {
    try (TestDatabase database = TestDatabase.fresh()) {
      Ran.in(directory, "init");
      Path settings = directory.resolve("home/omnipoints.yaml");
      Files.writeString(
          settings,
          Files.readString(settings)
                  .replace(
                      "  program:\n",
                      "  youzan:\n    points: {pool: shared, opening: {combine: max}}\n  program:\n")
              + "database:\n  url: "
              + database.url()
              + "\n");
      drop("program/members.csv", "card,phone,birthday,join_date,home_shop\nC1,13800000001,,,\n");
      drop(
          "pos/p1/sales.csv",
          "kh,dtime,spbm,sl,sj,je,spmc,jf,syjh,djh,gzbh,gzmc\n"
              + "C1,2026-05-01 10:00:00,A,1,50.00,50.00,商品,50,03,0012,G1,女装\n");
      drop(
          "youzan/y1/customers.csv",
          "客户姓名,客户手机号,客户积分,\n甲,13800000001,120,\n乙, ,0,\n甲二,138-0000-0001,80,\n");
      assertThat(
              books("nightly", "--date", "2026-05-01", "--future")
                  .get("points")
                  .get("adjusted")
                  .asLong())
          .isEqualTo(150);

      JsonNode member = books("member", "--card", "C1");
      assertThat(member.get("available").asLong()).isEqualTo(150);
      JsonNode entry = member.get("statement").get(1);
      assertThat(entry.get("kind").asString()).isEqualTo("OPENING");
      assertThat(entry.get("cause").asString()).isEqualTo("youzan");
      String key = entry.get("entry").asString();

      JsonNode why = books("explain", key);
      assertThat(why.get("source").get("file").asString()).isEqualTo("customers.csv");
      assertThat(why.get("source").get("row").asInt()).isEqualTo(2);
      assertThat(why.get("identity").toString())
          .isEqualTo("[{\"kind\":\"phone\",\"channel\":\"\",\"masked\":\"138****0001\"}]");
      assertThat(why.get("rule").get("name").asString()).isEqualTo("opening");
      assertThat(why.get("arithmetic").asString()).isEqualTo("max(0, 200 - 50)");
      assertThat(why.get("opening").get("customers").get(1).get("row").asInt()).isEqualTo(4);
      assertThat(Ran.in(directory, "explain", key).out())
          .startsWith(
              key
                  + ": OPENING 150 points, effective 2026-05-01T23:59:59+08:00\nCause     OPENING youzan\n")
          .contains("File      customers.csv, row 2: 120 points, sha256 ")
          .contains("File      customers.csv, row 4: 80 points, sha256 ")
          .contains("Identity  phone 138****0001\n")
          .contains("Opening   max: theirs 200, ours 50\n")
          .contains("Points    max(0, 200 - 50)\n");
      assertThat(Ran.chinese(directory, "explain", key).out()).contains("对方 200，我方 50");
      assertThat(Ran.in(directory, "ledger", "--date", "2026-05-01", "--csv").out())
          .contains(",OPENING,150,2026-05-01T23:59:59+08:00,youzan,y1,OPENING,youzan,1,0\n");
      assertThat(books("breaks", "list").get("items").size())
          .as("right after the opening both sides agree, pending points counted")
          .isZero();
    }
  }

  private JsonNode books(String... verb) {
    String[] json = java.util.Arrays.copyOf(verb, verb.length + 1);
    json[verb.length] = "--json";
    return Ran.in(directory, json).json();
  }

  private void drop(String path, String content) throws Exception {
    Path file = directory.resolve("home/inbox").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.createFile(file.resolveSibling(file.getFileName() + ".done"));
  }
}
