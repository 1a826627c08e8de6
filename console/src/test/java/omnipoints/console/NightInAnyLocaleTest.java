package omnipoints.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import omnipoints.sql.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights of the real launcher under locales that this machine may have or not. */
class NightInAnyLocaleTest {
  private static final List<String> NAMES =
      List.of("LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LANG", "OMNIPOINTS_LANGUAGE", "JAVA_OPTS");

  @TempDir Path root;

  @Test
  void files_with_chinese_names_are_booked_under_every_locale() throws Exception {
    somethingThatIsBuilt();
    Path home = root.resolve("家");
    try (TestDatabase database = TestDatabase.fresh()) {
      assertThat(Ran.in(root, "init", "--home", home.toString()).exit()).isZero();
      Files.writeString(
          home.resolve("omnipoints.yaml"),
          "database:\n  url: " + database.url() + "\n",
          StandardOpenOption.APPEND);
      int night = 0;
      for (String locale : List.of("LANG=zh_CN.UTF-8", "LANG=en_US.UTF-8", "LC_ALL=zh_CN.GBK")) {
        String date = "2026-01-0" + ++night;
        sold(home, date);
        String said = night(home, date, locale);
        assertThat(said).as(locale).contains(locale.contains("zh_CN") ? "已关账" : "CLOSED");
      }
      assertThat(
              rows(
                  database,
                  "select i.night || ' ' || i.shop || ' ' || i.file || ' ' || e.kind || ' ' || e.points"
                      + " from night_input i join entry e using (night) order by 1"))
          .containsExactly(
              "2026-01-01 一号店 销售①.csv EARN 10",
              "2026-01-02 一号店 销售②.csv EARN 10",
              "2026-01-03 一号店 销售③.csv EARN 10");
    }
  }

  /**
   * The launcher beside what a build leaves: the classes of this build, which it starts as they
   * are.
   */
  private void somethingThatIsBuilt() throws Exception {
    Files.copy(
        Path.of("../omnipoints"), root.resolve("omnipoints"), StandardCopyOption.COPY_ATTRIBUTES);
    Path target = Files.createDirectories(root.resolve("console/target"));
    Files.writeString(target.resolve("classpath"), System.getProperty("java.class.path") + "\n");
    Files.writeString(
        target.resolve("built"),
        root.toRealPath() + " " + System.getProperty("java.home") + "/bin/java\n");
  }

  private static void sold(Path home, String date) throws Exception {
    Path shop = Files.createDirectories(home.resolve("inbox/pos/一号店"));
    String name = "销售" + "①②③".charAt(date.charAt(9) - '1') + ".csv";
    Files.writeString(
        shop.resolve(name),
        "kh,dtime,spbm,sl,sj,je,spmc,jf,syjh,djh,gzbh,gzmc\n"
            + "C1,"
            + date
            + " 10:00:00,A,1,10.00,10.00,衣,10,1,0001,g,g\n");
    Files.createFile(shop.resolve(name + ".done"));
  }

  private String night(Path home, String date, String locale) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                root.toRealPath().resolve("omnipoints").toString(), "nightly", "--date", date)
            .redirectErrorStream(true);
    builder.command().addAll(List.of("--home", home.getFileName().toString()));
    builder.directory(root.toFile());
    NAMES.forEach(builder.environment()::remove);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put(locale.split("=")[0], locale.split("=")[1]);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", locale, said).isZero();
    return said;
  }

  private static List<String> rows(TestDatabase database, String sql) throws Exception {
    try (Connection connection = database.database().connection();
        var result = connection.createStatement().executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) rows.add(result.getString(1));
      return rows;
    }
  }
}
