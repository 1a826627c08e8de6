package omnipoints.routes;

import java.io.IOException;
import java.io.InputStream;

/**
 * A download that goes on behind its last byte when it breaks off, as long as each new beginning
 * brings something. Who reads it compares its length with what was promised, as of any other.
 */
final class ResumedStream extends InputStream {
  private static final int RESUMES = 5;

  private final long size;
  private final Rest rest;
  private InputStream in;
  private long at;
  private long resumedAt = -1;
  private int resumes;

  /** Opens the same file anew. */
  @FunctionalInterface
  interface Rest {
    /** The file from that byte on; null if it is another one by now, or nobody can be asked. */
    InputStream from(long offset) throws IOException;
  }

  ResumedStream(InputStream in, long size, Rest rest) {
    this.in = in;
    this.size = size;
    this.rest = rest;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    while (true) {
      IOException broke = null;
      try {
        int read = in.read(buffer, offset, length);
        if (read >= 0 || at >= size) {
          at += Math.max(0, read);
          return read;
        }
      } catch (IOException e) {
        broke = e;
      }
      if (!resumed()) {
        if (broke != null) throw broke;
        return -1;
      }
    }
  }

  private boolean resumed() throws IOException {
    if (at == 0 || at == resumedAt || resumes == RESUMES) return false;
    resumes++;
    resumedAt = at;
    InputStream next = rest.from(at);
    if (next == null) return false;
    try {
      in.close();
    } catch (IOException brokenAnyway) {
      // It is over either way.
    }
    in = next;
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
