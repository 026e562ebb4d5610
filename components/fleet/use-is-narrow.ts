import { useSyncExternalStore } from "react";

/** As in fleet.css: below this a row folds into two lines. */
const narrow = "(width < 40rem)";

export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    (wake) => {
      const query = matchMedia(narrow);
      query.addEventListener("change", wake);
      return () => query.removeEventListener("change", wake);
    },
    () => matchMedia(narrow).matches,
    () => false,
  );
}
