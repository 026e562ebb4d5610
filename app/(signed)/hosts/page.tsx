import type { Metadata } from "next";
import { HostsPage } from "@/components/hosts/hosts-page";
import { Queries } from "@/components/live/queries";
import { SignInPage } from "@/components/sign-in/sign-in-page";
import { readHostViews } from "@/lib/api/host-view";
import { currentActor } from "@/lib/auth/current-actor";

export const metadata: Metadata = { title: "Hosts" };

export default async function Page() {
  if (!(await currentActor())) return <SignInPage />;
  return (
    <Queries>
      <HostsPage hosts={await readHostViews()} />
    </Queries>
  );
}
