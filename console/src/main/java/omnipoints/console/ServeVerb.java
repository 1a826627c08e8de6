package omnipoints.console;

import java.time.LocalDate;
import java.util.List;
import omnipoints.jobs.Home;
import omnipoints.schedules.Serve;
import omnipoints.schedules.ServeRequest;
import omnipoints.schedules.Served;
import omnipoints.sql.Database;

/**
 * {@code serve}: archives files as they come and runs nights when they are due, until told to stop.
 */
final class ServeVerb implements Verb {
  @Override
  public String name() {
    return "serve";
  }

  private record Night(LocalDate date, int exit) {}

  private record Told(long arrivals, List<Night> nights) {}

  @Override
  public Answer answer(Call call) {
    Home home = Home.open(call.home());
    Stop stop = Stop.onSignal(call, "serve.stopping");
    Served served;
    try (Database database = Databases.openToWrite(home)) {
      served =
          Serve.run(
              home,
              database,
              new ServeRequest(
                  stop::asked,
                  new ServeLines(call, home.config().zone())::tell,
                  ProgressBar.of(call),
                  call.around().clock()));
    }
    Told told =
        new Told(
            served.arrivals(),
            served.nights().stream().map(of -> new Night(of.date(), of.exit())).toList());
    return Answer.of(
        told, page -> page.say("serve.done", served.arrivals(), served.nights().size()));
  }
}
