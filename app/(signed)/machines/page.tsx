import type { Metadata } from "next";
import { MachinesPage } from "@/components/machines/machines-page";
import { SignInPage } from "@/components/sign-in/sign-in-page";
import { currentActor } from "@/lib/auth/current-actor";
import { kinds, machineOfKind } from "@/lib/machine/kinds/machine-of-kind";

export const metadata: Metadata = { title: "Machines" };

export default async function Page() {
  if (!(await currentActor())) return <SignInPage />;
  return <MachinesPage machines={kinds.flatMap((kind) => machineOfKind(kind) ?? [])} />;
}
