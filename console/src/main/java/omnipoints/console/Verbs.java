package omnipoints.console;

import java.util.List;

/** Every verb there is, in the order help shows them. */
final class Verbs {
  private Verbs() {}

  static List<Verb> all() {
    return List.of(
        new InitVerb(),
        new DemoVerb(),
        new NightlyVerb(),
        new StatusVerb(),
        new RestartVerb(),
        new RerunVerb(),
        new CatchUpVerb(),
        new StopVerb(),
        new ResolveVerb(),
        new ApproveVerb(),
        new ServeVerb(),
        new MemberVerb(),
        new ExplainVerb(),
        new LedgerVerb(),
        new AdjustVerb(),
        new FreezeVerb(),
        new ReleaseHoldVerb(),
        new TransferVerb(),
        new ExtractVerb(),
        new VerifyVerb(),
        new ProgramLintVerb(),
        new ProgramExplainVerb(),
        new ProgramDiffVerb(),
        new QuoteVerb(),
        new DrawVerifyVerb(),
        new BackupVerb(),
        new RestoreVerb(),
        new FoldVerb(),
        new ChannelCheckVerb(),
        new ChannelNewVerb(),
        new ChannelTemplateVerb(),
        new DeliveryListVerb(),
        new DeliveryShowVerb(),
        new DeliveryWithdrawVerb(),
        new QuarantineListVerb(),
        new QuarantineShowVerb(),
        new QuarantineReplayVerb(),
        new QuarantineWaiveVerb(),
        new QuarantineExportVerb(),
        new QuarantineImportVerb(),
        new BreaksListVerb(),
        new BreaksShowVerb(),
        new BreaksAssignVerb(),
        new BreaksExplainVerb(),
        new BreaksResolveVerb(),
        new PullStatusVerb(),
        new PullBackfillVerb(),
        new SyncStatusVerb(),
        new SyncSendVerb(),
        new SyncSettleVerb(),
        new DbStartVerb(),
        new DbStopVerb(),
        new DbUrlVerb());
  }
}
