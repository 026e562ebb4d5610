import type { ComponentProps } from "react";
import { Icon } from "../ui/icons";

export function ThemeButton(props: ComponentProps<"button">) {
  return (
    <button
      type="button"
      aria-label="Theme"
      aria-haspopup="menu"
      {...props}
      className="grid size-8 place-items-center rounded-md text-ink-2 hover:bg-hover hover:text-ink"
    >
      <Icon name="contrast" size={16} />
    </button>
  );
}
