package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents of our own: kept once, tied to people, waited for, and delivered by who may. */
class OwnDocumentsTest {
  private static final String MEMBERS = "card,phone,birthday,join_date,home_shop\n";
  private static final String ACTIVITY =
      "event_id,type,platform,member_kind,member_value,at,shop,channel,order_no,friend_kind,friend_value,makeup\n";
  private static final String PRODUCT = "sku,category,brand,excluded\n";
  private static final String REDEMPTION =
      "request_no,mode,source,shop,member_kind,member_value,item,qty,points,cash_fen,order_channel,order_no,at,as_of_night,address_ref\n";
  private static final String COUNTS =
      "select channel, document, file, outcome, rows_in, merged, duplicate, rejected, waiting from night_input"
          + " where night = '%s' order by channel, document, file";

  @TempDir Path dir;

  @Test
  void rows_are_kept_once_wait_for_their_person_and_come_from_folders_that_may_deliver_them() {
    String documents = "documents:\n  pos: [redemption]\n  mall: [redemption, redemption_event]\n";
    try (TestHome home = new TestHome(dir, documents)) {
      home.drop("program/members.csv", MEMBERS + "C1,,,2026-01-01,\n");
      home.drop(
          "program/activity.csv",
          ACTIVITY
              + "E1,check_in,wechat,card,C1,2026-03-01 09:00:00,,,,,,\n"
              + "E1,check_in,wechat,card,C1,2026-03-01 09:00:00,,,,,,\n"
              + "E2,check_in,wechat,phone,13800000001,2026-03-01 09:00:00,,,,,,\n"
              + "E3,check_in,wechat,card,C1,2026-03-05 09:00:00,,,,,,\n"
              + "E4,check_in,wechat,card,C1,2026-03-01 09:00:00,,,,,,\n"
              + "E4,check_in,wechat,card,C1,2026-03-01 10:00:00,,,,,,\n"
              + "E5,refer,wechat,card,C1,2026-03-01 09:00:00,,,,phone,13800000002,\n");
      home.drop("program/product.csv", PRODUCT + "SKU-1,beauty,Lumen,\nSKU-2,food,,\n");
      home.drop(
          "pos/s1/redemption.csv",
          REDEMPTION + "R1,executed,till,,card,C1,mug,,500,,,,2026-03-01 10:00:00,,\n");
      home.drop(
          "mall/redemption.csv",
          REDEMPTION + "R2,requested,mall,,phone,13800000001,mug,,,,,,2026-03-01 10:00:00,,\n");
      home.drop("mall/product.csv", PRODUCT + "SKU-9,,,\n");
      home.drop("pos/s1/activity.csv", ACTIVITY + "E9,x,y,card,C1,2026-03-01 09:00:00,,,,,,\n");
      NightOutcome outcome = home.night("2026-03-01");
      assertThat(outcome.exit()).isEqualTo(3);
      assertThat(rows(home, COUNTS.formatted("2026-03-01")))
          .containsExactly(
              "mall||product.csv|NO_MAPPING|0|0|0|0|0",
              "mall|redemption|redemption.csv|ACCEPTED|1|0|0|0|1",
              "pos||activity.csv|NO_MAPPING|0|0|0|0|0",
              "pos|redemption|redemption.csv|ACCEPTED|1|1|0|0|0",
              "program|activity|activity.csv|ACCEPTED|7|3|1|2|1",
              "program|member|members.csv|ACCEPTED|1|1|0|0|0",
              "program|product|product.csv|ACCEPTED|2|2|0|0|0");
      assertThat(
              rows(
                  home,
                  "select message from night_input where outcome = 'NO_MAPPING' order by file"))
          .containsExactly(
              "activity.csv: the folder inbox/pos/s1 may not deliver the document activity;"
                  + " documents: in omnipoints.yaml lets it deliver redemption",
              "product.csv: the folder inbox/mall may not deliver the document product;"
                  + " documents: in omnipoints.yaml lets it deliver redemption, redemption_event");
      assertThat(
              rows(
                  home,
                  "select document, key, member_shown, member_id, other_id, due_on from own_row order by document, key"))
          .containsExactly(
              "activity|check_in/wechat/E1|C1|M00000000001||2026-03-01",
              "activity|check_in/wechat/E2|138****0001|||",
              "activity|check_in/wechat/E3|C1|M00000000001||2026-03-05",
              "activity|refer/wechat/E5|C1|M00000000001||2026-03-01",
              "product|SKU-1||||2026-03-01",
              "product|SKU-2||||2026-03-01",
              "redemption|R1|C1|M00000000001||2026-03-01",
              "redemption|R2|138****0001|||");
      assertThat(
              rows(home, "select request_no, mode, shop, qty, points from redemption order by key"))
          .containsExactly("R1|EXECUTED|s1|1|500", "R2|REQUESTED||1|");
      assertThat(rows(home, "select reason, row, value_masked from quarantine order by row"))
          .containsExactly(
              "CONFLICTING_ROWS|6|check_in/wechat/E4", "CONFLICTING_ROWS|7|check_in/wechat/E4");

      home.drop(
          "program/members-2.csv", MEMBERS + "C2,13800000001,,2026-03-02,\nC3,13800000002,,,\n");
      home.drop(
          "program/activity-2.csv",
          ACTIVITY
              + "E1,check_in,wechat,card,C1,2026-03-01 09:00:00,,,,,,\n"
              + "E3,check_in,wechat,card,C1,2026-03-04 09:00:00,,,,,,\n");
      home.drop("program/product-2.csv", PRODUCT + "SKU-1,beauty,Lumen,no\nSKU-2,food,,yes\n");
      home.night("2026-03-02");
      assertThat(rows(home, COUNTS.formatted("2026-03-02")))
          .containsExactly(
              "program|activity|activity-2.csv|ACCEPTED|2|0|1|1|0",
              "program|member|members-2.csv|ACCEPTED|2|2|0|0|0",
              "program|product|product-2.csv|ACCEPTED|2|1|1|0|0");
      assertThat(
              rows(
                  home,
                  "select key, member_id, due_on from own_row where known_night = '2026-03-02'"
                      + " and night < known_night order by key"))
          .containsExactly(
              "R2|M00000000003|2026-03-02", "check_in/wechat/E2|M00000000003|2026-03-02");
      assertThat(rows(home, "select key, friend_id from activity where friend_id is not null"))
          .containsExactly("refer/wechat/E5|M00000000002");
      assertThat(rows(home, "select key, night, excluded from product order by key, night"))
          .containsExactly(
              "SKU-1|2026-03-01|false", "SKU-2|2026-03-01|false", "SKU-2|2026-03-02|true");
      assertThat(
              rows(home, "select record_masked from quarantine where first_night = '2026-03-02'"))
          .containsExactly(
              "activity check_in/wechat/E3: activity.csv row 5, read in night 2026-03-01, says otherwise and stays");
    }
  }

  @Test
  void a_setting_that_names_no_document_or_no_folder_is_refused_with_its_place() {
    try (TestHome home =
        new TestHome(dir, "documents: {pos: [receipt], \"../x\": [activity]}\nstaff: [ann]\n")) {
      assertThatThrownBy(home::home)
          .hasMessageContaining("documents.../x: a folder below inbox/ is meant")
          .hasMessageContaining("staff: {hq: [names]} is needed");
      home.write("omnipoints.yaml", "channels: {pos: {}}\ndocuments: {pos: [receipt]}\n");
      assertThatThrownBy(() -> Setup.load(home.home()))
          .hasMessageContaining(
              "documents.pos: there is no document 'receipt'; there are [account_state, ack, activity");
    }
  }

  /** Rows of a query, columns joined by bars, nothing for null. */
  private static List<String> rows(TestHome home, String select) {
    int from = select.indexOf(" from ");
    String columns =
        Stream.of(select.substring("select ".length(), from).split(", "))
            .map(column -> column + "::text")
            .collect(Collectors.joining(", "));
    return home.rows(
        "select array_to_string(array[" + columns + "], '|', '')" + select.substring(from));
  }
}
