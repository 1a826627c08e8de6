package omnipoints.routes;

import java.io.IOException;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.GenericFileProcessStrategy;
import org.apache.camel.component.file.remote.SftpRemoteFile;

/**
 * When a file on a server is accepted, and how it leaves if it may: with its {@code .done}, once it
 * is registered.
 */
@SuppressWarnings("rawtypes") // SftpRemoteFile is raw in Camel's own signatures
final class SftpStrategy implements GenericFileProcessStrategy<SftpRemoteFile> {
  private final SftpSource source;
  private final Watch watch;
  private final Supplier<SftpSession> session;

  SftpStrategy(SftpSource source, Watch watch, Supplier<SftpSession> session) {
    this.source = source;
    this.watch = watch;
    this.session = session;
  }

  @Override
  public void prepareOnStartup(
      GenericFileOperations<SftpRemoteFile> operations,
      GenericFileEndpoint<SftpRemoteFile> endpoint) {}

  @Override
  public boolean begin(
      GenericFileOperations<SftpRemoteFile> operations,
      GenericFileEndpoint<SftpRemoteFile> endpoint,
      Exchange exchange,
      GenericFile<SftpRemoteFile> listed)
      throws IOException {
    if (!watch.isOpen()) {
      return false;
    }
    String name = listed.getFile().getFilename();
    Fingerprint now = SftpSession.fingerprint(listed.getFile());
    Marker marker = session.get().marker(name, listed.getAbsoluteFilePath());
    if (!watch.isReady(name, now, marker)) {
      return false;
    }
    exchange.setProperty(SftpRoute.OFFER, new Intake.Offer(source.shop(), name, now, marker));
    return true;
  }

  @Override
  public void abort(
      GenericFileOperations<SftpRemoteFile> operations,
      GenericFileEndpoint<SftpRemoteFile> endpoint,
      Exchange exchange,
      GenericFile<SftpRemoteFile> listed) {}

  @Override
  public void commit(
      GenericFileOperations<SftpRemoteFile> operations,
      GenericFileEndpoint<SftpRemoteFile> endpoint,
      Exchange exchange,
      GenericFile<SftpRemoteFile> listed) {
    if (source.after() == SftpSource.After.KEEP
        || !exchange.getProperty(SourceRoute.TAKEN, false, boolean.class)) {
      return;
    }
    Intake.Offer offer = exchange.getProperty(SftpRoute.OFFER, Intake.Offer.class);
    try {
      operations.deleteFile(listed.getAbsoluteFilePath());
      if (offer.marker() != Marker.NONE) {
        operations.deleteFile(listed.getAbsoluteFilePath() + Marker.SUFFIX);
      }
    } catch (GenericFileOperationFailedException e) {
      watch.leave(
          new Notice(
              Notice.Kind.NOT_REMOVED,
              source.channel(),
              source.shop(),
              FileName.printable(offer.name()),
              "it is archived but the server does not let us remove it: "
                  + SftpTroubles.innermost(e),
              "set after: keep, or ask the partner for permission; until then it comes again as a duplicate"));
    }
  }

  @Override
  public void rollback(
      GenericFileOperations<SftpRemoteFile> operations,
      GenericFileEndpoint<SftpRemoteFile> endpoint,
      Exchange exchange,
      GenericFile<SftpRemoteFile> listed) {}
}
