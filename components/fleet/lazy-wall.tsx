"use client";

import { useLoaded } from "../ui/use-loaded";
import type { WallProps } from "./wall";

const loadWall = () => import("./wall").then(({ Wall }) => Wall);

/** The wall is loaded when it is looked at: most visits are to the rows. */
export function LazyWall(props: WallProps) {
  const Wall = useLoaded(loadWall);
  return Wall === null ? <div className="min-h-96" /> : <Wall {...props} />;
}
