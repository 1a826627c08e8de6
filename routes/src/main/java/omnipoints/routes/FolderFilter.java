package omnipoints.routes;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import omnipoints.files.Junk;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;

/**
 * Which entries of an inbox folder are deliveries: regular files in it or one shop folder below.
 * Anything that is not taken is told, but for markers and our own folder of files too large.
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
    if (name.equals(FolderRoute.REFUSED)) {
      return false;
    }
    if (Files.isSymbolicLink(dir)) {
      return told(
          Notice.Kind.NOT_A_FILE,
          dir,
          "it is a link; links are not followed",
          "put a folder in its place");
    }
    if (Junk.is(name)) {
      return toldFolder(
          Notice.Kind.JUNK, dir, "by its name it is no shop, so nobody looks into it", "remove it");
    }
    if (fault.isPresent()) {
      return toldFolder(
          Notice.Kind.MISPLACED,
          dir,
          fault.get() + ", so it cannot be a shop",
          "rename the folder");
    }
    if (!source.shopFolders()) {
      return toldFolder(
          Notice.Kind.MISPLACED,
          dir,
          "channel " + source.channel() + " has no shops, so nobody looks into it",
          "move its files to " + FileName.printable(source.dir().toString()));
    }
    if (!dir.getParent().equals(source.dir())) {
      return toldFolder(
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
    if (FileName.isMarker(name)) {
      return false;
    }
    if (Junk.is(name)) {
      watch.leave(Notice.junk(source.channel(), null, shown(file)));
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
    watch.leave(new Notice(kind, source.channel(), null, shown(entry), message, next));
    return false;
  }

  private boolean toldFolder(Notice.Kind kind, Path folder, String message, String next) {
    watch.leaveFolder(
        new Notice(kind, source.channel(), null, shown(folder), message, next), folder);
    return false;
  }

  private String shown(Path entry) {
    return FileName.printable(source.dir().relativize(entry).toString());
  }
}
