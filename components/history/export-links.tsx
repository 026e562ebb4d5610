import { Icon } from "../ui/icons";

const forms = [
  { format: "csv", word: "CSV", says: "Comma-separated values, for a spreadsheet" },
  { format: "jsonl", word: "JSON lines", says: "One JSON record a line, for a program" },
] as const;

/** What is shown, and all that is older and fits the filter too, as a file. @param asked the API's parameters. */
export function ExportLinks({ asked }: { asked: string }) {
  return (
    <p className="flex items-center gap-2 text-sm text-ink-2">
      Export
      {forms.map(({ format, word, says }) => (
        <a
          key={format}
          href={`/api/v1/transitions?${asked === "" ? "" : `${asked}&`}format=${format}`}
          download
          title={says}
          className="inline-flex h-8 items-center gap-1.5 rounded-md border border-line-strong bg-surface px-3 font-medium text-ink hover:border-ink-3 hover:bg-hover"
        >
          <Icon name="down" size={12} /> {word}
        </a>
      ))}
    </p>
  );
}
