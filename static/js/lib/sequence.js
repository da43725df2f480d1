// What a live line has to get right, without the line (live.js).

export const LONGEST_WAIT_MS = 20000;

/** How long to wait before the n-th (1, 2, …) attempt to reconnect: full jitter, so that a
 * thousand pages do not come back at the same moment. */
export function backoff(attempt, random = Math.random) {
  if (attempt <= 1) return 300 + random() * 1200;
  return 300 + random() * (Math.min(LONGEST_WAIT_MS, 1500 * 2 ** (attempt - 1)) - 300);
}

/** Of `events`, those that come next after `seq`; and whether one is missing among them. */
export function sortOut(events, seq) {
  const next = [];
  for (const event of [...events].sort((a, b) => a.seq - b.seq)) {
    const last = next.length ? next[next.length - 1].seq : seq;
    if (event.seq > last + 1) return { next, hasGap: true };
    if (event.seq === last + 1) next.push(event);
  }
  return { next, hasGap: false };
}

/** `url` with those parameters that have a value; as an address of a socket where `socket`. */
export function address(url, parameters, { socket = false, base = location.href } = {}) {
  const full = new URL(url, base);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null && value !== "") full.searchParams.set(name, value);
  }
  if (socket) full.protocol = full.protocol === "https:" ? "wss:" : "ws:";
  return full.href;
}

/** The JSON at `url`; a refusal and no answer in time are errors. */
export async function ask(url, timeoutMs) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeoutMs);
  try {
    const response = await fetch(url, { signal: stop.signal });
    if (!response.ok) throw new Error(`${response.status} ${url}`);
    return await response.json();
  } finally {
    clearTimeout(timer);
  }
}
