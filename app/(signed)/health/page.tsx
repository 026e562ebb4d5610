import type { Metadata } from "next";
import { HealthPage } from "@/components/health/health-page";
import { Queries } from "@/components/live/queries";
import { SignInPage } from "@/components/sign-in/sign-in-page";
import { readHealthPage } from "@/lib/api/read-health";
import { currentActor } from "@/lib/auth/current-actor";

export const metadata: Metadata = { title: "Health" };

export default async function Page() {
  if (!(await currentActor())) return <SignInPage />;
  return (
    <Queries>
      <HealthPage health={await readHealthPage()} />
    </Queries>
  );
}
