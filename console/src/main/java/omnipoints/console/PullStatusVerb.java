package omnipoints.console;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import omnipoints.jobs.Home;
import omnipoints.jobs.Pulls;
import omnipoints.routes.pull.WindowState;
import omnipoints.routes.pull.WindowState.State;
import omnipoints.sql.Database;
import picocli.CommandLine.Model.CommandSpec;

/** {@code pull status}: until when each shop is known to be complete, and which windows are not. */
final class PullStatusVerb implements Verb {
  @Override
  public String name() {
    return "pull status";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {}

  /**
   * @param provenUntil everything that changed before is known
   * @param unproven windows that are open or incomplete
   */
  private record Api(
      String channel, String shop, String api, OffsetDateTime provenUntil, int unproven) {}

  private record Item(
      String channel,
      String shop,
      String api,
      OffsetDateTime from,
      OffsetDateTime to,
      String state,
      int pages,
      long rows,
      Long declared,
      int attempts,
      String reason) {}

  private record Told(List<Api> apis, List<Item> items, List<String> next) {}

  @Override
  public Answer answer(Call call) {
    Home home = Home.open(call.home());
    ZoneId zone = home.config().zone();
    try (Database database = Databases.openToWrite(home)) {
      List<WindowState> windows = Pulls.windows(database);
      List<Item> items =
          windows.stream()
              .filter(window -> window.state() != State.PROVEN)
              .map(window -> item(window, zone))
              .toList();
      List<String> next = items.isEmpty() ? List.of() : List.of(call.command("nightly"));
      Told told = new Told(apis(windows, zone), items, next);
      return Answer.of(told, page -> print(page, told));
    }
  }

  private static List<Api> apis(List<WindowState> windows, ZoneId zone) {
    Map<List<String>, List<WindowState>> byApi = new LinkedHashMap<>();
    for (WindowState window : windows)
      byApi
          .computeIfAbsent(
              List.of(window.channel(), window.shop(), window.api()), key -> new ArrayList<>())
          .add(window);
    List<Api> apis = new ArrayList<>();
    byApi.forEach(
        (key, own) -> {
          List<WindowState> unproven =
              own.stream().filter(window -> window.state() != State.PROVEN).toList();
          Instant until =
              unproven.stream()
                  .map(WindowState::from)
                  .min(Instant::compareTo)
                  .orElseGet(
                      () ->
                          own.stream().map(WindowState::to).max(Instant::compareTo).orElseThrow());
          apis.add(new Api(key.get(0), key.get(1), key.get(2), at(until, zone), unproven.size()));
        });
    return apis;
  }

  private static Item item(WindowState window, ZoneId zone) {
    return new Item(
        window.channel(),
        window.shop(),
        window.api(),
        at(window.from(), zone),
        at(window.to(), zone),
        window.state().name(),
        window.pages(),
        window.rows(),
        window.declared(),
        window.attempts(),
        window.reason());
  }

  private static OffsetDateTime at(Instant instant, ZoneId zone) {
    return instant.atZone(zone).toOffsetDateTime();
  }

  private static void print(Page page, Told told) {
    if (told.apis().isEmpty()) {
      page.say("pull.none");
      return;
    }
    TextTable apis = page.words().table("channel", "shop", "api", "proven_until", ">unproven");
    for (Api api : told.apis())
      apis.row(api.channel(), api.shop(), api.api(), api.provenUntil(), api.unproven());
    page.table(null, apis);
    for (Item item : told.items())
      page.say(
          "pull.window",
          item.channel(),
          item.shop(),
          item.api(),
          item.from(),
          item.to(),
          item.reason().isEmpty() ? page.words().say("pull.unasked") : item.reason());
    page.next(told.next());
  }
}
