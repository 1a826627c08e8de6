package omnipoints.console;

import java.util.Map;
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
    Map<String, Object> json =
        Fields.of(
            "arrivals", served.arrivals(),
            "nights",
                served.nights().stream()
                    .map(night -> Fields.of("date", night.date().toString(), "exit", night.exit()))
                    .toList());
    return Answer.of(
        json, page -> page.say("serve.done", served.arrivals(), served.nights().size()));
  }
}
