package omnipoints.routes;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A download during which the server must neither fall silent nor drip. */
final class WatchedStream extends FilterInputStream {
  private final StallGuard stall;

  WatchedStream(InputStream in, StallGuard stall) {
    super(in);
    this.stall = stall;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    stall.begin();
    int read;
    try {
      read = super.read(buffer, offset, length);
    } catch (IOException e) {
      stall.end(0);
      throw e;
    }
    if (stall.end(Math.max(0, read))) throw stall.tooSlow();
    return read;
  }

  @Override
  public void close() throws IOException {
    stall.begin();
    try {
      super.close();
    } finally {
      stall.end(0);
    }
  }
}
