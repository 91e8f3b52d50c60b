"""A webhook receiver: takes what a newsroom system pushes, pairs translations with their sources, and asks the gate.

Superdesk's HTTP push (x-superdesk-signature), Arc XP (x-websked-signature) and anything that signs like GitHub
(x-hub-signature-256) are understood. What comes out is a line of JSON a verdict, without a word of the article, in a file
that whatever shows verdicts can follow. Standard library only.

    RECEIVER_SECRET=… GATE_SECRET=… python3 receiver.py --gate http://127.0.0.1:8377 --out verdicts.ndjson
"""

import argparse
import collections
import hashlib
import hmac
import http.server
import json
import os
import threading
import urllib.error
import urllib.request

SIGNATURES = {"x-superdesk-signature": hashlib.sha1, "x-websked-signature": hashlib.sha256, "x-hub-signature-256": hashlib.sha256}
LARGEST = 1 << 20


def signed(headers, body, secret):
    """Whether there is a signature, and every one that is there fits."""
    found = False
    for name, digest in SIGNATURES.items():
        for given in headers.get_all(name) or []:
            expected = hmac.new(secret, body, digest).hexdigest()
            if not hmac.compare_digest(given.rpartition("=")[2].encode(), expected.encode()):
                return False
            found = True
    return found


class Desk:
    """The latest items by guid, and what was asked about."""

    def __init__(self, gate, secret, out, most=2000):
        self.gate, self.secret, self.out, self.most = gate, secret, out, most
        self.items = collections.OrderedDict()
        self.asked = collections.OrderedDict()
        self.lock = threading.Lock()

    def take(self, item):
        """A pushed item. The same version twice is one: senders push again when an answer gets lost."""
        with self.lock:
            self.items[item["guid"]] = item
            while len(self.items) > self.most:
                self.items.popitem(last=False)
            origin = item.get("translated_from") or (item.get("extra") or {}).get("translated_from")
            source = self.items.get(origin)
            # A translation may come before its source: then it is asked about when the source is here.
            ready = [(source, item)] if source else []
            ready += [(item, other) for other in self.items.values()
                      if (other.get("translated_from") or (other.get("extra") or {}).get("translated_from")) == item["guid"]]
            ready = [pair for pair in ready if self.key(*pair) not in self.asked]
        for pair in ready:
            self.ask(*pair)

    @staticmethod
    def key(source, target):
        return (source["guid"], str(source.get("version")), target["guid"], str(target.get("version")))

    def ask(self, source, target):
        body = json.dumps({"id": target["guid"], "source": {"ninjs": source}, "target": {"ninjs": target}}).encode()
        signature = "sha256=" + hmac.new(self.secret, body, hashlib.sha256).hexdigest()
        headers = {"Content-Type": "application/json", "X-Hub-Signature-256": signature}
        line = {"guid": target["guid"], "version": target.get("version")}
        try:
            with urllib.request.urlopen(urllib.request.Request(self.gate + "/v1/check", body, headers), timeout=25) as answer:
                reply = json.load(answer)
            line.update(verdict=reply["verdict"], checked=reply["checked"], errors=len(reply["errors"]),
                        warnings=len(reply["warnings"]), review=self.gate + reply["review"])
        except (OSError, ValueError) as error:
            # Not remembered as asked: the next push tries again.
            line.update(verdict=None, checked=False, failure=type(error).__name__)
        with self.lock:
            if line["checked"]:
                self.asked[self.key(source, target)] = True
                while len(self.asked) > self.most:
                    self.asked.popitem(last=False)
            with open(self.out, "a", encoding="utf-8") as out:
                out.write(json.dumps(line) + "\n")


def handler(desk, secret):
    class Handler(http.server.BaseHTTPRequestHandler):
        timeout = 15

        def do_POST(self):
            length = self.headers.get("content-length", "")
            if not length.isdigit() or int(length) > LARGEST:
                self.close_connection = True
                return self.answer(413 if length.isdigit() else 411)
            body = self.rfile.read(int(length))
            if not signed(self.headers, body, secret):
                return self.answer(401)
            try:
                item = json.loads(body)
                if not isinstance(item.get("guid"), str):
                    raise ValueError
            except (ValueError, AttributeError):
                return self.answer(400)
            # Whoever pushes need not wait for the check.
            threading.Thread(target=desk.take, args=(item,)).start()
            return self.answer(202)

        def answer(self, status):
            self.send_response(status)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    return Handler


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--gate", required=True)
    arguments.add_argument("--out", required=True)
    arguments.add_argument("--port", type=int, default=8378)
    arguments = arguments.parse_args()
    desk = Desk(arguments.gate, os.environ["GATE_SECRET"].encode(), arguments.out)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", arguments.port), handler(desk, os.environ["RECEIVER_SECRET"].encode()))
    print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
