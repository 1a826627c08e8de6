package omnipoints.routes.pull;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import omnipoints.routes.Archive;
import omnipoints.routes.OwnerOnly;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The secrets of a shop as {@code secrets/api-<channel>-<shop>.json}, or of a platform that is told
 * of points as {@code secrets/sync-<platform>.json}: one flat JSON object of texts. New tokens are
 * written back whole or not at all, for the owner only.
 */
final class KeyFile {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String PREFIX = "api-";
  private static final String SUFFIX = ".json";

  private final Path file;

  private KeyFile(Path file) {
    this.file = file;
  }

  /** The shops of a channel that have keys, by name. */
  static Map<String, KeyFile> of(Path secrets, String channel) {
    String prefix = PREFIX + channel + "-";
    Map<String, KeyFile> files = new TreeMap<>();
    if (!Files.isDirectory(secrets)) return files;
    try (Stream<Path> all = Files.list(secrets)) {
      for (Path file : all.toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith(prefix) && name.endsWith(SUFFIX))
          files.put(
              name.substring(prefix.length(), name.length() - SUFFIX.length()), new KeyFile(file));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException("the folder of secrets cannot be read", e);
    }
  }

  /** The secrets of one platform that is told of points; the file may be missing. */
  static KeyFile ofSync(Path secrets, String platform) {
    return new KeyFile(secrets.resolve("sync-" + platform + SUFFIX));
  }

  Keys read() {
    // Whatever is wrong with the text, it is not quoted: it is a secret.
    try {
      JsonNode root = JSON.readTree(Files.readString(file));
      if (!root.isObject()) throw new Keys.Unusable(unreadable());
      Map<String, String> values = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> one : root.properties()) {
        if (!one.getValue().isValueNode()) throw new Keys.Unusable(unreadable());
        values.put(one.getKey(), one.getValue().asString());
      }
      return new Keys(file.getFileName().toString(), values);
    } catch (IOException | JacksonException e) {
      throw new Keys.Unusable(unreadable());
    }
  }

  private String unreadable() {
    return "the secret file "
        + file.getFileName()
        + " is no readable JSON object of texts, like {\"app_key\": \"…\"}";
  }

  void write(Keys keys) throws IOException {
    byte[] text =
        JSON.writeValueAsString(new TreeMap<>(keys.all())).getBytes(StandardCharsets.UTF_8);
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    try (FileChannel channel = FileChannel.open(part, Set.of(CREATE_NEW, WRITE), OwnerOnly.FILE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text);
      while (bytes.hasRemaining()) channel.write(bytes);
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    // The old refresh token is good no more.
    Archive.force(file.toAbsolutePath().getParent());
  }

  /** File name that a shop's keys have. */
  static String name(String channel, String shop) {
    return PREFIX + channel + "-" + shop + SUFFIX;
  }
}
