package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExtractTest {

  @TempDir Path dir;

  private static void threeNights(TestHome home) {
    home.program("1", "2d");
    home.drop(
        "pos/p1/a.csv",
        Pos.file(
            Pos.row("C1", "2026-01-05 10:00:00", "A", 30, "1", "1"),
            Pos.row("C2", "2026-01-05 11:00:00", "A", 20, "1", "2")));
    home.drop(
        "tmall/s1/o.csv",
        Tmall.orders(
            Tmall.completed(
                "1", "n1", "100.00", "0.00", 1, "2026-01-05 10:00:00", "2026-01-05 12:00:00"),
            "=\"2\",n1,0.00,x,0.00,交易成功,2026-01-01 10:00:00,2026-01-01 10:00:00,1,旗舰店,0.00,"),
        Tmall.GBK);
    home.drop(
        "tmall/s1/l.csv",
        Tmall.lines(Tmall.line("1-1", "1", "A", "100.00", 1, "100.00", "0")),
        Tmall.GBK);
    home.night("2026-01-05");
    home.drop("pos/p1/b.csv", Pos.file(Pos.row("C1", "2026-01-06 10:00:00", "A", -40, "1", "3")));
    home.night("2026-01-06");
    home.night("2026-01-07");
  }

  @Test
  void the_delta_holds_who_changed_since_the_last_extract_by_the_clock_too() {
    try (TestHome home = new TestHome(dir)) {
      threeNights(home);
      assertThat(changes(home, "2026-01-05")).containsExactlyInAnyOrder("new", "new", "new");
      assertThat(changes(home, "2026-01-06"))
          .containsExactlyInAnyOrder("changed", "changed", "changed");
      home.night("2026-01-08");
      assertThat(changes(home, "2026-01-08")).isEmpty();
      assertThat(
              home.file("outbox/crm/2026-01-08/member_profile_full_2026-01-08.csv").lines().count())
          .isEqualTo(4);
    }
  }

  @Test
  void points_that_arrived_are_told_as_a_movement_and_those_that_end_by_their_date_C3_E5_E3() {
    try (TestHome home = new TestHome(dir)) {
      threeNights(home);
      assertThat(home.file("outbox/crm/2026-01-05/points_arrived_2026-01-05.csv"))
          .isEqualTo("member_id,points\n");
      assertThat(home.file("outbox/crm/2026-01-06/points_arrived_2026-01-06.csv"))
          .as("of what came, also where it was taken at once")
          .isEqualTo("member_id,points\nM00000000001,30\nM00000000002,20\nM00000000003,100\n");
      assertThat(home.file("outbox/crm/2026-01-06/points_expiring_2026-01-06.csv"))
          .isEqualTo(
              "member_id,expires_on,points\nM00000000002,2026-01-07,20\nM00000000003,2026-01-07,100\n");
      assertThat(home.file("reports/2026-01-06/expiry_profile.csv"))
          .isEqualTo("month,points,members\n2026-01,120,2\n");
      assertThat(home.file("reports/2026-01-07/expiry_profile.csv"))
          .isEqualTo("month,points,members\n");
    }
  }

  @Test
  void how_far_ahead_is_a_setting_and_a_report_of_an_earlier_night_stays() throws Exception {
    try (TestHome home = new TestHome(dir)) {
      home.write("omnipoints.yaml", home.file("omnipoints.yaml") + "extracts: {expiring_days: 5}\n")
          .program("1", "7d");
      home.drop("pos/p1/a.csv", Pos.file(Pos.row("C1", "2026-01-05 10:00:00", "A", 30, "1", "1")));
      home.night("2026-01-05");
      home.drop("pos/p1/b.csv", Pos.file(Pos.row("C1", "2026-01-06 10:00:00", "A", 50, "1", "2")));
      home.night("2026-01-06");
      assertThat(home.file("outbox/crm/2026-01-06/points_expiring_2026-01-06.csv"))
          .isEqualTo("member_id,expires_on,points\n");
      home.night("2026-01-07");
      assertThat(home.file("outbox/crm/2026-01-07/points_expiring_2026-01-07.csv"))
          .isEqualTo("member_id,expires_on,points\nM00000000001,2026-01-12,30\n");
      String before = home.file("reports/2026-01-06/expiry_profile.csv");
      assertThat(before).isEqualTo("month,points,members\n2026-01,30,1\n");
      Reports.write(home.home(), home.database.database(), LocalDate.parse("2026-01-06"));
      assertThat(home.file("reports/2026-01-06/expiry_profile.csv")).isEqualTo(before);
    }
  }

  private static List<String> changes(TestHome home, String date) {
    return home.file("outbox/crm/" + date + "/member_profile_delta_" + date + ".csv")
        .lines()
        .skip(1)
        .map(line -> line.split(",")[3])
        .toList();
  }

  @Test
  void the_manifest_states_every_file_the_sums_and_the_close() throws Exception {
    try (TestHome home = new TestHome(dir)) {
      threeNights(home);
      JsonNode manifest =
          JsonMapper.builder().build().readTree(home.file("outbox/crm/2026-01-06/manifest.json"));
      assertThat(manifest.path("base_date").asString()).isEqualTo("2026-01-05");
      assertThat(manifest.path("close_hash").asString())
          .isEqualTo(home.rows("select close_hash from close where night = '2026-01-06'").get(0));
      assertThat(manifest.path("entry_root").asString())
          .isEqualTo(sha256(home.ledgerCsv("2026-01-06")));
      assertThat(manifest.path("sums").path("points_available").asLong()).isEqualTo(120);
      assertThat(manifest.path("sums").path("points_owed").asLong()).isEqualTo(10);
      var names = new ArrayList<String>();
      for (JsonNode file : manifest.path("files")) {
        byte[] bytes =
            Files.readAllBytes(
                dir.resolve("outbox/crm/2026-01-06").resolve(file.path("name").asString()));
        names.add(file.path("name").asString());
        assertThat(file.path("bytes").asLong()).isEqualTo(bytes.length);
        assertThat(file.path("sha256").asString()).isEqualTo(sha256(bytes));
        assertThat(file.path("rows").asLong())
            .isEqualTo(new String(bytes, "UTF-8").lines().count() - 1);
      }
      assertThat(names)
          .containsExactly(
              "identities_full_2026-01-06.csv",
              "member_profile_delta_2026-01-06.csv",
              "member_profile_full_2026-01-06.csv",
              "points_arrived_2026-01-06.csv",
              "points_expiring_2026-01-06.csv");
    }
  }

  @Test
  void the_liability_adds_up_in_every_row_and_explains_the_nights_entries() {
    try (TestHome home = new TestHome(dir)) {
      threeNights(home);
      assertThat(home.file("reports/2026-01-06/liability.csv"))
          .isEqualTo(
              """
              channel,shop,account,opening,issued,released,clawed_back,redeemed,restored,expired,adjusted,repaid,closing
              pos,p1,pending,50,0,-50,0,0,0,0,0,0,0
              pos,p1,available,0,0,50,-30,0,0,0,0,0,20
              pos,p1,owed,0,0,0,-10,0,0,0,0,0,-10
              tmall,s1,pending,100,0,-100,0,0,0,0,0,0,0
              tmall,s1,available,0,0,100,0,0,0,0,0,0,100
              tmall,s1,owed,0,0,0,0,0,0,0,0,0,0
              TOTAL,,pending,150,0,-150,0,0,0,0,0,0,0
              TOTAL,,available,0,0,150,-30,0,0,0,0,0,120
              TOTAL,,owed,0,0,0,-10,0,0,0,0,0,-10
              """);
      for (String date : List.of("2026-01-05", "2026-01-06", "2026-01-07")) {
        long moved = 0;
        for (String line :
            home.file("reports/" + date + "/liability.csv").lines().skip(1).toList()) {
          String[] cell = line.split(",");
          long sum = 0;
          for (int i = 3; i < 12; i++) sum += Long.parseLong(cell[i]);
          assertThat(sum).as(line).isEqualTo(Long.parseLong(cell[12]));
          if (cell[0].equals("TOTAL")) moved += Long.parseLong(cell[12]) - Long.parseLong(cell[3]);
        }
        assertThat(
                home.rows(
                    "select coalesce(sum(points), 0)::text from entry where night = '"
                        + date
                        + "'"))
            .containsExactly(String.valueOf(moved));
      }
    }
  }

  @Test
  void rejects_and_reconciliation_are_reported_and_no_part_file_is_left() throws IOException {
    try (TestHome home = new TestHome(dir)) {
      threeNights(home);
      assertThat(home.file("reports/2026-01-05/rejects.csv"))
          .startsWith("delivery,file,row,column,reason,value_masked,record_masked\n")
          .contains(",o.csv,3,总金额,");
      assertThat(dir.resolve("reports/2026-01-05/reconciliation.xlsx")).isNotEmptyFile();
      try (var files = Files.walk(dir.resolve("outbox"))) {
        assertThat(files.filter(file -> file.toString().endsWith(".part"))).isEmpty();
      }
    }
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void a_folder_of_reports_that_cannot_be_written_is_named_and_its_night_is_finished_by_restart()
      throws IOException {
    try (TestHome home = new TestHome(dir)) {
      home.drop("pos/p1/a.csv", Pos.file(Pos.row("C1", "2026-01-05 10:00:00", "A", 30, "1", "1")));
      // Root writes everywhere: a file that stands where the folder should be stops root as well.
      Files.createDirectories(dir.resolve("reports"));
      Path inTheWay = Files.createFile(dir.resolve("reports/2026-01-05"));
      assertThatThrownBy(() -> home.night("2026-01-05"))
          .isInstanceOfSatisfying(
              NightRefused.class,
              refused -> {
                assertThat(refused.exit()).isEqualTo(9);
                assertThat(refused.code()).isEqualTo("CANNOT_WRITE");
                assertThat(refused.getMessage())
                    .startsWith("cannot write to " + dir.resolve("reports/2026-01-05") + ": ");
              });
      Files.delete(inTheWay);
      home.night("2026-01-05");
      assertThat(home.file("reports/2026-01-05/liability.csv")).isNotEmpty();
    }
  }

  @Test
  void an_extract_that_no_server_takes_leaves_its_night_closed_and_is_delivered_by_restart()
      throws IOException {
    int nobody;
    try (ServerSocket port = new ServerSocket(0)) {
      nobody = port.getLocalPort();
    }
    String sftp =
        "deliver: {folder: crm, sftp: {host: 127.0.0.1, port: "
            + nobody
            + ", user: u, password_file: crm.password, directory: in}}\n";
    try (TestHome home = new TestHome(dir, sftp)) {
      home.write("secrets/crm.password", "planted-secret");
      home.drop("pos/p1/a.csv", Pos.file(Pos.row("C1", "2026-01-05 10:00:00", "A", 30, "1", "1")));
      assertThatThrownBy(() -> home.night("2026-01-05"))
          .isInstanceOfSatisfying(
              NightRefused.class,
              refused -> {
                assertThat(refused.exit()).isEqualTo(9);
                assertThat(refused.code()).isEqualTo("CANNOT_DELIVER");
                assertThat(refused.getMessage())
                    .startsWith(
                        "the night is closed, its extract could not be delivered: channel crm, sftp"
                            + " u@127.0.0.1 port "
                            + nobody
                            + ", secret file crm.password: ")
                    .doesNotContain("planted-secret");
              });
      assertThat(home.rows("select night from close")).containsExactly("2026-01-05");
      assertThat(home.file("crm/2026-01-05/manifest.json")).isNotEmpty();
      home.write("omnipoints.yaml", home.file("omnipoints.yaml").replace(sftp, ""));
      assertThat(home.night("2026-01-05").exit()).isZero();
    }
  }
}
