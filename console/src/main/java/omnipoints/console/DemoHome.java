package omnipoints.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The home the demo runs in. Everything in it is fixed, its token key too, so that every demo has
 * the same members and the same close chain; an installation's key is random.
 */
final class DemoHome {
  private static final String TOKEN_KEY =
      "6f6d6e69706f696e74732064656d6f206b65792c206e6f207365637265742121";
  private static final String PASSWORD = "demo";
  private static final Charset GB18030 = Charset.forName("GB18030");

  /**
   * A file of a night.
   *
   * @param folder where it arrives, below the home
   * @param resource whose bytes it has, below {@code demo/}
   */
  private record Arriving(
      String night, String folder, String name, String resource, Charset charset) {}

  private static final String PLATFORM = "demo/platform/export";
  private static final String TILL = "inbox/pos/一号店";
  private static final String OWN = "inbox/program";

  private static final List<Arriving> ARRIVING =
      List.of(
          tmall("2026-03-01", "ExportOrderList20260301.csv"),
          tmall("2026-03-01", "ExportItemList20260301.csv"),
          own("2026-03-01", TILL, "sales_20260301.csv"),
          own("2026-03-01", OWN, "members_20260301.csv"),
          tmall("2026-03-02", "ExportOrderList20260302.csv"),
          tmall("2026-03-02", "ExportItemList20260302.csv"),
          own("2026-03-02", TILL, "sales_20260302.csv"),
          new Arriving(
              "2026-03-02",
              TILL,
              "sales_20260301 (1).csv",
              "2026-03-01/sales_20260301.csv",
              StandardCharsets.UTF_8),
          own("2026-03-02", OWN, "bindings_20260302.csv"),
          own("2026-03-03", TILL, "sales_20260303.csv"));

  private final Path home;

  /**
   * @param home made by {@code init}
   */
  DemoHome(Path home) {
    this.home = home;
  }

  private static Arriving tmall(String night, String name) {
    return new Arriving(night, PLATFORM, name, night + "/" + name, GB18030);
  }

  private static Arriving own(String night, String folder, String name) {
    return new Arriving(night, folder, name, night + "/" + name, StandardCharsets.UTF_8);
  }

  /** Starts the platform's server and points the settings at it. */
  DemoServer connect() throws IOException {
    Files.writeString(home.resolve("secrets/token.key"), TOKEN_KEY + "\n");
    Files.writeString(home.resolve("secrets/tmall.password"), PASSWORD + "\n");
    Files.setPosixFilePermissions(
        home.resolve("secrets/tmall.password"),
        Files.getPosixFilePermissions(home.resolve("secrets/token.key")));
    DemoServer server = new DemoServer(home.resolve("demo/platform"), PASSWORD);
    Files.writeString(home.resolve("secrets/known_hosts"), server.knownHostsLine());
    Files.writeString(
        home.resolve(InitVerb.SETTINGS),
        text("omnipoints.yaml").replace("{port}", Integer.toString(server.port())));
    return server;
  }

  /**
   * The server is gone: from now on Tmall's files are put into the inbox, too, so that the home
   * lives on.
   */
  void disconnect() throws IOException {
    Path settings = home.resolve(InitVerb.SETTINGS);
    String folder =
        Files.readString(settings)
            .replaceFirst(
                "(?s)    transport:\\n      sftp:.*?(?=\\n  pos:)", "    transport: folder");
    Files.writeString(settings, folder);
  }

  /** Lays out what arrives in a night; each with the marker that says it is complete. */
  void arrive(String night) throws IOException {
    for (Arriving file : ARRIVING) {
      if (!file.night().equals(night)) continue;
      Path folder = Files.createDirectories(home.resolve(file.folder()));
      Path part = folder.resolve(file.name() + ".part");
      Files.write(part, text(file.resource()).getBytes(file.charset()));
      Files.move(part, folder.resolve(file.name()), StandardCopyOption.ATOMIC_MOVE);
      Files.createFile(folder.resolve(file.name() + ".done"));
    }
  }

  private static String text(String resource) throws IOException {
    try (InputStream in = DemoHome.class.getResourceAsStream("/demo/" + resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
