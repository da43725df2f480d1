"""A small HTTP client with a cookie jar: what a program outside would use against a server."""

import http.cookiejar
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from email.message import Message

DEMO_PASSWORD = "rembuk-demo"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    def json(self):
        return json.loads(self.body)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


class Client:
    """One visitor. Redirects are answers, not followed. Network failures raise OSError."""

    def __init__(self, url: str, *, timeout: float = 20.0):
        self.url = url
        self.timeout = timeout
        self.cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPCookieProcessor(self.cookies),
            _NoRedirect(),
        )

    def get(self, path: str, **headers: str) -> Answer:
        return self.send("GET", path, None, headers)

    def post(self, path: str, fields: dict, *, as_json: bool = True, **headers: str) -> Answer:
        """POST a form with the CSRF token of the jar; `as_json` asks for a JSON answer."""
        fields = {"csrfmiddlewaretoken": self.cookie("csrftoken") or ""} | fields
        headers = {"Origin": self.url} | headers
        if as_json:
            headers = {"Accept": "application/json"} | headers
        body = urllib.parse.urlencode(fields, doseq=True).encode()
        return self.send("POST", path, body, headers)

    def send(self, method: str, path: str, body: bytes | None, headers: dict) -> Answer:
        request = urllib.request.Request(
            urllib.parse.urljoin(self.url, path), body, headers, method=method
        )
        try:
            with self._opener.open(request, timeout=self.timeout) as response:
                return Answer(response.status, response.headers, response.read())
        except urllib.error.HTTPError as refusal:
            with refusal:
                return Answer(refusal.code, refusal.headers, refusal.read())

    def sign_in(self, email: str, password: str = DEMO_PASSWORD) -> "Client":
        page = self.get("/accounts/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        fields = {"csrfmiddlewaretoken": token[1], "login": email, "password": password}
        answer = self.post("/accounts/login/", fields, as_json=False)
        assert answer.status == 302, f"{email} could not sign in: {answer.status} {answer.text}"
        return self

    def cookie(self, name: str) -> str | None:
        return next((cookie.value for cookie in self.cookies if cookie.name == name), None)

    @property
    def cookie_header(self) -> str:
        """For a socket that is opened as this visitor."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.cookies)
