package omnipoints.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** A real SFTP server on loopback, standing in for a platform's. */
final class DemoServer implements AutoCloseable {
  static final String USER = "demo";

  private final SshServer server = SshServer.setUpDefaultServer();
  private final KeyPair hostKey;

  /** Serves a folder to one user until it is closed. */
  DemoServer(Path folder, String password) throws IOException {
    hostKey = hostKey();
    server.setHost("127.0.0.1");
    server.setFileSystemFactory(
        new VirtualFileSystemFactory(Files.createDirectories(folder).toAbsolutePath()));
    server.setKeyPairProvider(session -> List.of(hostKey));
    server.setPasswordAuthenticator(
        (user, given, session) -> user.equals(USER) && given.equals(password));
    server.setSubsystemFactories(List.of(new SftpSubsystemFactory.Builder().build()));
    server.start();
  }

  int port() {
    return server.getPort();
  }

  /** The line a known_hosts file needs for this server. */
  String knownHostsLine() {
    return "[127.0.0.1]:" + port() + " " + PublicKeyEntry.toString(hostKey.getPublic()) + "\n";
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }

  private static KeyPair hostKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
