// Who works on what among the open pages; a page that is gone lets go. Browsers know locks on HTTPS only.
export async function namesOfLocks() {
  const { held = [] } = (await navigator.locks?.query().catch(() => null)) ?? {};
  return new Set(held.map(({ name }) => name));
}

// What lets go of it again, to be awaited; null where another page, or this one, has it.
export function take(name) {
  return new Promise((resolve) => {
    const have = (lock) => {
      if (lock) return new Promise((release) => resolve(() => (release(), asked)));
      return resolve(null);
    };
    const asked = navigator.locks?.request(name, { ifAvailable: true }, have);
    if (asked) asked.catch(() => resolve(async () => {}));
    else resolve(async () => {});
  });
}
