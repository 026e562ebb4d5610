"use client";

import Link from "next/link";
import type { Transition } from "@/lib/wire/service";
import { serviceHref } from "../service/service-href";
import { Button } from "../ui/button";
import { Icon } from "../ui/icons";
import { useShowMoment } from "./log-moment";
import { writeLogView } from "./log-view";

/** From a move to what its service wrote then: on this page, or on the service's own. */
export function LogAtMoment({ transition: { at, seq, service } }: { transition: Transition }) {
  const show = useShowMoment();
  const words = (
    <>
      <Icon name="rows" size={12} /> Log at this moment <span className="sr-only">(move {seq})</span>
    </>
  );
  if (show !== null)
    return (
      <Button size="small" onClick={() => show(at)}>
        {words}
      </Button>
    );
  const slash = service.indexOf("/");
  const page = serviceHref({ host: service.slice(0, slash), name: service.slice(slash + 1) });
  return (
    <Link
      href={`${page}?${writeLogView({ level: "all", at })}`}
      prefetch={false}
      className="inline-flex items-center gap-1.5 text-xs text-accent hover:underline"
    >
      {words}
    </Link>
  );
}
