import type { ThrashLevel } from "@/lib/wire/insight";
import { Icon, type IconName } from "../ui/icons";

const marks: Readonly<
  Record<Exclude<ThrashLevel, "none">, { readonly word: string; readonly icon: IconName }>
> = {
  "crash-loop": { word: "crash loop", icon: "loop" },
  flapping: { word: "flapping", icon: "wave" },
};

/** That a service thrashes, as a shape and a word; nothing of one that does not. */
export function ThrashMark({ level }: { level: ThrashLevel }) {
  if (level === "none") return null;
  const { word, icon } = marks[level];
  return (
    <span className="inline-flex shrink-0 items-center gap-1 rounded border border-current px-1 text-2xs font-medium whitespace-nowrap text-error">
      <Icon name={icon} size={10} />
      {word}
    </span>
  );
}
