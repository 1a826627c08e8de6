package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not as it was lately stops a night before its close, until a person lets it through. */
@ManyNights
class GateTest {
  private static final String HEAD = "kh,dtime,spbm,sl,sj,je,spmc,jf,syjh,djh,gzbh,gzmc\n";

  @TempDir Path dir;
  private TestHome home;

  @AfterEach
  void close() {
    if (home != null) home.close();
  }

  private void sale(String date, String receipt, long yuan) {
    home.drop(
        "pos/S1/" + date + "-" + receipt + ".csv",
        HEAD
            + "C1,"
            + date
            + " 10:00:00,A,1,"
            + yuan
            + ","
            + yuan
            + ",skirt,0,03,"
            + receipt
            + ",G1,women\n");
  }

  private NightRefused refused(String date) {
    return catchThrowableOfType(NightRefused.class, () -> home.night(date));
  }

  /** As if the shop had issued 100 points in each of those nights. */
  private void usually(String from, String until) {
    home.execute(
        "insert into night_figure (night, channel, figure, part, whole, value)"
            + " select night, 'pos', 'POINTS_ISSUED', points, 1, points"
            + " from close, lateral (select 100 + extract(day from night)::int % 3 as points) p"
            + " where night between '"
            + from
            + "' and '"
            + until
            + "'");
  }

  @Test
  void a_night_of_other_points_than_the_last_28_stops_and_goes_on_when_it_is_approved()
      throws Exception {
    home = new TestHome(dir, "gate: {least: {points: 50}}\n");
    home.night("2026-05-01");
    home.night("2026-05-29");
    usually("2026-05-01", "2026-05-29");
    sale("2026-05-30", "0001", 140);
    home.night("2026-05-30");
    sale("2026-05-31", "0002", 900);
    NightRefused refused = refused("2026-05-31");
    assertThat(refused.exit()).isEqualTo(8);
    assertThat(refused.code()).isEqualTo("OUT_OF_BAND");
    assertThat(refused)
        .hasMessage(
            "night 2026-05-31 is not closed: a figure is not what the last nights show: pos"
                + " POINTS_ISSUED 900 (28 nights: 50 to 152); nothing of it is in the books yet");
    assertThat(refused.next()).contains("./omnipoints approve 2026-05-31 --dry-run");
    assertThat(home.rows("select night from close where night = '2026-05-31'")).isEmpty();
    assertThat(refused("2026-05-31").code()).as("restarted").isEqualTo("OUT_OF_BAND");

    LocalDate date = LocalDate.parse("2026-05-31");
    assertThat(
            Approval.record(
                home.database.database(),
                Clock.systemUTC(),
                date,
                new Rerun.Asked("zhang", "opening of the second floor")))
        .containsExactly("pos POINTS_ISSUED 900");
    home.night("2026-05-31");
    assertThat(home.rows("select accepted || '|' || state from night where night = '2026-05-31'"))
        .containsExactly(
            "pos POINTS_ISSUED 900 approved by zhang: opening of the second floor|CLOSED");
    assertThat(home.rows("select action || '|' || actor || '|' || detail from run_action"))
        .containsExactly("APPROVE|zhang|pos POINTS_ISSUED 900");
    assertThat(
            catchThrowableOfType(
                    NightRefused.class,
                    () ->
                        Approval.record(
                            home.database.database(),
                            Clock.systemUTC(),
                            date,
                            new Rerun.Asked("zhang", "again")))
                .code())
        .isEqualTo("NOTHING_TO_APPROVE");
  }

  @Test
  void a_channel_without_a_band_is_held_to_its_limits_if_there_are_any() {
    home =
        new TestHome(
            dir,
            "gate: {least: {points: 50, rows: 2}, limits: {pos: {points_issued: 500,"
                + " rejected_percent: 33.5}}}\n");
    sale("2026-05-01", "0001", 500);
    home.night("2026-05-01");
    sale("2026-05-02", "0002", 501);
    assertThat(refused("2026-05-02"))
        .hasMessageContaining("pos POINTS_ISSUED 501 (limit: at most 500)");
  }

  @Test
  void a_small_shop_stops_for_nothing() {
    home = new TestHome(dir);
    home.night("2026-05-01");
    home.night("2026-05-29");
    usually("2026-05-01", "2026-05-29");
    sale("2026-05-30", "0001", 9_000);
    home.night("2026-05-30");
    assertThat(home.rows("select outside from night_figure where night = '2026-05-30'"))
        .doesNotContain("t");
  }

  @Test
  void the_share_of_multipliers_is_what_they_add_to_the_base_rate() {
    home = new TestHome(dir);
    home.program("7", "1y");
    home.rules("rules:\n  - {id: double, times: 2}\n");
    sale("2026-05-01", "0001", 300);
    home.night("2026-05-01");
    assertThat(
            home.rows(
                "select part || '|' || whole || '|' || value from night_figure where figure = 'MULTIPLIED'"))
        .containsExactly("300|600|5000");
  }
}
