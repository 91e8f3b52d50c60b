"""Runs the module against a real gate, with as much of Superdesk as it touches. RECTO is the binary."""

import os
import re
import subprocess
import sys
import types
import unittest

SOURCE = {"_id": "urn:1", "guid": "urn:1", "language": "en", "headline": "Ferry back in service",
          "body_html": "<p>The ferry to Lindvik carried 500 people on 4 May.</p>"}
TARGET = {"_id": "urn:2", "guid": "urn:2", "language": "pt", "headline": "Ferry de volta ao serviço",
          "translated_from": "urn:1", "associations": {"featuremedia": None},
          "body_html": "<p>O ferry para Lindvik transportou 700 pessoas a 4 de maio.</p>"}


class Signal:
    """blinker's interface, as far as it is used."""

    def __init__(self):
        self.receivers = []

    def connect(self, receiver):
        self.receivers.append(receiver)

    def send(self, sender, **kwargs):
        for receiver in self.receivers:
            receiver(sender, **kwargs)


class Archive:
    def find_one(self, req, _id):
        return SOURCE if _id == "urn:1" else None


superdesk = types.ModuleType("superdesk")
superdesk.get_resource_service = lambda name: Archive()
superdesk.signals = types.ModuleType("superdesk.signals")
superdesk.signals.item_validate = Signal()
sys.modules.update({"superdesk": superdesk, "superdesk.signals": superdesk.signals})
import recto_gate  # noqa: E402


def validate(item):
    """What BasePublishService does with an item."""
    response = []
    superdesk.signals.item_validate.send(None, item=item, response=response, error_fields={})
    return response


class Gate(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.gate = subprocess.Popen([os.environ["RECTO"], "serve", "--on-error", "block", "--bind", "127.0.0.1:0"],
                                    stderr=subprocess.PIPE, text=True)
        address = re.search(r"http://\S+", cls.gate.stderr.readline()).group()
        recto_gate.init_app(types.SimpleNamespace(config={"RECTO_URL": address, "RECTO_ON_OUTAGE": "block"}))

    @classmethod
    def tearDownClass(cls):
        cls.gate.terminate()
        cls.gate.communicate()

    def test_a_wrong_figure_is_not_published(self):
        response = validate(TARGET)
        self.assertIn("number-mismatch", response[0])
        self.assertIn("/?report=", response[-1])

    def test_a_right_one_is(self):
        self.assertEqual(validate({**TARGET, "body_html": TARGET["body_html"].replace("700", "500")}), [])

    def test_an_item_that_is_no_translation_is_left_alone(self):
        self.assertEqual(validate({**TARGET, "translated_from": None}), [])

    def test_while_the_gate_is_away_the_setting_decides(self):
        here = recto_gate.settings["RECTO_URL"]
        try:
            recto_gate.settings["RECTO_URL"] = "http://127.0.0.1:9"
            self.assertEqual(validate(TARGET), ["recto does not answer: the translation was not checked"])
            recto_gate.settings["RECTO_ON_OUTAGE"] = "warn"
            self.assertEqual(validate(TARGET), [])
        finally:
            recto_gate.settings.update(RECTO_URL=here, RECTO_ON_OUTAGE="block")

    def test_the_setting_has_to_be_chosen(self):
        with self.assertRaises(ValueError):
            recto_gate.init_app(types.SimpleNamespace(config={"RECTO_URL": "http://127.0.0.1:8377"}))


if __name__ == "__main__":
    unittest.main()
