package omnipoints.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
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
  private final Options options;
  private final Sizes sizes;
  private final Clock clock;
  private final PrintStream out;
  private final Exports exports;
  private final Side product;

  /** The product under other rules; null unless asked for. */
  private final Side ruled;

  private final Server peerServer;
  private final Peer peer;
  private final Done peerDone;

  Bench(Options options, Launcher launcher, Clock clock, PrintStream out) {
    this.clock = clock;
    this.options = options;
    this.sizes = options.sizes();
    this.out = out;
    // under rules a till's own points differ on every line: that is what reconcile is for, no cost
    // of rules
    exports = new Exports(new World(sizes), options.rules() == null);
    Path dir = options.dir();
    String sold = sizes.redemptions() == 0 ? "" : Redeemed.CATALOGUE;
    product = side(new Product("product", launcher, dir.resolve("home")), Product.PROGRAMME + sold);
    ruled =
        options.rules() == null
            ? null
            : side(
                new Product(stem(options.rules()), launcher, dir.resolve("home-ruled")),
                read(options.rules()) + sold);
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

  private Side side(Product product, String programme) {
    if (options.product() && !Files.exists(product.home().resolve("omnipoints.yaml")))
      product.init(programme);
    return new Side(product, sizes.world());
  }

  private static String stem(Path file) {
    return file.getFileName().toString().replaceFirst("\\.yaml$", "");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
      boolean byProduct = options.product() && !product.has(date);
      boolean byRuled = ruled != null && options.product() && !ruled.has(date);
      boolean byScript = peer != null && !peerDone.has(date);
      if (!byProduct && !byRuled && !byScript) continue;
      Written written = exports.write(night, folder(date));
      new Redeemed(sizes).write(night, folder(date));
      List<Measured> sides = new ArrayList<>();
      if (byProduct) sides.add(product.night(date, folder(date), files(night, date)));
      if (byRuled) sides.add(ruled.night(date, folder(date), files(night, date)));
      if (byScript) sides.add(script(date));
      Compared compared = byScript && product.has(date) ? compare(date) : null;
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
          options.title(),
          Machine.heading(options.title(), "bench/run " + options.words(), clock)
              + "## Medians\n\n"
              + Report.totals(measured)
              + "\n"
              + report);
    return differences;
  }

  private List<Path> files(int night, LocalDate date) {
    List<Path> files = new ArrayList<>(List.of(Exports.Night.in(folder(date), date).all()));
    if (sizes.redemptions() > 0 && night >= 1) {
      files.add(Redeemed.requests(night, folder(date)));
      files.add(Redeemed.events(night, folder(date)));
    }
    return files;
  }

  private Measured script(LocalDate date) {
    peerServer.settle();
    Measured measured = peer.night(date, Exports.Night.in(folder(date), date));
    peerDone.add(date);
    return measured;
  }

  /** What both sides booked that night. */
  Compared compare(LocalDate date) {
    Product booked = product.product();
    return peer.compare(
        date, product.ledger(folder(date)), booked.profiles(date), booked.liability(date));
  }

  Peer peer() {
    return peer;
  }

  private Path folder(LocalDate date) {
    return options.dir().resolve("files/" + date);
  }

  @Override
  public void close() {
    product.close();
    if (ruled != null) ruled.close();
    if (peerServer != null) peerServer.stop();
  }
}
