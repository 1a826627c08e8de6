package omnipoints.console;

import omnipoints.jobs.Home;

/** {@code db stop}: what runs on it ends as if the power had gone, and can be restarted. */
final class DbStopVerb implements Verb {
  @Override
  public String name() {
    return "db stop";
  }

  private record Told(boolean stopped) {}

  @Override
  public Answer answer(Call call) {
    boolean stopped = Databases.local(Home.open(call.home()), call).stop();
    return Answer.of(new Told(stopped), page -> page.say(stopped ? "db.stopped" : "db.notrunning"));
  }
}
