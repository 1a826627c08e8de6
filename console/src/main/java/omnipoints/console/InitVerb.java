package omnipoints.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import omnipoints.routes.OwnerOnly;

/**
 * {@code init}: a home that runs as it is. Asks nothing, starts nothing, writes no absolute path.
 */
final class InitVerb implements Verb {
  static final String SETTINGS = "omnipoints.yaml";

  private static final List<String> FOLDERS =
      List.of(
          "mappings",
          "programs",
          "inbox/tmall",
          "inbox/pos",
          "inbox/program",
          "archive",
          "outbox/crm",
          "reports",
          "logs",
          "secrets",
          "db");
  private static final int KEY_BYTES = 32;

  @Override
  public String name() {
    return "init";
  }

  private record Told(String home, List<String> channels, List<String> next) {}

  @Override
  public Answer answer(Call call) throws IOException {
    Path home = call.home();
    refuseWhatIsThere(call, home);
    OwnerOnly.folder(home);
    OwnerOnly.close(home);
    for (String folder : FOLDERS) OwnerOnly.folder(home.resolve(folder));
    secret(home.resolve("secrets/token.key"));
    secret(home.resolve("secrets/database.password"));
    // Last, because it is what makes a folder a home.
    Files.createFile(home.resolve(SETTINGS), OwnerOnly.FILE);
    try (InputStream settings = InitVerb.class.getResourceAsStream(SETTINGS)) {
      Files.write(home.resolve(SETTINGS), settings.readAllBytes());
    }
    List<String> next = List.of(call.command("nightly"), call.command("channel", "check", "FILE"));
    Told told = new Told(home.toString(), List.of("tmall", "pos", "program"), next);
    return Answer.of(told, page -> page.say("init.done", home).say("init.inbox").next(next));
  }

  private static void refuseWhatIsThere(Call call, Path home) throws IOException {
    if (!Files.exists(home)) return;
    if (Files.exists(home.resolve(SETTINGS))) {
      throw call.refused("ALREADY_A_HOME", List.of(call.command("status")), "init.home", home);
    }
    if (!Files.isDirectory(home))
      throw call.refused("NOT_A_FOLDER", elsewhere(), "init.file", home);
    try (Stream<Path> content = Files.list(home)) {
      if (content.findAny().isPresent())
        throw call.refused("NOT_EMPTY", elsewhere(), "init.notempty", home);
    }
  }

  private static List<String> elsewhere() {
    return List.of("./omnipoints init --home DIR");
  }

  private static void secret(Path file) throws IOException {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    Files.createFile(file, OwnerOnly.FILE);
    Files.writeString(file, HexFormat.of().formatHex(key) + "\n", StandardCharsets.US_ASCII);
  }
}
