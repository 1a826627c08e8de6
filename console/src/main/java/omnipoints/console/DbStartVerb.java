package omnipoints.console;

import java.util.List;
import omnipoints.jobs.Home;
import omnipoints.sql.LocalDatabase;
import omnipoints.sql.LocalDatabase.Server;

/** {@code db start}: the local database; it goes on when the command ends. */
final class DbStartVerb implements Verb {
  @Override
  public String name() {
    return "db start";
  }

  private record Told(boolean started, int port, long pid, String version, List<String> next) {}

  @Override
  public Answer answer(Call call) {
    LocalDatabase local = Databases.local(Home.open(call.home()), call);
    boolean ran = local.running().isPresent();
    Server server = local.start();
    List<String> next = List.of(call.command("db", "url"), call.command("db", "stop"));
    Told told = new Told(!ran, server.port(), server.pid(), server.version(), next);
    return Answer.of(
        told,
        page ->
            page.say(ran ? "db.ran" : "db.started", server.version(), server.port(), server.pid())
                .next(next));
  }
}
