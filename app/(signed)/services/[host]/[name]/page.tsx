import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Queries } from "@/components/live/queries";
import { ServicePage } from "@/components/service/service-page";
import { SignInPage } from "@/components/sign-in/sign-in-page";
import { readServicePage } from "@/lib/api/service-page";
import { currentActor } from "@/lib/auth/current-actor";

type Props = PageProps<"/services/[host]/[name]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { host, name } = await params;
  return { title: `${readable(name)} on ${readable(host)}` };
}

export default async function Page({ params }: Props) {
  if (!(await currentActor())) return <SignInPage />;
  const { host, name } = await params;
  const found = await readServicePage(readable(host), readable(name));
  if (!found) notFound();
  return (
    <Queries>
      <ServicePage {...found} />
    </Queries>
  );
}

/** The proxy has refused addresses that cannot be decoded. */
function readable(segment: string): string {
  return decodeURIComponent(segment);
}
