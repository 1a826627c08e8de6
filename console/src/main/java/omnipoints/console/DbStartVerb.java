package omnipoints.console;

import java.util.List;
import java.util.Map;
import omnipoints.jobs.Home;
import omnipoints.sql.LocalDatabase;
import omnipoints.sql.LocalDatabase.Server;

/** {@code db start}: the local database; it goes on when the command ends. */
final class DbStartVerb implements Verb {
  @Override
  public String name() {
    return "db start";
  }

  @Override
  public Answer answer(Call call) {
    LocalDatabase local = Databases.local(Home.open(call.home()), call);
    boolean ran = local.running().isPresent();
    Server server = local.start();
    List<String> next = List.of(call.command("db", "url"), call.command("db", "stop"));
    Map<String, Object> json =
        Fields.of(
            "started",
            !ran,
            "port",
            server.port(),
            "pid",
            server.pid(),
            "version",
            server.version(),
            "next",
            next);
    return Answer.of(
        json,
        page ->
            page.say(ran ? "db.ran" : "db.started", server.version(), server.port(), server.pid())
                .next(next));
  }
}
