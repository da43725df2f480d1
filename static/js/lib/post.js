// Send a form without leaving the page. The same form works without this script.

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

async function once(url, body, timeoutMs) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeoutMs);
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      signal: stop.signal,
    });
    const isJson = response.headers.get("Content-Type")?.includes("json");
    const data = isJson ? await response.json() : {};
    return { ok: response.ok, status: response.status, data, url: response.url };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * POST `form` and return {ok, status, data}. status 0 means that no answer came: the line is down,
 * nothing is known about whether it was accepted.
 *
 * A form with a `token` field is sent again after a failure of the line, with the same token, so
 * that it is accepted once however often it arrives. A form without one is sent once.
 * `submitter` is the button that was pressed (its name and value are sent too).
 */
export async function postForm(form, options = {}) {
  const { submitter = null, timeoutMs = 10000, retries = 2, onRetry = () => {} } = options;
  const url = submitter?.getAttribute("formaction") || form.getAttribute("action") || location.href;
  const body = new FormData(form, submitter);
  const attempts = body.get("token") ? retries + 1 : 1;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    try {
      const answer = await once(url, body, timeoutMs);
      // The proxy answers for a server that is just starting again.
      if (![502, 503, 504].includes(answer.status) || attempt === attempts) return answer;
    } catch {
      if (attempt === attempts) break;
    }
    onRetry(attempt);
    await wait(500 * 2 ** attempt + Math.random() * 500);
  }
  return { ok: false, status: 0, data: {}, url };
}

/**
 * Show refused fields in a form as the server would: `errors` is {field: [sentence, …]}.
 * Puts the focus on the first of them. Returns the sentences that belong to no field.
 */
export function showErrors(form, errors) {
  clearErrors(form);
  const rest = [];
  let first = null;
  for (const [name, sentences] of Object.entries(errors ?? {})) {
    const field = form.querySelector(`[name="${CSS.escape(name)}"]:not([type=hidden])`);
    if (!field) {
      rest.push(...sentences);
      continue;
    }
    first ??= field;
    const element = document.createElement("p");
    element.className = "rb-error";
    element.dataset.postError = "";
    element.id = `${field.id || name}_error`;
    element.textContent = sentences.join(" ");
    const place = field.closest(".ds-field, fieldset") ?? field.parentElement;
    place.append(element);
    field.setAttribute("aria-invalid", "true");
    field.dataset.describedby = field.getAttribute("aria-describedby") ?? "";
    field.setAttribute("aria-describedby", `${field.dataset.describedby} ${element.id}`.trim());
  }
  first?.focus();
  return rest;
}

export function clearErrors(form) {
  form.querySelectorAll("[data-post-error]").forEach((element) => element.remove());
  form.querySelectorAll("[aria-invalid]").forEach((field) => {
    field.removeAttribute("aria-invalid");
    if (field.dataset.describedby) {
      field.setAttribute("aria-describedby", field.dataset.describedby);
    } else {
      field.removeAttribute("aria-describedby");
    }
    delete field.dataset.describedby;
  });
}
