import type { Metadata } from "next";
import { FleetInsightPage } from "@/components/insight/fleet-insight-page";
import { Queries } from "@/components/live/queries";
import { SignInPage } from "@/components/sign-in/sign-in-page";
import { currentActor } from "@/lib/auth/current-actor";

export const metadata: Metadata = { title: "Time in state" };

export default async function Page() {
  if (!(await currentActor())) return <SignInPage />;
  return (
    <Queries>
      <FleetInsightPage />
    </Queries>
  );
}
