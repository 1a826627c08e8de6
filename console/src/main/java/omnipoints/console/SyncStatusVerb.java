package omnipoints.console;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import omnipoints.jobs.Home;
import omnipoints.jobs.Syncs;
import omnipoints.jobs.Syncs.Left;
import omnipoints.jobs.Syncs.Standing;
import omnipoints.sql.Database;

/** {@code sync status}: what each platform was told of members' points, and what is left. */
final class SyncStatusVerb implements Verb {

  /** So many are listed for people; JSON has them all. */
  private static final int SHOWN = 20;

  @Override
  public String name() {
    return "sync status";
  }

  private record Platform(
      String platform,
      String transport,
      long taken,
      long open,
      long unanswered,
      LocalDate lastNight) {}

  private record Told(List<Platform> platforms, List<Left> items, List<String> next) {}

  @Override
  public Answer answer(Call call) {
    Home home = Home.open(call.home());
    try (Database database = Databases.openToWrite(home)) {
      List<Platform> platforms = new ArrayList<>();
      List<Left> items = new ArrayList<>();
      for (Standing one : Syncs.standings(home, database)) {
        items.addAll(one.left());
        platforms.add(
            new Platform(
                one.platform(),
                one.api() ? "api" : "file",
                one.taken(),
                one.open(),
                one.unanswered(),
                one.lastNight()));
      }
      Told told = new Told(platforms, items, next(call, platforms, items));
      return Answer.of(told, page -> print(page, told));
    }
  }

  private static List<String> next(Call call, List<Platform> platforms, List<Left> items) {
    List<String> next = new ArrayList<>();
    if (platforms.stream().anyMatch(one -> one.transport().equals("api") && one.open() > 0))
      next.add(call.command("sync", "send"));
    items.stream()
        .filter(one -> one.state().equals("SENT"))
        .findFirst()
        .ifPresent(
            one ->
                next.add(
                    call.command(
                        "sync", "settle", one.requestNo(), "--taken", "--because", "TEXT")));
    return next;
  }

  private static void print(Page page, Told told) {
    if (told.platforms().isEmpty()) {
      page.say("sync.none");
      return;
    }
    TextTable platforms =
        page.words().table("platform", "transport", ">taken", ">open", ">unanswered", "last_night");
    for (Platform one : told.platforms())
      platforms.row(
          one.platform(),
          one.transport(),
          one.taken(),
          one.open(),
          one.unanswered(),
          one.lastNight());
    page.table(null, platforms);
    for (Left one : told.items().subList(0, Math.min(SHOWN, told.items().size())))
      page.say(
          one.theirs() != null && one.state().equals("TAKEN") ? "sync.theirs" : "sync.left",
          one.platform(),
          one.requestNo(),
          one.memberId(),
          one.points(),
          one.theirs() != null ? one.theirs() : page.words().say("sync.state." + one.state()),
          one.reason());
    if (told.items().size() > SHOWN) page.say("sync.more", told.items().size() - SHOWN);
    page.next(told.next());
  }
}
