import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { GroupPage } from "@/components/groups/group-page";
import { Queries } from "@/components/live/queries";
import { SignInPage } from "@/components/sign-in/sign-in-page";
import { fleetSnapshot } from "@/lib/api/fleet-snapshot";
import { currentActor } from "@/lib/auth/current-actor";

type Props = PageProps<"/groups/[name]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Group ${readable((await params).name)}` };
}

export default async function Page({ params }: Props) {
  if (!(await currentActor())) return <SignInPage />;
  const name = readable((await params).name);
  const { services } = await fleetSnapshot();
  if (!services.some(({ group }) => group === name)) notFound();
  return (
    <Queries>
      <GroupPage name={name} />
    </Queries>
  );
}

/** The proxy has refused addresses that cannot be decoded. */
function readable(segment: string): string {
  return decodeURIComponent(segment);
}
