package omnipoints.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import omnipoints.routes.simulator.Simulator;
import omnipoints.routes.simulator.Trouble;
import omnipoints.routes.simulator.World;

/**
 * {@code demo --api}: one night of a shop whose platform is a simulator on this machine, pulled by
 * API while the platform misbehaves. Its orders are known, so that the answer can be held against
 * them.
 */
final class DemoApi {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final String CHANNEL = "douyin";
  private static final int ORDERS = 600;
  private static final int BUYERS = 80;
  private static final int DAYS = 5;

  /** Those that cost no more than some seconds. */
  private static final Set<Trouble> TROUBLES =
      Set.of(Trouble.TOKEN_OVER, Trouble.DRIP, Trouble.HTML, Trouble.HALF, Trouble.SHIFT);

  private DemoApi() {}

  private record Told(
      String home,
      int orders,
      long calls,
      Set<Trouble> troubles,
      NightReport night,
      List<String> next) {}

  static Answer answer(Call call) throws Exception {
    DemoVerb.ask(call, "init");
    Instant now = call.around().clock().instant();
    // The day before today is over in every way; its orders do not change any more.
    LocalDate night = now.atZone(ZONE).toLocalDate().minusDays(1);
    Instant end = night.plusDays(1).atStartOfDay(ZONE).toInstant();
    World world = World.of(2026, ORDERS, BUYERS, end, DAYS, "69", true);
    NightReport report;
    Answer status;
    long calls;
    Set<Trouble> made;
    try (Simulator platform = Simulator.of(CHANNEL, world, 7, TROUBLES, 2)) {
      settings(
          call.home(), "{api: {url: '" + platform.url() + "', back_days: " + (DAYS + 2) + "}}");
      DemoVerb.tell(call, "demo.api.server", platform.url(), world.orders().size());
      report = (NightReport) DemoVerb.ask(call, "nightly", night.toString()).told();
      status = DemoVerb.ask(call, "pull", "status");
      calls = platform.calls();
      made = new TreeSet<>(platform.made());
    }
    settings(call.home(), "folder");
    List<String> next =
        List.of(
            call.command("status", night.toString()),
            call.command("ledger", "--date", night.toString(), "--csv"),
            call.command("breaks", "list"),
            call.command("db", "stop"));
    Told told = new Told(call.home().toString(), world.orders().size(), calls, made, report, next);
    return Answer.of(
        told,
        page -> {
          page.say("demo.api.head", ORDERS, calls, made.toString());
          page.say(
              "demo.api.night", night, report.night().points().earned(), report.night().state());
          status.text().accept(page);
          page.next(next);
        });
  }

  /** Once the platform is gone its channel is fed by files, so that the home lives on. */
  private static void settings(Path home, String transport) throws IOException {
    Path keys = home.resolve("secrets/api-" + CHANNEL + "-demo.json");
    if (Files.notExists(keys)) {
      Files.writeString(keys, Simulator.keys(CHANNEL));
      Files.setPosixFilePermissions(
          keys, Files.getPosixFilePermissions(home.resolve("secrets/token.key")));
    }
    Files.writeString(
        home.resolve(InitVerb.SETTINGS),
        "zone: "
            + ZONE
            + "\nprogramme: base\nchannels:\n  program: {}\n  "
            + CHANNEL
            + ":\n    transport: "
            + transport
            + "\n");
  }
}
