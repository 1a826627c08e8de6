package omnipoints.routes.alert;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import omnipoints.routes.pull.PullSettings;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A receiver of messages. Its address is a secret, as whoever knows it can write there: neither it
 * nor anything of an answer is ever told.
 *
 * @param secret what it is signed with, null if it is not
 */
public record Chat(ChatKind kind, URI url, String secret) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
  private static final int BYTES_MAX = 1 << 16;
  private static final int OK = 200;
  private static final int OK_END = 300;
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .connectTimeout(ANSWER_MAX)
          .followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  /**
   * Reads {@code secrets/alert-<name>.json}: {@code {"url": "https://…", "secret": "…"}}.
   *
   * @throws IllegalArgumentException it is not there or unusable; the message names the file, never
   *     its content
   */
  public static Chat of(Path secrets, String name, ChatKind kind) {
    Path file = secrets.resolve("alert-" + name + ".json");
    try {
      JsonNode root = JSON.readTree(Files.readString(file));
      String url = root.path("url").asString("");
      String secret = root.path("secret").asString("");
      if (!PullSettings.safe(url))
        throw new IllegalArgumentException("url of " + file + " is no https address");
      return new Chat(kind, URI.create(url), secret.isEmpty() ? null : secret);
    } catch (IOException | JacksonException e) {
      // What a parser could not read it may quote.
      throw new IllegalArgumentException(
          file
              + " is needed, a readable JSON object like {\"url\": \"https://…\", \"secret\": \"…\"}");
    }
  }

  /**
   * How sending ended.
   *
   * @param reason why it was not taken, empty if it was
   * @param after how long the receiver wants to be left alone
   */
  public record Sent(String reason, Duration after) {
    static final Sent TAKEN = new Sent("", Duration.ZERO);

    static Sent refused(String reason) {
      return new Sent(reason, Duration.ZERO);
    }

    public boolean taken() {
      return reason.isEmpty();
    }
  }

  private record Reply(int status, String body, Duration after) {}

  /** Sends a message; whatever happens is told, nothing is thrown. */
  public Sent send(Message message, Instant now) {
    ChatKind.Post post = kind.post(url, secret, message, now);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(post.url())
            .timeout(ANSWER_MAX)
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(post.body(), StandardCharsets.UTF_8));
    post.headers().forEach(request::header);
    CompletableFuture<Reply> answer =
        HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream())
            .thenApply(Chat::read);
    try {
      Reply reply = answer.get(ANSWER_MAX.toSeconds() * 2, TimeUnit.SECONDS);
      if (reply.status() < OK || reply.status() >= OK_END)
        return new Sent("status " + reply.status(), reply.after());
      String refusal = kind.refusal(reply.body());
      return refusal.isEmpty() ? Sent.TAKEN : Sent.refused(refusal);
    } catch (ExecutionException e) {
      return Sent.refused(cause(e).getClass().getSimpleName());
    } catch (TimeoutException e) {
      answer.cancel(true);
      return Sent.refused("no answer within " + ANSWER_MAX.toSeconds() * 2 + " seconds");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Sent.refused("interrupted");
    }
  }

  private static Reply read(HttpResponse<InputStream> response) {
    try (InputStream in = response.body()) {
      String body = new String(in.readNBytes(BYTES_MAX), StandardCharsets.UTF_8);
      String after = response.headers().firstValue("Retry-After").orElse("");
      Duration wait =
          after.matches("[0-9]{1,5}") ? Duration.ofSeconds(Long.parseLong(after)) : Duration.ZERO;
      return new Reply(response.statusCode(), body, wait);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Messages of HTTP clients may quote addresses: only the kind of the fault is told. */
  private static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) cause = cause.getCause();
    return cause;
  }

  /** Without address and secret. */
  @Override
  public String toString() {
    return kind.toString();
  }
}
