import { BrowserPanel } from "./browser-panel";
import { ChannelsPanel } from "./channels-panel";
import { ConfigurationPanel } from "./configuration-panel";
import { RulesPanel } from "./rules-panel";

/** Who is told of what: channels, this browser, the rules that fire, and where they come from. */
export function SettingsPage() {
  return (
    <div className="flex flex-col gap-4">
      <h1 className="text-xl font-semibold tracking-tight">Settings</h1>
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_minmax(20rem,26rem)] xl:grid-rows-[auto_1fr]">
        <ChannelsPanel />
        <div className="flex min-w-0 flex-col gap-4 xl:col-start-2 xl:row-span-2 xl:row-start-1">
          <BrowserPanel />
          <ConfigurationPanel />
        </div>
        <RulesPanel />
      </div>
    </div>
  );
}
