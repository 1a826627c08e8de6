package omnipoints.console;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import omnipoints.books.Account;
import omnipoints.books.Explanation;
import omnipoints.books.NightStatus;
import omnipoints.points.EntryKey;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code demo}: three nights of a small shop in a home of its own, one of them killed half-way and
 * restarted. Its files lie in {@code console/demo}; its figures can be computed by hand. {@code
 * demo --api} is another one: {@link DemoApi}.
 */
final class DemoVerb implements Verb {
  private static final List<String> NIGHTS = List.of("2026-03-01", "2026-03-02", "2026-03-03");
  private static final String KILLED_NIGHT = NIGHTS.get(1);
  private static final String KILLED_AT = "post:prepared";
  private static final int KILLED = 137;
  private static final String CARD = "8800001";

  @Override
  public String name() {
    return "demo";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addOption(CommandTree.flag(words, "--api", "demo-api"));
  }

  @Override
  public Answer answer(Call call) throws Exception {
    if (call.has("--api")) return DemoApi.answer(call);
    ask(call, "init");
    DemoHome home = new DemoHome(call.home());
    List<NightReport> nights = new ArrayList<>();
    try (DemoServer server = home.connect()) {
      tell(call, "demo.server", server.port());
      for (String night : NIGHTS) {
        tell(call, "demo.night." + night, night);
        home.arrive(night);
        if (night.equals(KILLED_NIGHT)) killHalfWay(call, night);
        Answer ran = ask(call, night.equals(KILLED_NIGHT) ? "restart" : "nightly", night);
        nights.add((NightReport) ran.told());
      }
    }
    home.disconnect();
    Answer member = ask(call, "member", "--card", CARD);
    String entry = clawback((Account) member.told()).toString();
    Answer explained = ask(call, "explain", entry);
    List<String> next =
        List.of(
            call.command("status", KILLED_NIGHT),
            call.command("ledger", "--date", KILLED_NIGHT, "--csv"),
            call.command("breaks", "list"),
            call.command("db", "stop"));
    Told told =
        new Told(
            call.home().toString(),
            new Killed(KILLED_NIGHT, KILLED_AT, KILLED),
            nights,
            (Account) member.told(),
            (Explanation) explained.told(),
            next);
    return Answer.of(told, print(call, nights, member, entry, explained, next));
  }

  private record Killed(String night, String at, int exit) {}

  private record Told(
      String home,
      Killed killed,
      List<NightReport> nights,
      Account member,
      Explanation explain,
      List<String> next) {}

  /** What a verb answers for the demo's home. */
  static Answer ask(Call call, String verb, String... words) throws Exception {
    List<String> line = new ArrayList<>(List.of(verb));
    line.addAll(verb.equals("nightly") ? List.of("--date", words[0]) : List.of(words));
    // The demo's dates are its own, whatever the day.
    if (verb.equals("nightly") || verb.equals("restart")) line.add(NightRun.FUTURE);
    line.addAll(List.of("--home", call.home().toString()));
    if (call.quiet()) line.add("--quiet");
    return new OmniPoints(call.around()).ask(line.toArray(String[]::new));
  }

  static void tell(Call call, String key, Object... values) {
    if (!call.quiet()) call.around().err().println(call.words().say(key, values));
  }

  /**
   * Runs the night in a process of its own, which halts between the decision and its commit as in a
   * power cut.
   */
  private static void killHalfWay(Call call, String night)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-D" + NightRun.CRASH_AT + "=" + KILLED_AT,
            "-cp",
            System.getProperty("java.class.path"),
            OmniPoints.class.getName(),
            "nightly",
            "--date",
            night,
            NightRun.FUTURE,
            "--home",
            call.home().toString(),
            "--quiet");
    Process process =
        new ProcessBuilder(command)
            .directory(call.around().directory().toAbsolutePath().toFile())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.INHERIT)
            .start();
    int exit = process.waitFor();
    if (exit != KILLED) {
      throw new Refusal(
          Exit.FAILED,
          "DEMO_FAILED",
          call.words().say("demo.notkilled", night, exit),
          List.of(call.command("status", night)));
    }
    tell(call, "demo.wasKilled", night, KILLED_AT, exit);
  }

  /** The clawback of the scarf: a till return, matched to its sale. */
  private static EntryKey clawback(Account member) {
    for (Account.Entry entry : member.statement())
      if (entry.kind().equals("CLAWBACK") && entry.channel().equals("pos")) return entry.entry();
    throw new IllegalStateException("the demo's return was not booked");
  }

  private static Consumer<Page> print(
      Call call,
      List<NightReport> nights,
      Answer member,
      String entry,
      Answer explained,
      List<String> next) {
    return page -> {
      page.say("demo.head").table(null, nightTable(page.words(), nights));
      page.blank().say("demo.killed", KILLED_NIGHT, KILLED_AT, KILLED);
      page.blank().line("$ " + call.command("member", "--card", CARD));
      member.text().accept(page);
      page.blank().line("$ " + call.command("explain", entry));
      explained.text().accept(page);
      TextTable chain = page.words().table("night", "close_hash", "entry_root");
      for (NightReport of : nights)
        chain.row(of.night().date(), of.night().closeHash(), of.night().entryRoot());
      page.table("demo.chain", chain);
      page.blank().say("demo.files", call.home());
      for (String place : new String[] {"outbox", "reports", "archive", "inbox", "platform"}) {
        page.line("  " + page.words().say("demo.files." + place));
      }
      page.next(next);
    };
  }

  private static TextTable nightTable(Words words, List<NightReport> nights) {
    TextTable table =
        words.table(
            "night",
            "state",
            ">deliveries",
            ">earned",
            ">released",
            ">clawed_back",
            ">expired",
            ">breaks_opened");
    for (NightReport of : nights) {
      NightStatus night = of.night();
      table.row(
          night.date(),
          words.state(night.state()),
          night.deliveries().size(),
          night.points().earned(),
          night.points().released(),
          night.points().clawedBack(),
          night.points().expired(),
          night.breaksOpened());
    }
    return table;
  }
}
