package omnipoints.routes;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.GenericFileProcessStrategy;

/**
 * When a file of an inbox folder is accepted, and how it leaves: with its {@code .done}, once it is
 * registered.
 */
final class FolderStrategy implements GenericFileProcessStrategy<File> {
  private final FolderSource source;
  private final Watch watch;

  FolderStrategy(FolderSource source, Watch watch) {
    this.source = source;
    this.watch = watch;
  }

  @Override
  public void prepareOnStartup(
      GenericFileOperations<File> operations, GenericFileEndpoint<File> endpoint) {}

  @Override
  public boolean begin(
      GenericFileOperations<File> operations,
      GenericFileEndpoint<File> endpoint,
      Exchange exchange,
      GenericFile<File> listed)
      throws IOException {
    if (!watch.isOpen()) {
      return false;
    }
    Path file = listed.getFile().toPath();
    Path below = source.dir().relativize(file);
    try {
      Fingerprint now = fingerprint(file);
      Marker marker = marker(file);
      if (!watch.isReady(below.toString(), now, marker)) {
        return false;
      }
      String shop = below.getNameCount() > 1 ? below.getName(0).toString() : null;
      exchange.setProperty(
          FolderRoute.OFFER, new Intake.Offer(shop, file.getFileName().toString(), now, marker));
      return true;
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  @Override
  public void abort(
      GenericFileOperations<File> operations,
      GenericFileEndpoint<File> endpoint,
      Exchange exchange,
      GenericFile<File> listed) {}

  @Override
  public void commit(
      GenericFileOperations<File> operations,
      GenericFileEndpoint<File> endpoint,
      Exchange exchange,
      GenericFile<File> listed) {
    if (!exchange.getProperty(SourceRoute.TAKEN, false, boolean.class)) {
      return;
    }
    Path file = listed.getFile().toPath();
    Intake.Offer offer = exchange.getProperty(FolderRoute.OFFER, Intake.Offer.class);
    try {
      // Somebody may have put a new file of this name in place since: that one is not ours to
      // remove.
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
          && fingerprint(file).equals(offer.fingerprint())) {
        Files.deleteIfExists(file);
      }
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        Files.deleteIfExists(markerOf(file));
        watch.removed(source.dir().relativize(file).toString());
      }
    } catch (IOException e) {
      watch.leave(
          new Notice(
              Notice.Kind.NOT_REMOVED,
              source.channel(),
              offer.shop(),
              FileName.printable(offer.name()),
              "it is archived but cannot be removed: " + Faults.brief(e),
              "give this user write permission on the folder; until then it comes again as a duplicate"));
    }
  }

  @Override
  public void rollback(
      GenericFileOperations<File> operations,
      GenericFileEndpoint<File> endpoint,
      Exchange exchange,
      GenericFile<File> listed) {}

  static Fingerprint fingerprint(Path file) throws IOException {
    BasicFileAttributes now =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return new Fingerprint(
        now.size(), now.lastModifiedTime().toString(), String.valueOf(now.fileKey()));
  }

  private static Path markerOf(Path file) {
    return file.resolveSibling(file.getFileName() + Marker.SUFFIX);
  }

  private static Marker marker(Path file) throws IOException {
    Path marker = markerOf(file);
    if (!Files.isRegularFile(marker, LinkOption.NOFOLLOW_LINKS)) {
      return Marker.NONE;
    }
    try (InputStream in = Files.newInputStream(marker, LinkOption.NOFOLLOW_LINKS)) {
      return Marker.parse(in.readNBytes(Marker.BYTES_MAX + 1));
    }
  }
}
