package omnipoints.routes;

import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.component.file.remote.SftpRemoteFile;

/** Which files of a server's directory are deliveries: plain, finished, not larger than allowed. */
@SuppressWarnings("rawtypes") // SftpRemoteFile is raw in Camel's own signatures
final class SftpFilter implements GenericFileFilter<SftpRemoteFile> {
  private final SftpSource source;
  private final Watch watch;

  SftpFilter(SftpSource source, Watch watch) {
    this.source = source;
    this.watch = watch;
  }

  @Override
  public boolean accept(GenericFile<SftpRemoteFile> entry) {
    String name = entry.getFile().getFilename();
    // Whoever lists names that begin with two dots means no file of this directory.
    if (entry.isDirectory() || FileName.isMarker(name) || name.startsWith("..")) {
      return false;
    }
    if (SftpSession.isLink(entry.getFile())) {
      return told(
          Notice.Kind.NOT_A_FILE,
          name,
          "it is a link; links are not followed",
          "ask the partner for the file itself");
    }
    if (entry.getFile().getFileLength() > watch.desk().fileBytesMax()) {
      return told(
          Notice.Kind.TOO_LARGE,
          name,
          "it has "
              + entry.getFile().getFileLength()
              + " bytes, more than the limit of "
              + watch.desk().fileBytesMax()
              + "; it is left on the server",
          "have it split, or raise the limit");
    }
    return true;
  }

  private boolean told(Notice.Kind kind, String name, String message, String next) {
    watch.leave(
        new Notice(kind, source.channel(), source.shop(), FileName.printable(name), message, next));
    return false;
  }
}
