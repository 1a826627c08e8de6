package omnipoints.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import omnipoints.routes.SftpServerOnLoopback.PacketFault;
import omnipoints.routes.SftpSource.After;
import omnipoints.routes.SftpSource.Credential.PasswordFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The n-th SFTP packet of a collection, and of a delivery, is lost, carried out without an answer,
 * or refused: alone, or with all after it. Whatever n is, nothing is lost and nothing is removed
 * that was not kept, and once the server is well everything is where it belongs. A run of the suite
 * tries some n by seed; {@code -Dfaults=500} tries so many, {@code -Dfaults=all} every one.
 */
class NthPacketTest {
  private static final boolean ALL = "all".equals(System.getProperty("faults"));
  private static final long SEED = Long.getLong("faults.seed", 11);
  private static final int SOME = ALL ? 0 : Integer.getInteger("faults", 8);
  private static final Map<String, String> FILES =
      new TreeMap<>(Map.of("a.csv", "x,y\n".repeat(30_000), "b.csv", "1\n", "c.csv", ""));

  @TempDir Path dir;
  private SftpServerOnLoopback server;
  private int homes;

  @BeforeEach
  void a_partner() throws IOException {
    server = new SftpServerOnLoopback(dir.resolve("server"));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  /** A fault, and when. */
  private record Case(long n, PacketFault fault, boolean stays) {}

  private static List<Case> cases(String what, long packets) {
    var all = new ArrayList<Case>();
    for (long n = 1; n <= packets; n++) {
      for (PacketFault fault : PacketFault.values()) all.add(new Case(n, fault, false));
      all.add(new Case(n, PacketFault.LOST, true));
    }
    if (ALL) return all;
    var random = new Random(SEED);
    var some = new ArrayList<Case>();
    int part = Math.max(1, all.size() / SOME);
    for (int from = 0; from + part <= all.size() && some.size() < SOME; from += part)
      some.add(all.get(from + random.nextInt(part)));
    System.out.println(
        what + ": " + some + " of " + packets + " packets (seed " + SEED + "); more: -Dfaults=500");
    return some;
  }

  private Path secrets() throws IOException {
    Path secrets = Files.createDirectories(dir.resolve("home-" + ++homes)).resolve("secrets");
    Scene.write(secrets.resolve("known_hosts"), server.knownHostsLine() + "\n");
    Path password = Scene.write(secrets.resolve("p"), SftpServerOnLoopback.PASSWORD + "\n");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    return secrets;
  }

  private SftpSource source(String directory, After after) {
    return new SftpSource(
        "jd",
        "5011",
        "127.0.0.1",
        server.port(),
        SftpServerOnLoopback.USER,
        new PasswordFile("p"),
        "known_hosts",
        directory,
        after,
        new Patience(Duration.ofSeconds(5), Duration.ofSeconds(5), LeastRate.USUAL));
  }

  /** A home and the hashes of what was registered in it. */
  private record Taking(Scene scene, Set<String> registered) {}

  private Taking taking() throws IOException {
    FILES.forEach(server::putDone);
    var taking = new Taking(new Scene(secrets().getParent()), new HashSet<>());
    taking.scene().sources.add(source("", After.DELETE));
    taking.scene().register = arrival -> taking.registered().add(arrival.sha256());
    return taking;
  }

  private void nothingLost(Taking taking, String what) {
    List<String> there = server.files();
    FILES.forEach(
        (name, content) -> {
          String hash = Scene.sha256(content);
          if (!there.contains(name))
            assertThat(taking.registered()).as("%s: %s", what, name).contains(hash);
          if (taking.registered().contains(hash))
            assertThat(taking.scene().settings().archive().path(hash))
                .as("%s: %s", what, name)
                .hasContent(content);
        });
  }

  @Test
  void the_nth_packet_of_a_collection_fails() throws IOException {
    Taking unbroken = taking();
    server.breakAt(Long.MAX_VALUE, PacketFault.LOST, false);
    assertThat(unbroken.scene().collect().failures()).isEmpty();
    for (Case one : cases("collect", server.packets())) {
      Taking taking = taking();
      server.breakAt(one.n(), one.fault(), one.stays());
      Collected collected = taking.scene().collect();
      assertThat(collected.failures())
          .as(one.toString())
          .allSatisfy(failure -> assertThat(failure.next()).isNotBlank());
      if (one.stays()) assertThat(collected.failures()).as(one.toString()).isNotEmpty();
      nothingLost(taking, one.toString());
      server.mend();
      assertThat(taking.scene().collect().failures()).as(one.toString()).isEmpty();
      nothingLost(taking, one.toString());
      assertThat(server.files()).as(one.toString()).noneMatch(FILES::containsKey);
      assertThat(taking.registered()).as(one.toString()).hasSize(FILES.size());
    }
  }

  @Test
  void the_nth_packet_of_a_delivery_fails() throws Exception {
    Files.createDirectories(server.root.resolve("in"));
    Path secrets = secrets();
    Path extract = dir.resolve("outbox");
    FILES.forEach((name, content) -> Scene.write(extract.resolve(name), content));
    Scene.write(extract.resolve(Outbox.MANIFEST), "{}");
    SftpSource target = source("in", After.KEEP);
    server.breakAt(Long.MAX_VALUE, PacketFault.LOST, false);
    SftpOutbox.deliver(extract, target, "unbroken", secrets, pause -> {});
    for (Case one : cases("deliver", server.packets())) {
      String name = one.n() + "-" + one.fault() + "-" + one.stays();
      server.breakAt(one.n(), one.fault(), one.stays());
      boolean failed = false;
      try {
        SftpOutbox.deliver(extract, target, name, secrets, pause -> {});
      } catch (SftpOutbox.Undelivered e) {
        failed = true;
        assertThat(e.failure().next()).as(name).isNotBlank();
      }
      Path there = server.root.resolve("in").resolve(name);
      if (Files.exists(there.resolve(Outbox.MANIFEST))) whole(there, name);
      server.mend();
      if (failed) SftpOutbox.deliver(extract, target, name, secrets, pause -> {});
      assertThat(there.resolve(Outbox.MANIFEST)).as(name).hasContent("{}");
      whole(there, name);
      assertThat(Scene.files(there)).as(name).hasSize(FILES.size() + 1);
    }
  }

  private static void whole(Path there, String what) {
    FILES.forEach((name, content) -> assertThat(there.resolve(name)).as(what).hasContent(content));
  }
}
