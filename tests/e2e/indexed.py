"""What a page keeps in IndexedDB."""

from typing import Any

ASK = """([database, store, question]) => new Promise((resolve) => {
  const asked = indexedDB.open(database, 1);
  asked.onupgradeneeded = () => asked.transaction.abort(); // the page makes it
  asked.onerror = () => resolve(null);
  asked.onsuccess = () => {
    const found = asked.result.transaction(store).objectStore(store)[question]();
    found.onsuccess = () => resolve(asked.result.close() ?? found.result);
  };
})"""


def count(page: Any, database: str, store: str) -> int:
    """How many records it has; 0 before the page has made the database."""
    return page.evaluate(ASK, [database, store, "count"]) or 0


def records(page: Any, database: str, store: str) -> list[Any]:
    """All of them."""
    return page.evaluate(ASK, [database, store, "getAll"]) or []
