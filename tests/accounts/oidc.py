"""A provider of OpenID Connect on this machine: discovery, consent at once, tokens, the person."""

import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit


class Provider:
    """Says who signs in: ``claims``; ``address`` is where it listens."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        self.challenges: list[str] = []
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.get(self)

            def do_POST(self) -> None:
                provider.post(self)

            def log_message(self, *args: Any) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def get(self, request: Any) -> None:
        """The configuration, the way back with a code, the person."""
        url = urlsplit(request.path)
        if url.path == "/.well-known/openid-configuration":
            self.answer(request, self.configuration())
        elif url.path == "/authorize":
            query = {name: values[0] for name, values in parse_qs(url.query).items()}
            self.challenges.append(query.get("code_challenge", ""))
            back = query["redirect_uri"] + "?" + urlencode({"code": "c", "state": query["state"]})
            request.send_response(302)
            request.send_header("Location", back)
            request.end_headers()
        else:
            self.answer(request, self.claims)

    def post(self, request: Any) -> None:
        """A token for a code."""
        request.rfile.read(int(request.headers["Content-Length"]))
        token = {"access_token": "t", "token_type": "Bearer", "id_token": self.id_token()}
        self.answer(request, token)

    def configuration(self) -> dict[str, Any]:
        names = {
            "authorization_endpoint": "authorize",
            "token_endpoint": "token",
            "userinfo_endpoint": "userinfo",
            "jwks_uri": "keys",
        }
        urls = {name: f"{self.address}/{path}" for name, path in names.items()}
        return {"issuer": self.address, **urls}

    def id_token(self) -> str:
        """Signed by nobody: it comes over the provider's own line."""
        claims = {"iss": self.address, "aud": "protokol", "exp": 2**31, "iat": 0, **self.claims}
        parts = [{"alg": "HS256"}, claims]
        packed = [base64.urlsafe_b64encode(json.dumps(part).encode()) for part in parts]
        return ".".join([*(part.rstrip(b"=").decode() for part in packed), "eA"])

    def answer(self, request: Any, body: dict[str, Any]) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "application/json")
        request.end_headers()
        request.wfile.write(json.dumps(body).encode())
