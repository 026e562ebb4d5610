import { runCommand } from "@/app/actions/run-command";
import { FleetPage } from "@/components/fleet/fleet-page";
import { SignInPage } from "@/components/sign-in/sign-in-page";
import { currentActor } from "@/lib/auth/current-actor";

export default async function Page({ searchParams }: PageProps<"/">) {
  if (await currentActor()) return <FleetPage actions={{ runCommand }} />;
  return <SignInPage refused={"wrong" in (await searchParams)} />;
}
