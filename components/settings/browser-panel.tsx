"use client";

import { type ReactNode, useState, useSyncExternalStore } from "react";
import { severityWords } from "../alerts/alert-words";
import { type NoticeChoice, noticeChoices } from "../alerts/notice-choice";
import { followChoice, keepChoice, keptChoice } from "../alerts/notice-store";
import { Panel } from "../ui/panel";
import { useHydrated } from "../ui/use-hydrated";
import { currentSupport } from "./browser-support";

const words: Readonly<Record<NoticeChoice, string>> = {
  off: "Nothing",
  critical: `${severityWords.critical} alerts`,
  warning: "Critical alerts and warnings",
  info: "Every alert",
};

/** Notifications of this browser, for those who ask for them. The browser is asked only on a press. */
export function BrowserPanel() {
  return <Panel name="This browser">{useHydrated() ? <Choices /> : <div className="h-40" />}</Panel>;
}

function Choices() {
  const choice = useSyncExternalStore(followChoice, keptChoice);
  const [support, setSupport] = useState(currentSupport);
  const [failure, setFailure] = useState<string | null>(null);

  async function choose(next: NoticeChoice): Promise<void> {
    setFailure(null);
    if (next === "off") return keep("off");
    if (Notification.permission === "default") await Notification.requestPermission();
    setSupport(currentSupport());
    if (Notification.permission !== "granted") return;
    const why = tryOne();
    keep(why === null ? next : "off");
    if (why !== null) setFailure(why);
  }

  function keep(next: NoticeChoice): void {
    if (!keepChoice(next))
      setFailure("This browser keeps no settings for this page, as in a private window.");
  }

  if (support.tag === "impossible") return <Words>No notifications here: {support.why}</Words>;
  const refused = support.permission === "denied";
  return (
    <>
      <fieldset className="flex flex-col gap-1 px-4 py-3">
        <legend className="float-left mb-1 text-sm text-ink-2">
          Show a notification of this browser, while a page of Signalbox is open, for
        </legend>
        {noticeChoices.map((each) => (
          <label key={each} className="clear-both flex min-h-7 items-center gap-2 text-sm text-ink">
            <input
              type="radio"
              name="notices"
              checked={(refused ? "off" : choice) === each}
              onChange={() => void choose(each)}
              className="size-4 shrink-0 accent-(--accent)"
            />
            {words[each]}
          </label>
        ))}
      </fieldset>
      <div role="status">
        {refused && (
          <Words warns>
            This browser refuses notifications from Signalbox. Allow them in its settings for this address,
            then choose again.
          </Words>
        )}
        {support.permission === "default" && choice !== "off" && (
          <Words warns>The browser has to be asked again: choose once more.</Words>
        )}
        {failure !== null && <Words warns>{failure}</Words>}
      </div>
    </>
  );
}

/** Shows one, as a proof. @returns why it could not, in words; phones' browsers tell only here. */
function tryOne(): string | null {
  try {
    new Notification("Signalbox tells of alerts here", {
      body: "One for each alert, however many tabs are open.",
      tag: "signalbox proof",
    });
    return null;
  } catch {
    return "This browser allowed notifications, but does not show those of a page. Most phones do not: a channel such as ntfy reaches them.";
  }
}

function Words({ children, warns = false }: { children: ReactNode; warns?: boolean }) {
  return (
    <p
      className={`border-t border-line px-4 py-3 text-sm first:border-t-0 ${warns ? "text-warning" : "text-ink-2"}`}
    >
      {children}
    </p>
  );
}
