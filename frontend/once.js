// What is pressed twice is done once: the same is not begun again while it is on its way.
export function once(act) {
  const busy = new Set();
  // Of another form, row or button it is begun at any time; that is the first argument.
  return async (of, ...told) => {
    if (busy.has(of)) return undefined;
    busy.add(of);
    try {
      return await act(of, ...told);
    } finally {
      busy.delete(of);
    }
  };
}
