"""Pushes signed items to the receiver, which asks a real gate. RECTO is the binary."""

import hashlib
import hmac
import http.client
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).parent
PUSH, ASK = "a secret of the newsroom system", "a secret of the gate itself"


class Receiver(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        folder = pathlib.Path(self.folder.name)
        self.out = folder / "verdicts.ndjson"
        (folder / "access.toml").write_text(f'[[webhook]]\nsecret = "{ASK}"\n')
        self.gate = subprocess.Popen([os.environ["RECTO"], "serve", "--on-error", "block", "--bind", "127.0.0.1:0",
                                      "--access", str(folder / "access.toml")], stderr=subprocess.PIPE, text=True)
        gate = re.search(r"http://\S+", self.gate.stderr.readline()).group()
        self.receiver = subprocess.Popen(
            [sys.executable, str(HERE / "receiver.py"), "--gate", gate, "--out", str(self.out), "--port", "0"],
            stdout=subprocess.PIPE, text=True, env={**os.environ, "RECEIVER_SECRET": PUSH, "GATE_SECRET": ASK})
        self.port = int(re.search(r":(\d+)$", self.receiver.stdout.readline().strip()).group(1))

    def tearDown(self):
        for process in (self.receiver, self.gate):
            process.terminate()
            process.communicate()
        self.folder.cleanup()

    def push(self, item, header="x-superdesk-signature", secret=PUSH):
        body = json.dumps(item).encode()
        digest, prefix = (hashlib.sha1, "sha1=") if "superdesk" in header else (hashlib.sha256, "sha256=")
        headers = {header: prefix + hmac.new(secret.encode(), body, digest).hexdigest()}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("POST", "/", body, headers)
        return connection.getresponse().status

    def verdicts(self, count):
        for _ in range(300):
            lines = self.out.read_text().splitlines() if self.out.exists() else []
            if len(lines) >= count:
                return [json.loads(line) for line in lines]
            time.sleep(0.1)
        self.fail(f"{count} verdicts were to come")

    def test_pairs_are_checked_once_whatever_comes_first(self):
        source = {"guid": "urn:1", "version": "1", "language": "en", "headline": "Ferry", "body_html": "<p>The ferry carried 500 people.</p>"}
        target = {"guid": "urn:2", "version": "1", "language": "pt", "headline": "Ferry", "extra": {"translated_from": "urn:1"},
                  "body_html": "<p>O ferry transportou 700 pessoas.</p>"}
        self.assertEqual(self.push(target), 202)
        self.assertEqual(self.push(source, "x-hub-signature-256"), 202)
        first = self.verdicts(1)[0]
        self.assertEqual((first["guid"], first["verdict"], first["checked"]), ("urn:2", "block", True))
        self.assertEqual(self.push(source, "x-websked-signature"), 202)
        self.assertEqual(self.push({**target, "version": "2", "body_html": "<p>O ferry transportou 500 pessoas.</p>"}), 202)
        lines = self.verdicts(2)
        time.sleep(0.5)
        self.assertEqual([line["verdict"] for line in self.verdicts(2)][1:], [lines[1]["verdict"]])
        self.assertNotEqual(lines[1]["verdict"], "block")
        self.assertNotIn("ferry", self.out.read_text().lower())

    def test_what_is_not_signed_is_refused(self):
        self.assertEqual(self.push({"guid": "urn:1"}, secret="another secret"), 401)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("POST", "/", b"{}")
        self.assertEqual(connection.getresponse().status, 401)
        self.assertEqual(self.push({"no": "guid"}), 400)


if __name__ == "__main__":
    unittest.main()
