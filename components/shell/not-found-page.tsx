import Link from "next/link";
import { PlainPage } from "./plain-page";

export function NotFoundPage() {
  return (
    <PlainPage title="There is nothing here">
      <p className="text-ink-2">
        No page has this address. If it was a service’s, it may have been taken out of the configuration; what
        was recorded of it is kept.
      </p>
      <p>
        <Link href="/" className="text-accent underline underline-offset-3">
          Go to the fleet
        </Link>
      </p>
    </PlainPage>
  );
}
