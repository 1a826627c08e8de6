package omnipoints.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
          "logs");
  private static final List<String> OWNER_ONLY = List.of("secrets", "db");
  private static final int KEY_BYTES = 32;

  @Override
  public String name() {
    return "init";
  }

  @Override
  public Answer answer(Call call) throws IOException {
    Path home = call.home();
    refuseWhatIsThere(call, home);
    for (String folder : FOLDERS) Files.createDirectories(home.resolve(folder));
    for (String folder : OWNER_ONLY) {
      if (!Files.isDirectory(home.resolve(folder)))
        Files.createDirectory(home.resolve(folder), ownerOnly("rwx------"));
    }
    secret(home.resolve("secrets/token.key"));
    secret(home.resolve("secrets/database.password"));
    // Last, because it is what makes a folder a home.
    try (InputStream settings = InitVerb.class.getResourceAsStream(SETTINGS)) {
      Files.copy(settings, home.resolve(SETTINGS));
    }
    List<String> next = List.of(call.command("nightly"), call.command("channel", "check", "FILE"));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("home", home.toString());
    json.put("channels", List.of("tmall", "pos", "program"));
    json.put("next", next);
    return Answer.of(json, page -> page.say("init.done", home).say("init.inbox").next(next));
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
    Files.createFile(file, ownerOnly("rw-------"));
    Files.writeString(file, HexFormat.of().formatHex(key) + "\n", StandardCharsets.US_ASCII);
  }

  private static java.nio.file.attribute.FileAttribute<?> ownerOnly(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
