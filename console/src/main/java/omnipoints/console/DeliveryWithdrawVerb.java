package omnipoints.console;

import java.util.List;
import java.util.Locale;
import omnipoints.jobs.Home;
import omnipoints.jobs.Withdrawal;
import omnipoints.sql.Database;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code delivery withdraw SHA256}: a wrong file is taken back; the next night makes its orders
 * anew from the files that remain.
 */
final class DeliveryWithdrawVerb implements Verb {
  @Override
  public String name() {
    return "delivery withdraw";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "SHA256", true));
    spec.addOption(CommandTree.option(words, "--because", "TEXT"));
    spec.addOption(CommandTree.option(words, "--by", "NAME"));
    spec.addOption(CommandTree.flag(words, "--dry-run"));
  }

  private record Told(
      boolean dryRun,
      String sha256,
      List<Withdrawal.Item> deliveries,
      long rows,
      long orders,
      long gone,
      long points,
      List<String> next) {}

  @Override
  public Answer answer(Call call) {
    String hash = call.operand(0).toLowerCase(Locale.ROOT);
    if (!hash.matches("[0-9a-f]{8,64}")) throw call.usage("delivery.withdraw.hash", hash);
    boolean dryRun = call.has("--dry-run");
    String because = RejectFilter.text(call, "--because").strip();
    if (!dryRun && because.isEmpty()) throw call.usage("delivery.because");
    Home home = Home.open(call.home());
    try (Database database = Databases.openToWrite(home)) {
      Withdrawal plan = Withdrawal.plan(home, database, hash);
      if (!dryRun)
        plan.register(database, call.around().clock(), RejectFilter.actor(call), because);
      List<String> next =
          dryRun
              ? List.of(
                  call.command(
                      "delivery", "withdraw", plan.sha256().substring(0, 12), "--because", "TEXT"))
              : List.of(call.command("nightly", "--dry-run"), call.command("nightly"));
      Told told =
          new Told(
              dryRun,
              plan.sha256(),
              plan.deliveries(),
              plan.rows(),
              plan.orders(),
              plan.gone(),
              plan.points(),
              next);
      return Answer.of(told, page -> print(page, told));
    }
  }

  private static void print(Page page, Told told) {
    TextTable table =
        page.words().table("first_night", "channel", "shop", "document", "sha256", "file");
    for (Withdrawal.Item item : told.deliveries())
      table.row(
          item.firstNight(),
          item.channel(),
          item.shop(),
          item.document(),
          item.sha256().substring(0, 12),
          item.file());
    page.say(told.dryRun() ? "delivery.withdraw.would" : "delivery.withdraw.done");
    page.table(null, table).blank();
    if (told.rows() > 0) page.say("delivery.withdraw.rows", told.rows());
    if (told.orders() > 0) page.say("delivery.withdraw.orders", told.orders(), told.gone());
    page.say("delivery.withdraw.points", told.points());
    page.say("delivery.withdraw.night");
    page.next(told.next());
  }
}
