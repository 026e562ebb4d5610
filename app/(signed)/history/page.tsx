import type { Metadata } from "next";
import { askHistory, readHistoryFilter, writeHistoryFilter } from "@/components/history/fleet-history-filter";
import { FleetHistoryPage } from "@/components/history/fleet-history-page";
import { Queries } from "@/components/live/queries";
import { SignInPage } from "@/components/sign-in/sign-in-page";
import { readFleetHistory } from "@/lib/api/fleet-history";
import { currentActor } from "@/lib/auth/current-actor";

export const metadata: Metadata = { title: "History" };

export default async function Page({ searchParams }: PageProps<"/history">) {
  if (!(await currentActor())) return <SignInPage />;
  const filter = readHistoryFilter(addressOf(await searchParams));
  const at = Date.now();
  const { page, choices } = await readFleetHistory(askHistory(filter, at));
  return (
    <Queries>
      <FleetHistoryPage first={{ address: writeHistoryFilter(filter), at, page }} choices={choices} />
    </Queries>
  );
}

function addressOf(given: Readonly<Record<string, string | string[] | undefined>>): URLSearchParams {
  const address = new URLSearchParams();
  for (const [name, values] of Object.entries(given))
    for (const value of [values ?? []].flat()) address.append(name, value);
  return address;
}
