import type { Metadata } from "next";
import { AlertsPage } from "@/components/alerts/alerts-page";
import { Queries } from "@/components/live/queries";
import { SignInPage } from "@/components/sign-in/sign-in-page";
import { currentActor } from "@/lib/auth/current-actor";

export const metadata: Metadata = { title: "Alerts" };

export default async function Page() {
  if (!(await currentActor())) return <SignInPage />;
  return (
    <Queries>
      <AlertsPage />
    </Queries>
  );
}
