import { FleetPage } from "@/components/fleet/fleet-page";
import { SignInPage } from "@/components/sign-in/sign-in-page";
import { currentActor } from "@/lib/auth/current-actor";

export default async function Page({ searchParams }: PageProps<"/">) {
  if (await currentActor()) return <FleetPage />;
  return <SignInPage refused={"wrong" in (await searchParams)} />;
}
