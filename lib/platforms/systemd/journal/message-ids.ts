/**
 * systemd's names for its journal entries (DOMAIN §1.4; sd-messages.h, `journalctl --catalog`).
 * They are stable across versions, which the wording and CODE_FUNC are not.
 */
export const messageIds = {
  starting: "7d4958e842da4a758f6c1cdc7b36dcc5",
  /** Started, Finished, and also "skipped because of an unmet condition". */
  started: "39f53479d3a045ac8e11786248231fbf",
  startFailed: "be02cf6855d2428ba40df7e9d022f03d",
  stopping: "de5b426a63be47a7b6ac3eaac82e2f6f",
  stopped: "9d1aaa27d60140bd96365438aad20286",
  restartScheduled: "5eb03494b6584870a536b337290809b3",
  processExit: "98e322203f7a4ed290d09fe03c09fe15",
  failureResult: "d9b373ed55a64feb8242e02dbe79a49c",
  success: "7ad2d189f7e94e70a38c781354912448",
  skipped: "0e4284a0caca4bfc81c0bb6786972673",
  spawnFailed: "641257651c1b4ec9a8624d7a40a9e1e7",
  oomdKill: "d989611b15e44c9dbf31e3c81256e4ed",
  outOfMemory: "fe6faa94e7774663a0da52717891d8ef",
  coredump: "fc2e22bc6ee647b6b90729ab34a250b1",
  startupFinished: "b07a249cd024414a82dd00cd181378ff",
  shutdown: "98268866d1d54a499c4e98921d93bc40",
} as const;
