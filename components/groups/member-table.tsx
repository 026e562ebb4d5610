"use client";

import { useMemo, useState } from "react";
import type { Service } from "@/lib/wire/service";
import { Button } from "../ui/button";
import { cx } from "../ui/cx";
import { columnsOf } from "./member-columns";
import { MemberRow } from "./member-row";
import "./member-table.css";

/** More rows than these are drawn when they are asked for. */
const firstShown = 100;

interface MemberTableProps {
  readonly members: readonly Service[];
  readonly head: number | null;
}

/** The members of a group, each with its part in it and its levers. */
export function MemberTable({ members, head }: MemberTableProps) {
  const { host, nodes, validators } = columnsOf(members);
  const columns = useMemo(() => ({ host, nodes, validators }), [host, nodes, validators]);
  const [all, setAll] = useState(false);
  const shown = all ? members : members.slice(0, firstShown);
  const heads = [
    { word: "Service", className: "member-name" },
    { word: "State", className: "member-state" },
    ...(validators
      ? [
          { word: "In consensus", className: "member-part" },
          { word: "Last proposed", className: "member-proposed" },
        ]
      : []),
    ...(nodes
      ? [
          { word: "Height", className: "member-height" },
          { word: "Peers", className: "member-peers" },
        ]
      : []),
    { word: "Condition", className: "member-condition" },
    { word: "Actions", className: "member-levers" },
  ];
  return (
    <div className="overflow-clip rounded-lg border border-line bg-surface">
      <table
        aria-label="Members"
        data-chain={validators ? "validators" : nodes ? "nodes" : "none"}
        className="member-table"
      >
        <thead className="block">
          <tr className="member-head">
            {heads.map(({ word, className }) => (
              <th
                key={word}
                scope="col"
                className={cx(className, "font-medium", word === "Actions" ? "text-right" : "text-left")}
              >
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="block">
          {shown.map((service) => (
            <MemberRow key={service.id} service={service} columns={columns} head={head} />
          ))}
        </tbody>
      </table>
      {members.length > shown.length && (
        <p className="px-4 py-2.5">
          <Button size="small" onClick={() => setAll(true)}>
            Show {members.length - shown.length} more
          </Button>
        </p>
      )}
    </div>
  );
}
