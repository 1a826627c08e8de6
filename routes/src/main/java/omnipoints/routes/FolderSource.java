package omnipoints.routes;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A local folder: {@code dir/file}, and {@code dir/<shop>/file} when {@code shopFolders}. A file
 * directly in {@code dir} has no shop of its own; its rows or the mapping must tell.
 */
public record FolderSource(String channel, Path dir, boolean shopFolders) implements Transport {
  public FolderSource {
    Objects.requireNonNull(channel, "channel");
    dir = dir.toAbsolutePath().normalize();
  }
}
