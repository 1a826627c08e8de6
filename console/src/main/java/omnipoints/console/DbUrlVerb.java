package omnipoints.console;

import java.nio.file.Path;
import omnipoints.jobs.Home;
import omnipoints.jobs.HomeConfig.DatabaseUrl;

/** {@code db url}: how other tools reach the database; the password stays in its file. */
final class DbUrlVerb implements Verb {
  @Override
  public String name() {
    return "db url";
  }

  private record Told(String url, String jdbcUrl, String passwordFile) {}

  @Override
  public Answer answer(Call call) {
    Home home = Home.open(call.home());
    String jdbc = Databases.urlOf(home);
    Path file = passwordFile(home);
    String url = withoutPassword(jdbc);
    Told told = new Told(libpq(url), url, file == null ? null : file.toString());
    return Answer.of(
        told,
        page -> {
          page.line(CharWidth.printable(libpq(url)));
          // Not part of the result: psql "$(./omnipoints db url)" must work.
          if (file != null && !call.quiet())
            call.around().err().println(call.words().say("db.password", file));
        });
  }

  private static Path passwordFile(Home home) {
    if (Databases.isLocal(home)) return home.secrets().resolve("database.password");
    DatabaseUrl database = home.config().database();
    return database.passwordFile() == null ? null : home.dir().resolve(database.passwordFile());
  }

  /** {@code jdbc:postgresql://h:1/n?user=u&password=p&x=y} without the password. */
  static String withoutPassword(String jdbc) {
    return jdbc.replaceAll("(?<=[?&])password=[^&]*&?", "").replaceAll("[?&]$", "");
  }

  /** The form psql takes: {@code postgresql://u@h:1/n?x=y}. */
  static String libpq(String jdbc) {
    String uri = jdbc.replaceFirst("^jdbc:", "");
    java.util.regex.Matcher user =
        java.util.regex.Pattern.compile("(?<=[?&])user=([^&]*)&?").matcher(uri);
    if (!user.find()) return uri;
    String named = user.group(1);
    return user.replaceFirst("")
        .replaceAll("[?&]$", "")
        .replaceFirst("//(?![^/]*@)", "//" + named + "@");
  }
}
