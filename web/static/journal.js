// What somebody typed, kept on this computer until the server has it.
// IndexedDB survives a killed browser within 300 ms of the last key, localStorage does not; the second copy serves
// where the first is refused. Each page load writes a record of its own, so that two tabs never overwrite each other.

const BASE = 'earshot';
const TABLE = 'drafts';

function open() {
  return new Promise((resolve) => {
    try {
      const asked = indexedDB.open(BASE, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(TABLE);
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = asked.onblocked = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
}

const finished = (work) =>
  new Promise((resolve, reject) => {
    work.oncomplete = () => resolve();
    work.onerror = work.onabort = () => reject(work.error);
  });

export const isCopyKept = () => Object.keys(localStorage).some((key) => key.startsWith('earshot.draft.'));

// Does anything typed wait here, of whomever and whatever page?
export async function isAnyKept() {
  try {
    if (isCopyKept()) return true;
    const base = await open();
    const asked = base.transaction(TABLE).objectStore(TABLE).count();
    return await new Promise((resolve) => {
      asked.onsuccess = () => resolve(asked.result > 0);
      asked.onerror = () => resolve(true);
    });
  } catch {
    return true; // what cannot be looked through is left alone
  }
}

// -> { put(record), remove(key), all(), kept() }: all() gives [[key, record], ...] of `prefix`, oldest first.
export async function openJournal(prefix) {
  const base = await open();
  const mine = `${prefix}|${Date.now()}-${Math.random().toString(36).slice(2)}`;
  const copy = (key) => `earshot.draft.${key}`;
  let refused = 0;

  const change = (work) => {
    try {
      const transaction = base.transaction(TABLE, 'readwrite', { durability: 'strict' });
      work(transaction.objectStore(TABLE));
      return finished(transaction).catch(() => (refused |= 1));
    } catch {
      refused |= 1;
      return null;
    }
  };

  return {
    mine,
    // False where this browser keeps nothing at all.
    kept: () => !((!base || refused & 1) && refused & 2),

    put(record) {
      try {
        localStorage.setItem(copy(mine), JSON.stringify(record));
        refused &= ~2;
      } catch {
        refused |= 2;
      }
      return base && change((table) => table.put(record, mine));
    },

    remove(key) {
      try {
        localStorage.removeItem(copy(key));
      } catch {
        refused |= 2;
      }
      return base && change((table) => table.delete(key));
    },

    async all() {
      const found = new Map();
      try {
        for (let i = 0; i < localStorage.length; i++) {
          const name = localStorage.key(i);
          if (name.startsWith(copy(`${prefix}|`))) found.set(name.slice(copy('').length), JSON.parse(localStorage.getItem(name)));
        }
      } catch {
        refused |= 2;
      }
      if (base) {
        try {
          const walk = base.transaction(TABLE).objectStore(TABLE).openCursor(IDBKeyRange.bound(`${prefix}|`, `${prefix}|\uffff`));
          await new Promise((resolve, reject) => {
            walk.onerror = () => reject(walk.error);
            walk.onsuccess = () => {
              const at = walk.result;
              if (!at) return resolve();
              if (!(found.get(at.key)?.ts > at.value.ts)) found.set(at.key, at.value);
              at.continue();
            };
          });
        } catch {
          refused |= 1;
        }
      }
      return [...found].sort((a, b) => a[1].ts - b[1].ts);
    },
  };
}
