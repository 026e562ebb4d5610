"use client";

import { useEffect, useRef } from "react";
import { Icon } from "./icons";
import { isTyping } from "./is-typing";
import { Kbd } from "./kbd";

interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
}

/** A text to look for. `/` goes here from anywhere on the page. */
export function SearchField({ label, value, onChange, placeholder = "Search" }: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
      event.preventDefault();
      input.current?.focus();
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  return (
    <label className="relative flex min-w-44 grow items-center max-sm:basis-full sm:max-w-64">
      <Icon name="search" className="absolute left-2.5 text-ink-3" />
      <span className="sr-only">{label}</span>
      <input
        ref={input}
        type="search"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        placeholder={placeholder}
        className="h-8 w-full rounded-md border border-line-strong bg-surface pr-8 pl-8 text-sm placeholder:text-ink-3"
      />
      <span className="pointer-events-none absolute right-1.5 max-sm:hidden" aria-hidden="true">
        <Kbd>/</Kbd>
      </span>
    </label>
  );
}
