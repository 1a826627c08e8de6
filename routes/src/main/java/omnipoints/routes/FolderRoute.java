package omnipoints.routes;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileConfiguration;

/**
 * From one inbox folder to the desk. {@link FolderFilter} chooses, {@link FolderStrategy} accepts
 * and removes.
 */
final class FolderRoute extends SourceRoute {
  /** The offer an exchange carries, made by {@link FolderStrategy}. */
  static final String OFFER = "omnipoints.offer";

  /** Where refused files too large to be archived are kept, below the source's folder. */
  static final String REFUSED = ".refused";

  // One below the deepest folder we read, so that the filter sees and reports what lies too deep.
  private static final int DEPTH_SEEN = 3;

  private final FolderSource source;
  private final Path inbox;
  private final Intake intake;

  FolderRoute(String id, FolderSource source, Path inbox, Watch watch, Duration every) {
    super(id, watch, every);
    this.source = source;
    this.inbox = inbox;
    this.intake = new Intake(watch, source.channel());
  }

  @Override
  public void configure() {
    from(polled(endpoint())).routeId(id()).errorHandler(noErrorHandler()).process(this::take);
  }

  private FileEndpoint endpoint() {
    // Made by hand, not from a URI: a path may hold any character, a URI gives some of them a
    // meaning.
    FileEndpoint endpoint =
        new FileEndpoint("file:" + id(), getContext().getComponent("file", FileComponent.class));
    endpoint.setConfiguration(new GenericFileConfiguration());
    endpoint.setFile(source.dir().toFile());
    endpoint.setRecursive(true);
    endpoint.setMaxDepth(DEPTH_SEEN);
    endpoint.setIncludeHiddenFiles(true);
    endpoint.setFilter(new FolderFilter(source, watch()));
    endpoint.setProcessStrategy(new FolderStrategy(source, watch()));
    return endpoint;
  }

  @Override
  boolean isReachable() {
    try {
      if (source.dir().startsWith(inbox)) {
        OwnerOnly.folder(source.dir());
        if (!source.dir().toRealPath().startsWith(inbox.toRealPath())) {
          return unreadable(
              "it is a link that leads out of the inbox", "replace the link by a folder");
        }
      }
      if (!Files.isDirectory(source.dir())) {
        return unreadable(
            "there is no such folder", "create it, or correct its path in omnipoints.yaml");
      }
      if (!Files.isReadable(source.dir()) || !Files.isExecutable(source.dir())) {
        return unreadable("it may not be read", "give this user read permission");
      }
      return true;
    } catch (IOException e) {
      return unreadable(Faults.brief(e), "make the folder readable");
    }
  }

  private boolean unreadable(String why, String next) {
    watch()
        .fail(
            new SourceFailure(
                SourceFailure.Kind.SOURCE_UNREADABLE,
                source.channel(),
                "channel "
                    + source.channel()
                    + ", folder "
                    + FileName.printable(source.dir().toString())
                    + ": "
                    + why,
                next));
    return false;
  }

  private void take(Exchange exchange) {
    Path file = pathOf(exchange);
    Intake.Offer offer = exchange.getProperty(OFFER, Intake.Offer.class);
    try {
      boolean taken =
          offer.fingerprint().bytes() > watch().desk().fileBytesMax()
              ? refuse(file, offer)
              : archive(file, offer);
      if (taken) {
        watch().taken(key(file), offer.fingerprint());
        exchange.setProperty(TAKEN, true);
      }
    } catch (NoSuchFileException gone) {
      // Another collection was faster, or the sender took it back: nothing arrived.
    } catch (Intake.WrongSize | Archive.TooLarge growing) {
      watch().changedWhileCopying(key(file));
    } catch (Exception e) {
      met(e);
    }
  }

  private boolean archive(Path file, Intake.Offer offer) throws IOException, Desk.NotRegistered {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return intake.take(
          offer,
          in,
          () -> {
            boolean unchanged = FolderStrategy.fingerprint(file).equals(offer.fingerprint());
            if (!unchanged) {
              watch().changedWhileCopying(key(file));
            }
            return unchanged;
          });
    }
  }

  /** A file too large for the archive is moved aside within its own disk, whole. */
  private boolean refuse(Path file, Intake.Offer offer) throws IOException, Desk.NotRegistered {
    String sha256 = hash(file);
    if (!intake.isAsMarked(offer, sha256)) {
      return false;
    }
    Path kept = source.dir().resolve(REFUSED).resolve(sha256).resolve(file.getFileName());
    intake.refuseTooLarge(offer, sha256, kept);
    OwnerOnly.folder(kept.getParent());
    Files.move(file, kept, StandardCopyOption.REPLACE_EXISTING);
    return true;
  }

  private String hash(Path file) throws IOException {
    MessageDigest digest = Archive.sha256();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in =
        new DigestInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), digest)) {
      while (in.read(buffer) >= 0) {
        if (watch().desk().isClosed()) {
          throw new Archive.Interrupted();
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  void met(Throwable exception) {
    Archive.Unwritable unwritable = Faults.find(Archive.Unwritable.class, exception);
    if (Faults.find(Archive.Interrupted.class, exception) != null) {
      return;
    }
    if (Faults.find(Desk.NotRegistered.class, exception) != null) {
      watch().lose(Troubles.notRegistered(source.channel(), exception));
    } else if (unwritable != null) {
      watch().lose(Troubles.archiveUnwritable(source.channel(), unwritable));
    } else {
      unreadable(
          Faults.brief(exception), "look at the folder and its permissions, then collect again");
    }
  }

  private static Path pathOf(Exchange exchange) {
    GenericFile<?> file = exchange.getProperty(FileComponent.FILE_EXCHANGE_FILE, GenericFile.class);
    // Camel's own path strings turn backslashes into slashes; the File it listed is the file.
    return ((File) file.getFile()).toPath();
  }

  private String key(Path file) {
    return source.dir().relativize(file).toString();
  }
}
