package omnipoints.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import omnipoints.bench.Exports.Written;

/** Makes nights, gives them to the product and to the script, and says how long they took. */
final class Bench {

  private final Options options;
  private final Sizes sizes;
  private final PrintStream out;
  private final Exports exports;
  private final Product product;

  Bench(Options options, PrintStream out) {
    this.options = options;
    this.sizes = options.sizes();
    this.out = out;
    this.exports = new Exports(new World(sizes));
    this.product = new Product(options.product(), options.dir().resolve("home"));
  }

  /** The way in of bench/run. */
  public static void main(String[] words) throws IOException {
    if (List.of(words).contains("--help")) {
      System.out.print(Options.USAGE);
      return;
    }
    Options options;
    try {
      options = Options.parse(words);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    new Bench(options, System.out).run();
  }

  List<Measured> run() throws IOException {
    Path made = options.dir().resolve("made.txt");
    String world =
        sizes.seed()
            + " "
            + sizes.lines()
            + " "
            + sizes.members()
            + " "
            + sizes.lots()
            + " "
            + sizes.expiring()
            + " "
            + sizes.start();
    List<String> done =
        Files.exists(made)
            ? new ArrayList<>(Files.readAllLines(made))
            : new ArrayList<>(List.of(world));
    if (!done.get(0).equals(world))
      throw new IllegalStateException(
          options.dir()
              + " holds another world ("
              + done.get(0)
              + "); remove it or choose another --dir");
    if (!Files.exists(product.home().resolve("omnipoints.yaml"))) product.init();
    List<Measured> all = new ArrayList<>();
    Server server = new Server(product.home());
    try {
      for (int night = sizes.firstNight(); night <= sizes.lastNight(); night++) {
        LocalDate date = sizes.date(night);
        if (done.contains(date.toString())) continue;
        Path folder = options.dir().resolve("files/" + date);
        Written written = exports.write(night, folder);
        deliver(folder, date);
        server.settle();
        Measured measured = product.night(date, server);
        if (night < sizes.measuredFrom()) {
          out.println(Report.brief(date, measured));
        } else {
          all.add(measured);
          out.println(Report.night(date, written, List.of(measured)));
        }
        done.add(date.toString());
        Files.write(made, done, StandardCharsets.UTF_8);
      }
    } finally {
      server.stop();
    }
    return all;
  }

  private void deliver(Path folder, LocalDate date) throws IOException {
    Path inbox = product.home().resolve("inbox");
    for (Path file : Exports.Night.in(folder, date).all()) {
      Path to = inbox.resolve(folder.relativize(file));
      Files.createDirectories(to.getParent());
      Files.deleteIfExists(to);
      Files.copy(file, to);
      Files.createFile(to.resolveSibling(to.getFileName() + ".done"));
    }
  }
}
