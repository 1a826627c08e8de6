package omnipoints.routes;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import omnipoints.files.Junk;

/** The top of the inbox, where only the channels' folders belong. */
final class InboxFloor {
  private InboxFloor() {}

  /**
   * Tells of files lying there and of folders with content that belong to no channel.
   *
   * @param left takes what stays there
   */
  static void look(CollectorSettings settings, Consumer<Notice> notices, Leftovers left)
      throws IOException {
    if (!Files.isDirectory(settings.inbox())) {
      return;
    }
    Set<String> channels =
        settings.sources().stream().map(Transport::channel).collect(Collectors.toSet());
    List<Path> polled =
        settings.sources().stream()
            .flatMap(
                source ->
                    source instanceof FolderSource folder
                        ? Stream.of(folder.dir())
                        : Stream.empty())
            .toList();
    for (Path entry : sorted(settings.inbox())) {
      String name = entry.getFileName().toString();
      if (polled.stream().anyMatch(dir -> dir.startsWith(entry))) {
        continue;
      }
      boolean folder = Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
      if (folder && sorted(entry).isEmpty()) continue;
      Notice notice = notice(name, folder, channels);
      notices.accept(notice);
      Notice below =
          new Notice(
              notice.kind(), "", null, FileName.printable(name), notice.message(), notice.next());
      if (folder) left.addFolder(below, entry);
      else left.add(below);
    }
  }

  private static Notice notice(String name, boolean folder, Set<String> channels) {
    String shown = "inbox/" + FileName.printable(name);
    if (Junk.is(name)) return Notice.junk("", null, shown);
    if (!folder) {
      return new Notice(
          Notice.Kind.MISPLACED,
          "",
          null,
          shown,
          "it lies outside of every channel's folder, so nobody takes it",
          "move it to inbox/<channel>/ or inbox/<channel>/<shop>/; channels are " + list(channels));
    }
    if (channels.contains(name)) {
      return new Notice(
          Notice.Kind.MISPLACED,
          "",
          null,
          shown,
          "channel " + name + " does not come from the inbox, so nobody looks into it",
          "move its files to where the channel's transport looks, or change the transport in omnipoints.yaml");
    }
    return new Notice(
        Notice.Kind.UNKNOWN_CHANNEL,
        "",
        null,
        shown,
        "no channel of that name is configured, so nobody looks into it",
        "add the channel to omnipoints.yaml or move the files; channels are " + list(channels));
  }

  private static String list(Set<String> channels) {
    return channels.stream().sorted().collect(Collectors.joining(", "));
  }

  private static List<Path> sorted(Path dir) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(dir)) {
      return StreamSupport.stream(entries.spliterator(), false).sorted().toList();
    }
  }
}
