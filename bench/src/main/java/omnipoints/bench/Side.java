package omnipoints.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/** The product in a home of its own: its server, and which nights it has run. */
final class Side implements AutoCloseable {

  private final Product product;
  private final Done done;
  private Server server;

  Side(Product product, String world) {
    this.product = product;
    done = new Done(product.home().resolve("nights.txt"), world);
  }

  /** Runs a night over these files, and keeps the ledger of it beside them. */
  Measured night(LocalDate date, Path folder, List<Path> files) throws IOException {
    deliver(folder, files);
    if (server == null) server = new Server(product.home());
    server.settle();
    Measured measured = product.night(date, server);
    product.ledger(date, ledger(folder));
    done.add(date);
    return measured;
  }

  boolean has(LocalDate date) {
    return done.has(date);
  }

  Path ledger(Path folder) {
    return folder.resolve("ledger-" + product.home().getFileName() + ".csv");
  }

  Product product() {
    return product;
  }

  private void deliver(Path folder, List<Path> files) throws IOException {
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
    if (server != null) server.stop();
  }
}
