import type { Metadata } from "next";
import { GroupsPage } from "@/components/groups/groups-page";
import { SignInPage } from "@/components/sign-in/sign-in-page";
import { currentActor } from "@/lib/auth/current-actor";

export const metadata: Metadata = { title: "Groups" };

export default async function Page() {
  if (!(await currentActor())) return <SignInPage />;
  return <GroupsPage />;
}
