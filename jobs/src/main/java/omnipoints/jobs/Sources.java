package omnipoints.jobs;

import java.util.ArrayList;
import java.util.List;
import omnipoints.jobs.HomeConfig.ChannelConfig;
import omnipoints.jobs.HomeConfig.SftpConfig;
import omnipoints.routes.Patience;
import omnipoints.routes.SftpSource;
import omnipoints.routes.SftpSource.After;
import omnipoints.routes.SftpSource.Credential;
import omnipoints.routes.Transport;

/** Where the channels of a home bring their files, as the routes understand it. */
final class Sources {

  private Sources() {}

  static List<Transport> of(Home home) {
    var sources = new ArrayList<Transport>();
    for (ChannelConfig channel : home.config().channels().values()) {
      sources.add(Transport.inbox(home.dir(), channel.code()));
      if (channel.sftp() != null) sources.add(sftp(channel, channel.sftp()));
    }
    return sources;
  }

  private static SftpSource sftp(ChannelConfig channel, SftpConfig sftp) {
    return server(channel.code(), channel.shop(), sftp);
  }

  /**
   * A server of the settings.
   *
   * @param channel how it is called in messages
   */
  static SftpSource server(String channel, String shop, SftpConfig sftp) {
    Credential credential =
        sftp.passwordFile() != null
            ? new Credential.PasswordFile(sftp.passwordFile())
            : new Credential.PrivateKeyFile(sftp.privateKeyFile());
    return new SftpSource(
        channel,
        shop,
        sftp.host(),
        sftp.port(),
        sftp.user(),
        credential,
        sftp.knownHostsFile(),
        sftp.directory(),
        sftp.delete() ? After.DELETE : After.KEEP,
        Patience.USUAL.atLeast(sftp.leastBytesPerSecond()));
  }
}
