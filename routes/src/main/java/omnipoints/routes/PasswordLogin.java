package omnipoints.routes;

import org.apache.camel.component.file.remote.SftpOperations;

/** Answers the server's question for the password, once, and no other question. */
final class PasswordLogin implements SftpOperations.ExtendedUserInfo {
  private final String password;

  /** {@code password} is null when a key logs in. */
  PasswordLogin(String password) {
    this.password = password;
  }

  @Override
  public String getPassword() {
    return password;
  }

  @Override
  public boolean promptPassword(String question) {
    return password != null;
  }

  @Override
  public String[] promptKeyboardInteractive(
      String destination, String name, String instruction, String[] prompt, boolean[] echo) {
    if (prompt.length == 0) {
      return new String[0];
    }
    // JSch asks for a new password in the same way, with a name of its own; that and visible
    // answers are not for us.
    boolean isPassword =
        password != null && prompt.length == 1 && !echo[0] && !prompt[0].startsWith("New Password");
    return isPassword ? new String[] {password} : null;
  }

  @Override
  public String getPassphrase() {
    return null;
  }

  @Override
  public boolean promptPassphrase(String question) {
    return false;
  }

  @Override
  public boolean promptYesNo(String question) {
    return false;
  }

  @Override
  public void showMessage(String message) {
    // A banner is no news, and may be anything.
  }

  @Override
  public String toString() {
    return "PasswordLogin";
  }
}
