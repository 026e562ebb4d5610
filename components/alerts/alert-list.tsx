"use client";

import { useState } from "react";
import type { Alert } from "@/lib/wire/alert";
import { Button } from "../ui/button";
import { useToday } from "../ui/use-today";
import { AlertRow } from "./alert-row";
import "./alerts.css";

/** More rows than these are drawn when they are asked for: nobody reads five hundred at once. */
const firstShown = 50;
/** Up to so many, what fires says at once what to do; of more one has to be able to see which they are. */
const fewEnough = 10;

interface AlertListProps {
  /** The accessible name of the list. */
  readonly name: string;
  readonly alerts: readonly Alert[];
  /** Whether all are drawn at once: those that are loaded page by page. */
  readonly whole?: boolean;
}

/** Alerts one below the other, in the order given. */
export function AlertList({ name, alerts, whole = false }: AlertListProps) {
  const today = useToday();
  const [all, setAll] = useState(whole);
  const shown = all ? alerts : alerts.slice(0, firstShown);
  const rest = alerts.length - shown.length;
  const dense = alerts.length > fewEnough;
  return (
    <div className="alert-list">
      <ul aria-label={name}>
        {shown.map((alert) => (
          <AlertRow key={alert.id} alert={alert} today={today} dense={dense} />
        ))}
      </ul>
      {rest > 0 && (
        <p className="border-t border-line px-4 py-2.5">
          <Button size="small" onClick={() => setAll(true)}>
            Show {rest} more
          </Button>
        </p>
      )}
    </div>
  );
}
