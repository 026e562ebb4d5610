"use client";

import { useCallback, useState } from "react";
import { Button } from "../ui/button";
import { cx } from "../ui/cx";
import { Message } from "../ui/message";
import { Panel } from "../ui/panel";
import { Skeleton } from "../ui/skeleton";
import { ChannelEntry } from "./channel-entry";
import { useChannels } from "./use-channels";

/** Where alerts are told, how each way does, and a test of it. */
export function ChannelsPanel() {
  const [waitedFor, setWaitedFor] = useState<readonly string[]>([]);
  const { channels, failure, retry } = useChannels(waitedFor.length > 0);
  const onWait = useCallback(
    (name: string, waits: boolean) =>
      setWaitedFor((names) => [...names.filter((each) => each !== name), ...(waits ? [name] : [])]),
    [],
  );

  return (
    <Panel name="Notification channels">
      {failure !== null && (
        <p role="alert" className="flex flex-wrap items-center gap-2 px-4 py-2.5 text-sm text-error">
          How the channels do could not be read. {failure}
          <Button size="small" onClick={retry}>
            Try again
          </Button>
        </p>
      )}
      {channels === null ? (
        failure === null && (
          <div role="status" aria-label="Loading" className="flex flex-col gap-3 p-4">
            <Skeleton className="h-10" />
            <Skeleton className="h-10" />
          </div>
        )
      ) : channels.length === 0 ? (
        <Message title="Nobody is told outside this page">
          <p>
            Name a channel under <code className="font-mono text-ink">notify</code> in{" "}
            <code className="font-mono text-ink">signalbox.yaml</code>: a webhook, e-mail, chat, ntfy or
            Alertmanager. The file is read again when it changes.
          </p>
        </Message>
      ) : (
        <ul aria-label="Notification channels" className={cx(failure !== null && "border-t border-line")}>
          {channels.map((channel) => (
            <ChannelEntry key={channel.name} channel={channel} onWait={onWait} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
