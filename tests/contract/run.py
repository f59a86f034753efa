#!/usr/bin/env python3
"""Schemathesis against the testbed: generated requests, right and wrong ones, held against docs/contract/openapi.json.

    tests/contract/run.py [--examples N] [--seed N] [--dist DIR]

Needs Python 3.10 and a built page (`cargo xtask build`). Its own virtual environment is made below target/. Runs twice,
signed out and signed in, and exits with 1 when an answer is a fault or is not what the description says.
"""

import argparse
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
HOME = TARGET / "schemathesis"
MEMBER = "mira@contoso.example"

# What an answer is held against. Not `ignored_auth`: the calls of the desk refuse in Graph's envelope, which is tested
# there. Not `positive_data_acceptance`: whether a flow or an invitation exists is no matter of shape.
CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "unsupported_method",
]


def environment():
    """The folder of the virtual environment's programs; made when the requirements have changed."""
    wanted = (HERE / "requirements.txt").read_text()
    mark = HOME / "installed.txt"
    if not mark.exists() or mark.read_text() != wanted:
        venv.create(HOME / "venv", with_pip=True, clear=True)
        python = HOME / "venv" / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", HERE / "requirements.txt"], check=True)
        mark.write_text(wanted)
    return HOME / "venv" / "bin"


def free_ports(count):
    """Ports that nobody listens on; taken all at once, so that they differ."""
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Testbed:
    """The backend with its control port."""

    def __init__(self, dist, data):
        self.port, self.control = free_ports(2)
        self.origin = f"http://localhost:{self.port}"
        subprocess.run(["cargo", "build", "--quiet", "-p", "vestibule-backend", "--example", "testbed"], cwd=ROOT, check=True)
        command = [TARGET / "debug" / "examples" / "testbed", "--port", self.port, "--control", self.control]
        command += ["--data", data, "--dist", dist]
        self.process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, text=True)
        if "ready" not in self.process.stdout.readline():
            sys.exit("the testbed did not start")

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)

    def call(self, path, body=None, cookies=""):
        """An answer's JSON and its cookies."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", "Origin": self.origin, "Cookie": cookies}
        request = urllib.request.Request(self.origin + path, data, headers)
        with urllib.request.urlopen(request, timeout=10) as answer:
            set_cookies = answer.headers.get_all("Set-Cookie") or []
            return json.load(answer), [cookie.split(";")[0] for cookie in set_cookies]

    def code(self):
        """The code in the newest mail to the member."""
        for _ in range(100):
            with urllib.request.urlopen(f"http://127.0.0.1:{self.control}/inbox", timeout=10) as answer:
                for mail in json.load(answer):
                    found = re.search(r"^\s*(\d{4})[ -]?(\d{4})\s*$", mail["text"], re.MULTILINE)
                    if MEMBER in mail["to"] and found:
                        return found[1] + found[2]
            time.sleep(0.1)
        sys.exit("no mail with a code came")

    def sign_in(self):
        """The cookies of a signed-in member."""
        document, cookies = self.call("/api/v1/flows", {"intent": "sign-in"})
        path, bound = f"/api/v1/flows/{document['flow']['id']}", "; ".join(cookies)
        document, _ = self.call(path, {"rev": 0, "action": "continue", "values": {"email": MEMBER}}, bound)
        verify = {"rev": document["flow"]["rev"], "action": "verify", "values": {"code": self.code()}}
        _, session = self.call(path, verify, bound)
        return "; ".join(session)


def test(programs, testbed, arguments, cookies):
    """One run; whether it went well."""
    headers = {"Origin": testbed.origin, "Sec-Fetch-Site": "same-origin"}
    if cookies:
        headers["Cookie"] = cookies
    command = [programs / "schemathesis", "run", ROOT / "docs" / "contract" / "openapi.json", "--url", testbed.origin]
    command += ["--checks", ",".join(CHECKS), "--max-examples", arguments.examples, "--seed", arguments.seed]
    command += ["--phases", "examples,coverage,fuzzing", "--mode", "all", "--request-timeout", 10, "--no-color"]
    # Signing out would leave the rest of the run with nobody.
    command += ["--exclude-operation-id", "end_session"] if cookies else []
    for name, value in headers.items():
        command += ["--header", f"{name}: {value}"]
    variables = {**os.environ, "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(HERE), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run([str(part) for part in command], cwd=HOME, env=variables, check=False).returncode == 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--examples", type=int, default=20, help="examples an operation")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dist", type=Path, default=ROOT / "dist")
    arguments = parser.parse_args()
    if not (arguments.dist / "manifest.json").exists():
        sys.exit(f"{arguments.dist} holds no built page: run `cargo xtask build`, or give --dist")
    programs = environment()
    with tempfile.TemporaryDirectory() as data:
        testbed = Testbed(arguments.dist.resolve(), data)
        try:
            good = [test(programs, testbed, arguments, cookies) for cookies in ("", testbed.sign_in())]
        finally:
            testbed.stop()
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
