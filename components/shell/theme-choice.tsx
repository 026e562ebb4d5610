"use client";

import { useWhenNeeded } from "../ui/use-when-needed";
import { ThemeButton } from "./theme-button";

const loadMenu = () => import("./theme-menu").then(({ ThemeMenu }) => ThemeMenu);

/** A button that few ever press: its menu is loaded when it is. */
export function ThemeChoice() {
  const [Menu, needMenu] = useWhenNeeded(loadMenu);
  return Menu === null ? <ThemeButton onClick={needMenu} /> : <Menu />;
}
