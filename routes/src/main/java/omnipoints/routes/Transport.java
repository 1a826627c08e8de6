package omnipoints.routes;

import java.nio.file.Path;

/**
 * Where the files of one channel come from. One value = one source that {@link Collector} polls.
 */
public sealed interface Transport permits FolderSource, SftpSource {

  /** The channel code, e.g. {@code tmall}; {@code program} for our own documents. */
  String channel();

  /**
   * The inbox folder of a channel.
   *
   * @param home the home directory
   * @return {@code home/inbox/<channel>} with folders per shop, without them for {@code program}
   */
  static FolderSource inbox(Path home, String channel) {
    return new FolderSource(
        channel, home.resolve("inbox").resolve(channel), !channel.equals("program"));
  }
}
