/** What only somebody else can notice: that Signalbox itself is not there, or does not do its work. */
export const ownRules = [
  {
    alert: "SignalboxDown",
    expr: 'up{job="signalbox"} == 0',
    for: "1m",
    severity: "critical",
    summary: "Signalbox at {{ $labels.instance }} does not answer",
    description:
      "Nothing is shown and nobody is told. Check that it runs (`/healthz`, its log) and that the scrape's token was not revoked.",
  },
  {
    alert: "SignalboxDatabaseDown",
    expr: "signalbox_database_up == 0",
    for: "1m",
    severity: "critical",
    summary: "Signalbox at {{ $labels.instance }} has no database",
    description:
      "What is seen is kept in memory until the database is back. Check PostgreSQL, its disk, and Signalbox's log.",
  },
  {
    alert: "SignalboxEngineSilent",
    expr: "signalbox_engines_running == 0",
    for: "1m",
    severity: "critical",
    summary: "No engine of Signalbox at {{ $labels.instance }} is heard",
    description: "Nothing is watched and no command is carried out. Its log says why the engine ended.",
  },
  {
    alert: "SignalboxRecordingLate",
    expr: "min_over_time(signalbox_recorder_backlog[5m]) > 0",
    severity: "warning",
    summary: "Signalbox writes later than it sees ({{ $labels.engine }})",
    description: "The database is away or too slow for what happens; see its disk and its load.",
  },
  {
    alert: "SignalboxNotificationsWaiting",
    expr: "min_over_time(signalbox_notifications_queued[15m]) > 0",
    severity: "warning",
    summary: "Notifications through {{ $labels.channel }} are not sent",
    description: "The settings page shows the channel's last error; what waits is tried again all the time.",
  },
] as const;
