package omnipoints.routes.pull;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import omnipoints.routes.pull.Asking.Answer;
import omnipoints.routes.pull.WindowState.State;

/**
 * Takes one window page by page. Each page is durable before its cursor is; a window is proven when
 * the platform says that there is no more, and as many rows came as it declared all along.
 */
final class WindowPull {
  /** How often a window that shifts is read before it is given up for today. */
  private static final int READINGS = 4;

  private final Platform platform;
  private final Api api;
  private final Asking asking;
  private final PullBook book;
  private final Path home;
  private WindowState state;
  private int readings;
  private final Set<String> seen = new HashSet<>();

  WindowPull(Platform platform, Api api, Asking asking, PullBook book, Path home) {
    this.platform = platform;
    this.api = api;
    this.asking = asking;
    this.book = book;
    this.home = home;
  }

  /** The state it ends in, kept; null if other windows stand in its place now. */
  WindowState run(WindowState begun) {
    state = begun.state() == State.INCOMPLETE ? begun.again() : begun;
    readings = 1;
    Spool spool = opened();
    try (spool) {
      WindowState ended = ended(spool);
      if (ended == null) return null;
      spool.force();
      // Handed over twice is harmless; kept as proven and not handed over would be lost.
      if (ended.state() != State.OPEN) spool.handOver();
      book.save(ended);
      return ended;
    }
  }

  private Spool opened() {
    try {
      return Spool.open(home, state);
    } catch (Spool.Lost lost) {
      state = state.again();
      return Spool.open(home, state);
    }
  }

  private WindowState ended(Spool spool) {
    try {
      while (true) {
        String problem = null;
        while (problem == null && !state.cursor().equals(LAST)) problem = page(spool);
        if (problem == null) problem = unproven();
        if (problem == null) return state.ended(State.PROVEN, "");
        if (++readings > READINGS) return state.ended(State.INCOMPLETE, problem);
        anew(spool);
      }
    } catch (Asking.OutOfTime e) {
      return state.ended(State.OPEN, e.getMessage());
    } catch (Declared.Missing e) {
      return state.ended(State.INCOMPLETE, e.getMessage());
    } catch (Asking.NoAnswer e) {
      return told(e.verdict(), spool);
    }
  }

  /** Stands for the cursor behind the last page. */
  private static final String LAST = "-";

  /** Takes a page; says what is wrong with the reading as a whole, null for nothing. */
  private String page(Spool spool) {
    String cursor = state.cursor().isEmpty() ? platform.first(api) : state.cursor();
    Answer answer =
        asking.ask(keys -> platform.page(api, state.window(), cursor, keys, asking.now()));
    Page page = platform.read(api, cursor, answer.tree());
    Long total = page.totalOrNull();
    if (state.declared() != null && total != null && !state.declared().equals(total))
      return "the pages shift while they are read: of " + state.declared() + " became " + total;
    long rows = state.rows();
    if (api.details()) {
      for (String id : page.ids()) {
        rows++;
        if (seen.add(id)) {
          Answer detail = asking.ask(keys -> platform.detail(api, id, keys, asking.now()));
          spool.add(platform.kept(api, id, detail.bytes()));
        }
      }
    } else if (page.rows() > 0) {
      rows += page.rows();
      spool.add(answer.bytes());
    }
    String next = page.nextOrNull() == null ? LAST : page.nextOrNull();
    state =
        state.at(
            next, state.pages() + 1, rows, total == null ? state.declared() : total, spool.force());
    book.save(state);
    return null;
  }

  private String unproven() {
    return state.declared() == null || state.declared() == state.rows()
        ? null
        : "the platform declares " + state.declared() + " and gave " + state.rows();
  }

  private void anew(Spool spool) {
    state = state.at("", 0, 0, null, 0);
    seen.clear();
    book.save(state);
    spool.cut(0);
  }

  private WindowState told(Verdict verdict, Spool spool) {
    if (verdict instanceof Verdict.Narrower narrower) {
      List<Window> halves = state.window().halves();
      if (halves.isEmpty()) return state.ended(State.INCOMPLETE, narrower.why());
      // First the pages: once the window is not known any more, nobody looks for them.
      spool.cut(0);
      spool.handOver();
      book.replace(
          state,
          halves.stream()
              .map(half -> WindowState.fresh(state.channel(), state.shop(), state.api(), half))
              .toList());
      return null;
    }
    if (verdict instanceof Verdict.Anew anew) {
      if (++readings > READINGS) return state.ended(State.INCOMPLETE, anew.why());
      anew(spool);
      return ended(spool);
    }
    if (verdict instanceof Verdict.Person person)
      return state.ended(State.INCOMPLETE, person.why() + "; " + person.next());
    String why = verdict instanceof Verdict.Later later ? later.why() : verdict.toString();
    return state.ended(State.INCOMPLETE, why + ", " + Asking.ATTEMPTS + " times");
  }
}
