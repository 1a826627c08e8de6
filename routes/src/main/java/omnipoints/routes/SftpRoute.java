package omnipoints.routes;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.remote.FtpConstants;
import org.apache.camel.component.file.remote.RemoteFileOperations;
import org.apache.camel.component.file.remote.SftpComponent;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.component.file.remote.SftpRemoteFile;

/** From one directory of an SFTP server to the desk. {@link SftpStrategy} accepts and removes. */
final class SftpRoute extends SourceRoute {
  /** The offer an exchange carries, made by {@link SftpStrategy}. */
  static final String OFFER = "omnipoints.offer";

  private final SftpSource source;
  private final Secrets secrets;
  private final Intake intake;
  private SftpSession session;

  SftpRoute(String id, SftpSource source, Path secrets, Watch watch, Duration every) {
    super(id, watch, every);
    this.source = source;
    this.secrets = new Secrets(secrets);
    this.intake = new Intake(watch, source.channel());
  }

  @Override
  public void configure() {
    from(polled(endpoint())).routeId(id()).errorHandler(noErrorHandler()).process(this::take);
  }

  private SftpEndpoint endpoint() {
    SftpComponent component = getContext().getComponent("sftp", SftpComponent.class);
    // The URI is a name only. Host, user and credentials are set on objects, so no log line or JMX
    // name can show them.
    SftpEndpoint endpoint = new Endpoint("sftp:" + id(), component, sftpConfiguration());
    endpoint.setProcessStrategy(new SftpStrategy(source, watch(), () -> session));
    endpoint.setFilter(new SftpFilter(source, watch()));
    // Camel would retry any failure, refused logins included; retrying is Collector's decision.
    endpoint.setMaximumReconnectAttempts(0);
    return endpoint;
  }

  private final class Endpoint extends SftpEndpoint {
    Endpoint(String uri, SftpComponent component, SftpConfiguration configuration) {
      super(uri, component, configuration);
    }

    @Override
    @SuppressWarnings("rawtypes") // as Camel declares it
    public RemoteFileOperations<SftpRemoteFile> createRemoteFileOperations() {
      session = new SftpSession(source, secrets, watch());
      session.setEndpoint(this);
      return session;
    }
  }

  private SftpConfiguration sftpConfiguration() {
    SftpConfiguration configuration = new SftpConfiguration();
    configuration.setHost(source.host());
    configuration.setPort(source.port());
    configuration.setUsername(source.user());
    configuration.setDirectory(source.remoteDir());
    configuration.setUseUserKnownHostsFile(false);
    configuration.setStrictHostKeyChecking("yes");
    configuration.setConnectTimeout(Math.toIntExact(source.patience().connect().toMillis()));
    configuration.setSoTimeout(Math.toIntExact(source.patience().silence().toMillis()));
    configuration.setStepwise(false);
    configuration.setStreamDownload(true);
    configuration.setThrowExceptionOnConnectFailed(true);
    configuration.setJschLoggingLevel(LoggingLevel.OFF);
    configuration.setServerMessageLoggingLevel(LoggingLevel.OFF);
    return configuration;
  }

  @Override
  boolean isReachable() {
    // Whether there is a server only connecting tells; what can be looked at before is the secret.
    String name = source.credential().file();
    try {
      if (secrets.isExposed(name)) {
        watch()
            .desk()
            .say(
                new Notice(
                    Notice.Kind.SECRET_EXPOSED,
                    source.channel(),
                    source.shop(),
                    name,
                    "the secret file "
                        + secrets.file(name)
                        + " may be read by other users of this machine",
                    "chmod 600 " + secrets.file(name)));
      }
      return true;
    } catch (Secrets.Unusable e) {
      met(e);
      return false;
    }
  }

  private void take(Exchange exchange) {
    GenericFile<?> file = exchange.getProperty(FileComponent.FILE_EXCHANGE_FILE, GenericFile.class);
    Intake.Offer offer = exchange.getProperty(OFFER, Intake.Offer.class);
    InputStream first =
        exchange.getIn().getHeader(FtpConstants.REMOTE_FILE_INPUT_STREAM, InputStream.class);
    String path = file.getAbsoluteFilePath();
    try (InputStream in =
        new ResumedStream(
            first,
            offer.fingerprint().bytes(),
            offset -> session.rest(path, offset, offer.fingerprint()))) {
      boolean taken =
          intake.take(
              offer,
              in,
              () -> {
                // The stream must be over before the session is asked anything else.
                end(in);
                return isUnchanged(path, offer);
              });
      if (taken) {
        watch().taken(offer.name(), offer.fingerprint());
        exchange.setProperty(TAKEN, true);
      }
    } catch (Exception e) {
      met(e);
    }
  }

  private static void end(Closeable stream) throws IOException {
    stream.close();
  }

  /** Asked only before a removal: a file that stays is fetched again, whatever became of it. */
  private boolean isUnchanged(String path, Intake.Offer offer) throws IOException {
    if (source.after() == SftpSource.After.KEEP || offer.fingerprint().equals(session.look(path))) {
      return true;
    }
    watch().changedWhileCopying(offer.name());
    return false;
  }

  @Override
  void met(Throwable exception) {
    if (Faults.find(Archive.Interrupted.class, exception) != null
        || SftpTroubles.isFileGone(exception)) {
      return;
    }
    Archive.Unwritable unwritable = Faults.find(Archive.Unwritable.class, exception);
    if (Faults.find(Desk.NotRegistered.class, exception) != null) {
      watch().lose(Troubles.notRegistered(source.channel(), exception));
    } else if (unwritable != null) {
      watch().lose(Troubles.archiveUnwritable(source.channel(), unwritable));
    } else {
      SourceFailure failure = SftpTroubles.of(source, secrets, session, exception);
      switch (failure.kind()) {
        case DOWNLOAD_CUT, SOURCE_UNREADABLE -> watch().fail(failure);
        default -> watch().lose(failure);
      }
    }
  }

  @Override
  void disconnect() {
    if (session != null) {
      session.forceDisconnect();
    }
  }
}
