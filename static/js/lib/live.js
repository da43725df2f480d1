// What is new in a consultation, as it happens: a socket, and polling where there is none.
//
//   const line = connect({ slug, epoch, after, onEvents, onState, onReset });
//
// `onEvents(events)` gets each entry once, in order, without gaps, whatever was lost on the way.
// `onState(state, behind)`: "on", "reconnecting" or "offline"; `behind` is the number of entries
// that are known to be missing, or null. `onReset()`: what the page shows is too old to be brought
// up to date; load it anew.

import { LONGEST_WAIT_MS, address, ask, backoff, sortOut } from "./sequence.js";

const VERSION = 1;
const POLL_AFTER_FAILURES = 3;
const POLL_MS = 5000;
const ANSWER_MS = 20000; // a thousand pages may come back at the same moment
const QUIET_MS = 240000; // then ask once whether the line is dead: a browser does not notice
const CALM_MS = 3000; // between two figures of how much is missing
const CLOSE_RESET = 4409;
const REFUSED = new Set([4400, 4403, 4404]); // invalid, denied, missing: asking again won't help

const jitter = (ms) => ms * (0.8 + Math.random() * 0.4);

export function connect(options) {
  const line = new Line(options);
  line.open();
  return {
    close: () => line.end(),
    get head() {
      return line.head;
    },
  };
}

class Line {
  constructor(options) {
    const slug = encodeURIComponent(options.slug ?? "");
    this.url = options.url ?? `/ws/consultations/${slug}/`;
    this.eventsUrl = options.eventsUrl ?? `/consultations/${slug}/events`;
    this.lang = options.lang ?? document.documentElement.lang;
    this.epoch = options.epoch;
    this.seq = this.head = Number(options.after) || 0;
    this.tell = { onEvents() {}, onState() {}, onReset() {}, ...options };
    this.socket = this.poller = null;
    this.failures = this.saidAt = 0;
    this.isOver = this.isFetching = this.isSilent = false;
    this.stop = new AbortController();
    const on = (type, handler) =>
      window.addEventListener(type, handler, { signal: this.stop.signal });
    on("online", () => this.retryNow());
    on("offline", () => {
      this.rest("offline");
      this.timer = setTimeout(() => this.open(), LONGEST_WAIT_MS); // some say so and are not
    });
    // A page that sleeps in the browser's cache may not keep a socket; it catches up on waking.
    on("pagehide", () => this.rest("reconnecting"));
    on("pageshow", (event) => event.persisted && this.retryNow());
  }

  get parameters() {
    return { after: this.seq, epoch: this.epoch, lang: this.lang };
  }

  get isConnected() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  // --- the socket -----------------------------------------------------------------------------

  open() {
    if (this.isOver || this.socket) return;
    const socket = new WebSocket(address(this.url, this.parameters, { socket: true }));
    this.socket = socket;
    this.watch(ANSWER_MS, () => this.lost());
    socket.onmessage = ({ data }) => this.take(JSON.parse(data), true);
    socket.onclose = ({ code }) => this.lost(code);
  }

  lost(code) {
    this.drop();
    if (code === CLOSE_RESET) return this.reset();
    this.failures += 1;
    const isRefused = REFUSED.has(code);
    this.say(isRefused || this.isSilent || !navigator.onLine ? "offline" : "reconnecting");
    if (isRefused) return this.end();
    this.timer = setTimeout(() => this.open(), backoff(this.failures));
    if (this.failures >= POLL_AFTER_FAILURES && !this.poller) this.poll();
  }

  drop() {
    clearTimeout(this.watcher);
    const socket = this.socket;
    this.socket = null;
    if (socket) socket.onclose = socket.onmessage = null;
    socket?.close();
  }

  watch(ms, then) {
    clearTimeout(this.watcher);
    this.watcher = setTimeout(then, ms);
  }

  /** Nothing was heard for long. If something has happened meanwhile, the line is dead. */
  async checkLine() {
    const before = this.seq;
    await this.fetch();
    if (this.isOver || !this.socket) return;
    if (this.seq !== before) this.lost();
    else this.watch(jitter(QUIET_MS), () => this.checkLine());
  }

  retryNow() {
    if (this.isOver || this.socket) return;
    clearTimeout(this.timer);
    this.open();
  }

  // --- events ---------------------------------------------------------------------------------

  take(frame, isSocket) {
    if (this.isOver || frame.error || (frame.v !== VERSION && !frame.reset)) return;
    const isOther = frame.epoch && this.epoch && String(frame.epoch) !== String(this.epoch);
    if (frame.reset || isOther) return this.reset();
    this.epoch = frame.epoch ?? this.epoch;
    this.isSilent = false;
    if (isSocket) {
      this.failures = 0;
      this.poller = clearTimeout(this.poller);
      this.watch(jitter(QUIET_MS), () => this.checkLine());
    }
    const { next, hasGap } = sortOut(frame.events ?? [], this.seq);
    if (next.length) this.seq = next[next.length - 1].seq;
    this.head = Math.max(this.head, frame.head ?? 0, this.seq);
    if (next.length) this.tell.onEvents(next);
    if (this.isOver) return; // the page has had enough
    this.say(this.isConnected && this.seq === this.head ? "on" : "reconnecting");
    if (hasGap) this.fetch();
  }

  /** Get what is missing over HTTP, in as many answers as it takes. */
  async fetch() {
    if (this.isFetching || this.isOver) return;
    this.isFetching = true;
    try {
      let before;
      do {
        before = this.seq;
        const url = address(this.eventsUrl, this.parameters);
        const frame = await ask(url, ANSWER_MS).catch(() => null);
        if (!frame) return this.unanswered();
        this.take(frame, false);
      } while (!this.isOver && this.seq < this.head && this.seq !== before);
    } finally {
      this.isFetching = false;
    }
  }

  unanswered() {
    if (this.isOver) return;
    if (this.isConnected) return this.lost(); // and catch up on coming back
    this.isSilent = true;
    this.say("offline");
  }

  async poll() {
    const mine = (this.poller = setTimeout(() => this.poll(), jitter(POLL_MS)));
    await this.fetch();
    if (this.isOver) clearTimeout(mine);
  }

  // --- the page -------------------------------------------------------------------------------

  say(state) {
    const behind = this.head > this.seq ? this.head - this.seq : null;
    if (state === this.state && behind === this.behind) return;
    const isCalm = performance.now() - this.saidAt > CALM_MS;
    if (state === this.state && behind && !isCalm) return;
    [this.state, this.behind, this.saidAt] = [state, behind, performance.now()];
    this.tell.onState(state, behind);
  }

  reset() {
    this.end();
    this.tell.onReset();
  }

  rest(state) {
    clearTimeout(this.timer);
    this.poller = clearTimeout(this.poller);
    this.drop();
    this.say(state);
  }

  end() {
    this.isOver = true;
    clearTimeout(this.timer);
    clearTimeout(this.poller);
    this.drop();
    this.stop.abort();
  }
}
