package omnipoints.routes;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.JSchRevokedHostKeyException;
import com.jcraft.jsch.JSchSessionDisconnectException;
import com.jcraft.jsch.SftpException;
import omnipoints.routes.SourceFailure.Kind;

/**
 * What went wrong with an SFTP server, told from JSch's exceptions, which differ mostly in their
 * text.
 */
final class SftpTroubles {
  // RFC 4253: by authentication methods exhausted, and by the application ("Too many authentication
  // failures").
  private static final int NO_MORE_AUTH_METHODS = 14;
  private static final int PROTOCOL_ERROR = 2;

  private final SftpSource source;
  private final Secrets secrets;
  private final ShownHostKey shown;
  private final String stalled;
  private final Throwable exception;

  private SftpTroubles(
      SftpSource source, Secrets secrets, ShownHostKey shown, String stalled, Throwable exception) {
    this.source = source;
    this.secrets = secrets;
    this.shown = shown;
    this.stalled = stalled;
    this.exception = exception;
  }

  static SourceFailure of(
      SftpSource source, Secrets secrets, SftpSession session, Throwable exception) {
    return of(source, secrets, session.shownHostKey(), session.stalledOrNull(), exception);
  }

  /**
   * The same of a connection of another kind.
   *
   * @param shownOrNull the key the server showed, if it came so far
   * @param stalledOrNull why the connection was cut although it was alive, what the server did
   */
  static SourceFailure of(
      SftpSource source,
      Secrets secrets,
      ShownHostKey shownOrNull,
      String stalledOrNull,
      Throwable exception) {
    return new SftpTroubles(source, secrets, shownOrNull, stalledOrNull, exception).failure();
  }

  /**
   * Whether a listed file was taken away before we asked for it: nothing arrived, nothing failed.
   */
  static boolean isFileGone(Throwable exception) {
    SftpException answer = Faults.find(SftpException.class, exception);
    return answer != null
        && answer.id == ChannelSftp.SSH_FX_NO_SUCH_FILE
        && String.valueOf(exception.getMessage()).startsWith("Cannot retrieve file");
  }

  /** The innermost cause's own words. */
  static String innermost(Throwable exception) {
    Throwable cause = exception;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return Faults.brief(cause);
  }

  private SourceFailure failure() {
    if (find(Secrets.Unusable.class) != null) {
      return failure(
          Kind.SECRET_UNREADABLE,
          find(Secrets.Unusable.class).getMessage(),
          "put the file there, readable by this user only");
    }
    if (find(JSchHostKeyException.class) != null && shown != null && shown.isShown()) {
      return hostKey();
    }
    if (isLoginRefused()) {
      return failure(
          Kind.LOGIN_REFUSED,
          "the server refused the login with secret file "
              + source.credential().file()
              + " ("
              + innermost(exception)
              + ")",
          "check user and secret with the partner, then collect again; nothing was retried, so the account is not "
              + "locked");
    }
    JSchAlgoNegoFailException algorithms = find(JSchAlgoNegoFailException.class);
    if (algorithms != null) {
      return failure(
          Kind.NO_COMMON_ALGORITHM,
          "no common "
              + algorithms.getAlgorithmName()
              + ": we offer "
              + algorithms.getJSchProposal()
              + ", the server "
              + algorithms.getServerProposal(),
          "ask the partner to enable one of ours");
    }
    if (stalled != null) {
      return failure(
          Kind.UNREACHABLE,
          "the server " + stalled,
          "ask the partner whether the server is well, then collect again; what other sources brought is safe"
              + (stalled.equals(StallGuard.silent(source.patience().silence()))
                  ? ""
                  : "; where the line is no faster, lower least_bytes_per_second of its transport"));
    }
    if (find(Intake.WrongSize.class) != null) {
      return failure(
          Kind.DOWNLOAD_CUT,
          find(Intake.WrongSize.class).getMessage() + "; nothing of it was kept",
          "collect again; if it stays so, the partner's copy is damaged or still being written");
    }
    SftpException answer = find(SftpException.class);
    if (answer != null
        && (answer.id == ChannelSftp.SSH_FX_NO_SUCH_FILE
            || answer.id == ChannelSftp.SSH_FX_PERMISSION_DENIED)) {
      return failure(
          Kind.SOURCE_UNREADABLE,
          "the server answered: "
              + FileName.printable(exception.getMessage())
              + ": "
              + Faults.brief(answer),
          "check remote_dir and the permissions of user " + source.user());
    }
    if (isPrivateKeyUnusable()) {
      return failure(
          Kind.SECRET_UNREADABLE,
          "the private key in " + secrets.file(source.credential().file()) + " cannot be used",
          "put an OpenSSH or PEM private key without passphrase there");
    }
    return failure(
        Kind.UNREACHABLE,
        innermost(exception),
        "check host, port and network, then collect again; what other sources brought is safe");
  }

  private SourceFailure hostKey() {
    String file = secrets.file(source.knownHosts()).toString();
    if (find(JSchRevokedHostKeyException.class) != null) {
      return failure(
          Kind.HOST_KEY_CHANGED,
          "the server shows the key "
              + shown.fingerprint()
              + ", which "
              + file
              + " marks as revoked",
          "do not connect; call the partner");
    }
    boolean changed = shown.isHostKnown();
    return failure(
        changed ? Kind.HOST_KEY_CHANGED : Kind.HOST_KEY_UNKNOWN,
        (changed
                ? "the server shows another key than " + file + " has: "
                : "the server's key is not in " + file + ": ")
            + shown.fingerprint(),
        "ask the partner, not by the same network, whether this fingerprint is theirs; if so "
            + (changed ? "replace its line in " : "add this line to ")
            + file
            + (changed ? " by: " : ": ")
            + shown.knownHostsLine());
  }

  private boolean isLoginRefused() {
    JSchSessionDisconnectException disconnect = find(JSchSessionDisconnectException.class);
    if (disconnect != null) {
      return disconnect.getReasonCode() == NO_MORE_AUTH_METHODS
          || disconnect.getReasonCode() == PROTOCOL_ERROR
              && String.valueOf(disconnect.getDescription()).contains("authentication");
    }
    JSchException jsch = find(JSchException.class);
    String message = jsch == null ? "" : String.valueOf(jsch.getMessage());
    return message.startsWith("Auth fail")
        || message.startsWith("Auth cancel")
        || message.startsWith("Login trials exceeds");
  }

  private boolean isPrivateKeyUnusable() {
    JSchException jsch = find(JSchException.class);
    return jsch != null && String.valueOf(jsch.getMessage()).startsWith("invalid privatekey");
  }

  private SourceFailure failure(Kind kind, String message, String next) {
    return new SourceFailure(
        kind,
        source.channel(),
        "channel "
            + source.channel()
            + ", sftp "
            + source.user()
            + "@"
            + source.host()
            + " port "
            + source.port()
            + ", secret file "
            + source.credential().file()
            + ": "
            + message,
        next);
  }

  private <T extends Throwable> T find(Class<T> type) {
    return Faults.find(type, exception);
  }
}
