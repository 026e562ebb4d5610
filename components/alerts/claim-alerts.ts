const database = "signalbox-notices";
const store = "told";
/** Nothing that was told so long ago can be told again: the feed has forgotten it. */
const keptMs = 30 * 86_400_000;

/**
 * Which of these alerts this tab is to tell of: each is given to one tab of the browser, once. Only the
 * browser's database serves for it: what one tab writes to `localStorage` another one sees too late.
 * A browser without one gives them to every tab; it then shows those of one tag once.
 */
export async function claimAlerts(ids: readonly string[]): Promise<readonly string[]> {
  try {
    const opened = await open();
    try {
      return await claim(opened, ids, Date.now());
    } finally {
      opened.close();
    }
  } catch {
    return ids;
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(database, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(store).createIndex("at", "at");
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}

/** In one transaction, which no other tab's overlaps: who adds an id first has it. */
function claim(opened: IDBDatabase, ids: readonly string[], at: number): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const transaction = opened.transaction(store, "readwrite");
    const told = transaction.objectStore(store);
    const mine: string[] = [];
    for (const id of ids) {
      const adding = told.add({ at }, id);
      adding.onsuccess = () => mine.push(id);
      // Another tab was first; the others of the transaction are still to be added.
      adding.onerror = (event) => {
        event.preventDefault();
        event.stopPropagation();
      };
    }
    const old = told.index("at").openKeyCursor(IDBKeyRange.upperBound(at - keptMs));
    old.onsuccess = () => {
      if (old.result === null) return;
      told.delete(old.result.primaryKey);
      old.result.continue();
    };
    transaction.oncomplete = () => resolve(mine);
    transaction.onabort = () => reject(transaction.error);
  });
}
