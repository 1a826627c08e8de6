package omnipoints.routes;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;

/**
 * Which entries of an inbox folder are deliveries: regular files in it or one shop folder below.
 * Hidden and unfinished files are passed over in silence, anything else that is not taken is told.
 */
final class FolderFilter implements GenericFileFilter<File> {
  private final FolderSource source;
  private final Watch watch;

  FolderFilter(FolderSource source, Watch watch) {
    this.source = source;
    this.watch = watch;
  }

  @Override
  public boolean accept(GenericFile<File> entry) {
    Path path = entry.getFile().toPath();
    return entry.isDirectory() ? isShop(path) : isDelivery(path);
  }

  private boolean isShop(Path dir) {
    String name = dir.getFileName().toString();
    Optional<String> fault = FileName.fault(name);
    if (Files.isSymbolicLink(dir)) {
      return told(
          Notice.Kind.NOT_A_FILE,
          dir,
          "it is a link; links are not followed",
          "put a folder in its place");
    }
    if (fault.isPresent()) {
      return told(
          Notice.Kind.MISPLACED,
          dir,
          fault.get() + ", so it cannot be a shop",
          "rename the folder");
    }
    if (!source.shopFolders()) {
      return told(
          Notice.Kind.MISPLACED,
          dir,
          "channel " + source.channel() + " has no shops, so nobody looks into it",
          "move its files to " + FileName.printable(source.dir().toString()));
    }
    if (!dir.getParent().equals(source.dir())) {
      return told(
          Notice.Kind.MISPLACED,
          dir,
          "it lies deeper than a shop's folder, so nobody looks into it",
          "move its files to inbox/<channel>/<shop>/");
    }
    if (!Files.isReadable(dir) || !Files.isExecutable(dir)) {
      watch.fail(
          new SourceFailure(
              SourceFailure.Kind.SOURCE_UNREADABLE,
              source.channel(),
              "channel "
                  + source.channel()
                  + ", folder "
                  + FileName.printable(dir.toString())
                  + ": it may not be read",
              "give this user read permission"));
      return false;
    }
    return true;
  }

  private boolean isDelivery(Path file) {
    String name = file.getFileName().toString();
    // A name that begins with two dots is no hidden file but an attempt, and is told.
    if (FileName.isSkipped(name) && !name.startsWith("..")) {
      return false;
    }
    if (Files.isSymbolicLink(file)) {
      return told(
          Notice.Kind.NOT_A_FILE,
          file,
          "it is a link; links are not followed",
          "put the file itself here");
    }
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return told(Notice.Kind.NOT_A_FILE, file, "it is not a regular file", "remove it");
    }
    if (name.indexOf('?') >= 0 || name.indexOf('\uFFFD') >= 0) {
      return told(
          Notice.Kind.NOT_A_FILE,
          file,
          "its name cannot be read in this process's locale (names are decoded as "
              + System.getProperty("sun.jnu.encoding")
              + "), so it stays where it is",
          "start the program under a UTF-8 locale, e.g. LC_ALL=C.UTF-8");
    }
    return false;
  }

  private boolean told(Notice.Kind kind, Path entry, String message, String next) {
    watch
        .desk()
        .say(
            new Notice(
                kind,
                source.channel(),
                null,
                FileName.printable(source.dir().relativize(entry).toString()),
                message,
                next));
    return false;
  }
}
