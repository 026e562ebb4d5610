import type { Metadata } from "next";
import { Queries } from "@/components/live/queries";
import { SettingsPage } from "@/components/settings/settings-page";
import { SignInPage } from "@/components/sign-in/sign-in-page";
import { currentActor } from "@/lib/auth/current-actor";

export const metadata: Metadata = { title: "Settings" };

export default async function Page() {
  if (!(await currentActor())) return <SignInPage />;
  return (
    <Queries>
      <SettingsPage />
    </Queries>
  );
}
