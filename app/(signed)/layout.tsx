import type { ReactNode } from "react";
import { FleetProvider } from "@/components/live/fleet-provider";
import { AppShell } from "@/components/shell/app-shell";
import { fleetSnapshot } from "@/lib/api/fleet-snapshot";
import { currentActor } from "@/lib/auth/current-actor";
import { now, toRfc3339 } from "@/lib/clock";

/** What stands around every page of a browser that is signed in. A stranger's page stands alone. */
export default async function SignedLayout({ children }: { children: ReactNode }) {
  if (!(await currentActor())) return children;
  return (
    <FleetProvider initial={await fleetSnapshot()}>
      <AppShell at={toRfc3339(now().at)}>{children}</AppShell>
    </FleetProvider>
  );
}
