"use client";

import { Menu } from "@base-ui/react/menu";
import { useState } from "react";
import { Icon, type IconName } from "../ui/icons";
import { chooseTheme, readTheme, type Theme, themes } from "./theme";
import { ThemeButton } from "./theme-button";

const icons: Readonly<Record<Theme, IconName>> = { system: "screen", light: "sun", dark: "moon" };
const words: Readonly<Record<Theme, string>> = { system: "System", light: "Light", dark: "Dark" };

/** The theme's button with its menu, which begins open. */
export function ThemeMenu() {
  const [theme, setTheme] = useState<Theme>(currentTheme);

  function choose(next: Theme): void {
    chooseTheme(next);
    setTheme(next);
  }

  return (
    <Menu.Root defaultOpen onOpenChange={(open) => open && setTheme(currentTheme())}>
      <Menu.Trigger render={<ThemeButton />} />
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end" className="z-40">
          <Menu.Popup className="min-w-36 rounded-lg border border-line-strong bg-raised p-1 text-sm shadow-raised">
            <Menu.RadioGroup value={theme} onValueChange={choose}>
              {themes.map((each) => (
                <Menu.RadioItem
                  key={each}
                  value={each}
                  closeOnClick
                  className="flex h-8 cursor-default items-center gap-2 rounded-md px-2 outline-none data-[highlighted]:bg-hover"
                >
                  <Icon name={icons[each]} className="text-ink-2" />
                  <span className="grow">{words[each]}</span>
                  <Menu.RadioItemIndicator>
                    <Icon name="tick" size={12} />
                  </Menu.RadioItemIndicator>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function currentTheme(): Theme {
  return readTheme(document.documentElement.dataset.theme);
}
