package omnipoints.console;

import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code quarantine import FILE.csv}: the changed cells of an exported table become edits, and
 * their rows are replayed; what was not changed is left alone.
 */
final class QuarantineImportVerb implements Verb {
  @Override
  public String name() {
    return "quarantine import";
  }

  @Override
  public void declare(CommandSpec spec, Words words) {
    spec.addPositional(CommandTree.operand(words, "FILE", true));
    QuarantineReplayVerb.declareActing(spec, words);
  }

  @Override
  public Answer answer(Call call) {
    return QuarantineReplayVerb.sheet(call, call.operand(0));
  }
}
