/** The channels by which processes wake each other. They carry no payload: readers read rows. */
export const channels = {
  feed: "signalbox_feed",
  command: "signalbox_command",
  /** What the web side wants of a service for a while: its log, what it uses. */
  wish: "signalbox_wish",
  answer: "signalbox_answer",
  /** Something became of an alert (a new row in `alert_event`), or a message waits to be sent. */
  alert: "signalbox_alert",
  /** A silence or a maintenance was made, or ended by a person. */
  silence: "signalbox_silence",
} as const;

/** Advisory locks, all in one place so that no two mean the same number. */
export const locks = {
  migration: 460_001,
  /** Held from before a feed id is drawn until commit, so that ids are in commit order. */
  feed: 460_002,
  /** Held by a launcher as long as it lives: one Signalbox per database. */
  signalbox: 460_003,
  /** With the host's hash as second key: held by the engine that watches the host. */
  hostLease: 460_004,
} as const;
