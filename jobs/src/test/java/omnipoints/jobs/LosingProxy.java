package omnipoints.jobs;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a program and PostgreSQL. It loses the answer to a commit: the server has
 * committed, the program sees the connection break and cannot know. And it breaks a connection at
 * the n-th message of the program, once, or every connection from then on.
 */
final class LosingProxy implements AutoCloseable {
  private static final int SSL_REQUEST = 80877103;

  private final ServerSocket listener;
  private final String url;
  private final String host;
  private final int port;
  private final AtomicBoolean loses = new AtomicBoolean();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicLong messages = new AtomicLong();
  private volatile long breakAt = Long.MAX_VALUE;
  private volatile boolean stays;
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  /**
   * @param url of the database, {@code jdbc:postgresql://host:port/…}
   */
  LosingProxy(String url) throws IOException {
    URI server = URI.create(url.substring("jdbc:".length()));
    host = server.getHost();
    port = server.getPort();
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.url = url.replaceFirst("//[^/]+/", "//127.0.0.1:" + listener.getLocalPort() + "/");
    start(this::accept);
  }

  String url() {
    return url;
  }

  /** The next commit that is sent is lost. */
  void loseNext() {
    loses.set(true);
  }

  /** How many were. */
  int lost() {
    return lost.get();
  }

  /**
   * The n-th message from now on, 1 the next, reaches the server no more, nor does its connection.
   *
   * @param untilMended so it is with every message after it, on whatever connection
   */
  void breakAt(long n, boolean untilMended) {
    messages.set(0);
    stays = untilMended;
    breakAt = n;
  }

  void mend() {
    breakAt = Long.MAX_VALUE;
  }

  /** How many messages there were since {@link #breakAt}. */
  long messages() {
    return messages.get();
  }

  private boolean breaks(long n) {
    return stays ? n >= breakAt : n == breakAt;
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // A side that went away ends the connection.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      Socket server = new Socket(host, port);
      // Else each small message waits for the acknowledgement of the one before: 40 ms a statement.
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      open.addAll(List.of(client, server));
      var silent = new AtomicBoolean();
      start(() -> toServer(client, server, silent));
      start(() -> toClient(server, client, silent));
    }
  }

  /** Message by message, so that a commit is known when it passes, also as a prepared statement. */
  private void toServer(Socket client, Socket server, AtomicBoolean silent) throws IOException {
    var in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
    var out = new DataOutputStream(new BufferedOutputStream(server.getOutputStream()));
    Set<String> commits = new HashSet<>();
    boolean started = false;
    try {
      while (true) {
        int type = started ? in.readUnsignedByte() : 0;
        int length = in.readInt();
        byte[] body = in.readNBytes(length - Integer.BYTES);
        if (breaks(messages.incrementAndGet())) {
          client.close();
          server.close();
          return;
        }
        if (isCommit(type, body, commits) && loses.compareAndSet(true, false)) silent.set(true);
        if (started) out.writeByte(type);
        out.writeInt(length);
        out.write(body);
        if (in.available() == 0) out.flush();
        started |= body.length != Integer.BYTES || code(body) != SSL_REQUEST;
      }
    } catch (EOFException e) {
      server.close();
    }
  }

  private static int code(byte[] body) {
    return (body[0] & 0xff) << 24 | (body[1] & 0xff) << 16 | (body[2] & 0xff) << 8 | body[3] & 0xff;
  }

  private static boolean isCommit(int type, byte[] body, Set<String> commits) {
    if (type == 'Q') return text(body, 0).equalsIgnoreCase("commit");
    if (type != 'P' && type != 'B') return false;
    String first = text(body, 0);
    String second = text(body, first.getBytes(StandardCharsets.UTF_8).length + 1);
    if (type == 'B') return commits.contains(second);
    if (second.equalsIgnoreCase("commit")) commits.add(first);
    else commits.remove(first);
    return false;
  }

  private static String text(byte[] body, int from) {
    int end = from;
    while (end < body.length && body[end] != 0) end++;
    return new String(body, from, end - from, StandardCharsets.UTF_8);
  }

  private void toClient(Socket server, Socket client, AtomicBoolean silent) throws IOException {
    InputStream in = server.getInputStream();
    OutputStream out = client.getOutputStream();
    byte[] buffer = new byte[1 << 14];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      if (silent.get()) {
        // The server has answered, so it has committed.
        lost.incrementAndGet();
        client.close();
        server.close();
        return;
      }
      out.write(buffer, 0, read);
      out.flush();
    }
    client.close();
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
