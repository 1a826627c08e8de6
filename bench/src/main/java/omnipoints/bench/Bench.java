package omnipoints.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import omnipoints.bench.Exports.Written;

/**
 * Makes nights, gives them to the product and to the script in turn, and says how long they took.
 */
final class Bench implements AutoCloseable {
  private static final String TITLE = "# How fast a night is";

  private final Options options;
  private final Sizes sizes;
  private final Clock clock;
  private final PrintStream out;
  private final Exports exports;
  private final Product product;
  private Server productServer;
  private final Done productDone;
  private final Server peerServer;
  private final Peer peer;
  private final Done peerDone;

  Bench(Options options, Launcher launcher, Clock clock, PrintStream out) {
    this.clock = clock;
    this.options = options;
    this.sizes = options.sizes();
    this.out = out;
    exports = new Exports(new World(sizes));
    Path dir = options.dir();
    product = new Product(launcher, dir.resolve("home"));
    if (options.product() && !Files.exists(product.home().resolve("omnipoints.yaml"))) {
      if (sizes.redemptions() == 0) product.init();
      else product.initSelling(Redeemed.CATALOGUE);
    }
    productDone = new Done(product.home().resolve("nights.txt"), sizes.world());
    if (!options.script()) {
      peerServer = null;
      peer = null;
      peerDone = null;
      return;
    }
    Path home = dir.resolve("script");
    boolean fresh = !Files.exists(home);
    peerDone = new Done(home.resolve("nights.txt"), sizes.world());
    peerServer = new Server(home);
    peer = new Peer(options.bench(), home, peerServer);
    if (fresh) peer.init();
  }

  /** The way in of bench/run. */
  public static void main(String[] words) throws IOException {
    if (List.of(words).contains("--help")) {
      System.out.print(Options.USAGE);
      return;
    }
    try {
      Options options = Options.parse(words);
      int differences;
      try (Bench bench =
          new Bench(
              options, Launcher.of(options.launcher()), Clock.systemDefaultZone(), System.out)) {
        differences = bench.run();
      }
      System.exit(differences == 0 ? 0 : 1);
    } catch (IllegalArgumentException | IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  /** Returns the number of differences between the two books. */
  int run() throws IOException {
    List<Measured> measured = new ArrayList<>();
    var report = new StringBuilder();
    int differences = 0;
    for (int night = sizes.firstNight(); night <= sizes.lastNight(); night++) {
      LocalDate date = sizes.date(night);
      boolean byProduct = options.product() && !productDone.has(date);
      boolean byScript = peer != null && !peerDone.has(date);
      if (!byProduct && !byScript) continue;
      Written written = exports.write(night, folder(date));
      new Redeemed(sizes).write(night, folder(date));
      List<Measured> sides = new ArrayList<>();
      if (byProduct) sides.add(product(night, date));
      if (byScript) sides.add(script(date));
      Compared compared = byScript && productDone.has(date) ? compare(date) : null;
      if (compared != null) differences += compared.differences().size();
      if (night < sizes.measuredFrom()) {
        for (Measured side : sides) out.println(Report.brief(date, side));
        if (compared != null && !compared.differences().isEmpty())
          out.println(Report.night(date, written, sides, compared));
      } else {
        measured.addAll(sides);
        String text = Report.night(date, written, sides, compared);
        out.println(text);
        report.append(text);
      }
    }
    if (sizes.nights() > 1) out.println("Medians\n\n" + Report.totals(measured));
    if (options.report() != null)
      ReportFile.write(
          options.report(),
          TITLE,
          Machine.heading(TITLE, "bench/run " + options.words(), clock)
              + "## Medians\n\n"
              + Report.totals(measured)
              + "\n"
              + report);
    return differences;
  }

  private Measured product(int night, LocalDate date) throws IOException {
    deliver(folder(date), Exports.Night.in(folder(date), date).all());
    if (sizes.redemptions() > 0 && night >= 1)
      deliver(
          folder(date),
          Redeemed.requests(night, folder(date)),
          Redeemed.events(night, folder(date)));
    if (productServer == null) productServer = new Server(product.home());
    productServer.settle();
    Measured measured = product.night(date, productServer);
    product.ledger(date, folder(date).resolve("ledger.csv"));
    productDone.add(date);
    return measured;
  }

  private Measured script(LocalDate date) {
    peerServer.settle();
    Measured measured = peer.night(date, Exports.Night.in(folder(date), date));
    peerDone.add(date);
    return measured;
  }

  /** What both sides booked that night. */
  Compared compare(LocalDate date) {
    return peer.compare(
        date, folder(date).resolve("ledger.csv"), product.profiles(date), product.liability(date));
  }

  Peer peer() {
    return peer;
  }

  private Path folder(LocalDate date) {
    return options.dir().resolve("files/" + date);
  }

  private void deliver(Path folder, Path... files) throws IOException {
    Path inbox = product.home().resolve("inbox");
    for (Path file : files) {
      Path to = inbox.resolve(folder.relativize(file));
      Files.createDirectories(to.getParent());
      Files.deleteIfExists(to);
      Files.copy(file, to);
      Files.createFile(to.resolveSibling(to.getFileName() + ".done"));
    }
  }

  @Override
  public void close() {
    if (productServer != null) productServer.stop();
    if (peerServer != null) peerServer.stop();
  }
}
