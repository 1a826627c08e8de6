package omnipoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberShareTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 27, 28, 29, 1000})
  void the_shares_hold_every_member_once(int members) {
    List<String> all = new ArrayList<>();
    for (int i = 1; i <= members; i++) all.add(String.format("M%011d", i));
    String newest = members == 0 ? null : all.get(members - 1);
    for (String member : all) {
      int shares = 0;
      for (int share = 0; share < 28; share++) {
        MemberShare one = MemberShare.of(newest, share, 28);
        if (member.compareTo(one.from()) >= 0 && member.compareTo(one.to()) < 0) shares++;
      }
      assertThat(shares).as(member).isEqualTo(1);
    }
    assertThat(MemberShare.ALL.from()).isLessThanOrEqualTo("M");
  }
}
