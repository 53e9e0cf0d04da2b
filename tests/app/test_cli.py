"""Commands, help, wrong command lines, configuration."""

import os
import re
import shutil
import socket
import subprocess
import time

import pytest
from program import MODELS, ROOT, assert_one_line_error, clean_environment

COMMANDS = ["serve", "score", "features", "feedback", "policy"]


def test_help_teaches_with_examples(dss):
    finished = dss("--help")
    assert finished.returncode == 0
    assert finished.stderr == ""
    for word in [*COMMANDS, "Examples:", 'dss "you are a fool"', "Exit status"]:
        assert word in finished.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_in_88_columns(dss, command):
    finished = dss(command, "--help")
    assert finished.returncode == 0
    assert finished.stdout.startswith(dss("help", command).stdout[:20])
    assert "Usage: dss " + command in finished.stdout
    assert "\n\n\n" not in finished.stdout
    flags = [line for line in finished.stdout.splitlines() if line.startswith("      ")]
    assert flags
    assert max(map(len, flags)) <= 88


def test_version(dss):
    finished = dss("--version")
    assert finished.returncode == 0
    assert re.fullmatch(r"dss \d+\.\d+\.\d+ \(revision \S+, (g|clang)\+\+ .*\)\n", finished.stdout)


@pytest.mark.parametrize(
    "command", ["--version", "--help", "score --help", "serve --print-config", "features --normalized"]
)
def test_a_full_output_is_named(binary, command):
    with open("/dev/full", "w") as full:
        finished = subprocess.run(
            [binary, *command.split()],
            input=b"a text\0",
            stdout=full,
            stderr=subprocess.PIPE,
            env=clean_environment(),
            check=False,
        )
    assert finished.returncode == 1
    assert re.fullmatch(rb"dss: cannot write .*\n", finished.stderr)


def test_a_slow_reader_is_waited_for(binary, tmp_path):
    """Also where somebody made the pipe non-blocking."""
    (tmp_path / "in.ndjson").write_text('{"text":"a quiet sentence"}\n' * 3000)
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    command = [binary, "score", "--models", str(MODELS), "in.ndjson"]
    process = subprocess.Popen(command, stdout=writer, stderr=subprocess.PIPE, cwd=tmp_path, env=clean_environment())
    os.close(writer)
    time.sleep(0.5)
    with os.fdopen(reader, "rb") as output:
        assert len(output.read().splitlines()) == 3000
    assert process.communicate(timeout=30)[1] == b""
    assert process.returncode == 0


def test_nothing_at_all_shows_the_help_and_fails(dss):
    finished = dss()
    assert finished.returncode == 2
    assert finished.stdout == ""
    assert "Usage: dss COMMAND" in finished.stderr


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["serve", "--prot", "9000"], ["unknown flag '--prot'", "did you mean '--port'?"]),
        (["serve", "--zzzzzz"], ["unknown flag '--zzzzzz'", "dss serve --help"]),
        (["--port", "9000"], ["'--port'", "belongs to 'dss serve'"]),
        (["serv"], ["unknown command 'serv'", "did you mean 'serve'?", "dss score 'serv'"]),
        (["serve", "--port"], ["--port needs a value"]),
        (["serve", "--port", "x"], ["--port: 'x' is not a whole number from 0 to 65535"]),
        (["serve", "--workers", "0"], ["--workers: '0' is not a whole number from 1"]),
        (["serve", "--listen", "example.org:80"], ["'example.org:80' is not HOST:PORT", "127.0.0.1:8000"]),
        (["serve", "--listen", "0.0.0.0:0"], ["would serve everybody", "--auth keys", "--allow-unauthenticated"]),
        (["serve", "--auth", "keys"], ["auth keys needs auth-store"]),
        (["serve", "--auth-store", "sqlite:keys.db"], ["auth is none", "--auth keys"]),
        (["serve", "--auth", "keys", "--auth-store", "mysql://u:hunter2@h/d"], ["auth-store", "sqlite:FILE"]),
        (["keys"], ["create, list, rotate or revoke"]),
        (["keys", "create", "--store", "file:k", "--name", "x"], ["--role is missing"]),
        (["keys", "create", "--store", "file:k", "--name", "x", "--role", "root"], ["score, feedback, metrics"]),
        (["keys", "revoke", "--store", "file:k"], ["needs the key's ID"]),
        (["serve", "--listen", "127.0.0.1:1", "--port", "2"], ["listen and port contradict"]),
        (["score", "--model", "gpt", "a"], ["'gpt' is none of simple|bert"]),
        (["score", "--input-format", "xml", "a"], ["'xml' is none of text|lines|csv|ndjson"]),
        (["score", "two", "words"], ["one argument too many", "quote"]),
        (["score", "   "], ["the text is empty"]),
        (["score", b"\xff\xfe".decode(errors="surrogateescape")], ["not valid UTF-8"]),
    ],
)
def test_a_wrong_command_line_is_one_line_and_status_2(binary, tmp_path, arguments, parts):
    raw = [argument.encode(errors="surrogateescape") for argument in arguments]
    finished = subprocess.run(
        [binary.encode(), *raw],
        capture_output=True,
        cwd=tmp_path,
        env=clean_environment(DSS_MODELS=str(MODELS)),
        timeout=60,
        check=False,
        text=True,
    )
    assert_one_line_error(finished, 2, *parts)


def test_flag_beats_environment_beats_file_beats_default(dss, tmp_path):
    file = tmp_path / "dss.toml"
    file.write_text('port = 1\n[log]\nlevel = "warn"\n')

    def port(*flags, **env):
        printed = dss("serve", "--print-config", *flags, env=env)
        assert printed.returncode == 0, printed.stderr
        return re.search(r"^port = (\d+) +# (.*)$", printed.stdout, re.M).groups()

    assert port() == ("8000", "default")
    assert port("--config", file) == ("1", str(file))
    assert port(DSS_CONFIG=str(file)) == ("1", str(file))
    assert port("--config", file, DSS_PORT="2") == ("2", "environment DSS_PORT")
    assert port("--config", file, "--port", "3", DSS_PORT="2") == ("3", "flag --port")


def test_the_printed_configuration_can_be_used_again(dss, tmp_path):
    first = dss("serve", "--print-config", "--listen", "127.0.0.1:1,[::1]:2", "--threshold-toxic", "0.5")
    (tmp_path / "again.toml").write_text(first.stdout)
    second = dss("serve", "--print-config", "--config", "again.toml")

    def values(text):
        return re.sub(r" +# .*", "", text)

    assert values(second.stdout) == values(first.stdout)


def test_secrets_are_redacted_and_have_no_flag(dss):
    printed = dss("serve", "--print-config", env={"DSS_METRICS_TOKEN": "hunter2hunter2hunter2"})
    assert printed.returncode == 0
    assert 'metrics.token = "(redacted)"' in printed.stdout
    assert "hunter2" not in printed.stdout + printed.stderr
    assert dss("serve", "--metrics-token", "x").returncode == 2


def test_unknown_keys_are_errors_with_a_hint(dss, tmp_path):
    assert_one_line_error(dss("serve", env={"DSS_PROT": "1"}), 2, "'DSS_PROT'", "did you mean 'DSS_PORT'?")
    (tmp_path / "bad.toml").write_text("[log]\nlevle = 'info'\n")
    assert_one_line_error(
        dss("serve", "--config", "bad.toml"), 2, "bad.toml:2: unknown key 'log.levle'", "'log.level'?"
    )
    assert_one_line_error(dss("serve", "--config", "missing.toml"), 2, "missing.toml", "No such file")


def test_variables_of_kubernetes_are_left_alone(dss):
    env = {"DSS_SERVICE_HOST": "10.0.0.1", "DSS_PORT": "tcp://10.0.0.1:80", "DSS_PORT_80_TCP_ADDR": "10.0.0.1"}
    assert "port = 8000" in dss("serve", "--print-config", env=env).stdout


@pytest.fixture
def models(tmp_path):
    """A copy of the shipped models, to be damaged."""
    shutil.copytree(MODELS, tmp_path / "models")
    return tmp_path / "models"


def remove(file):
    file.unlink()


def cut(file):
    file.write_bytes(file.read_bytes()[:-100])


def alter(file):
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def empty(file):
    file.write_bytes(b"")


@pytest.mark.parametrize("name", ["card.json", "model.safetensors"])
@pytest.mark.parametrize("damage", [remove, cut, empty])
@pytest.mark.parametrize("command", [["serve", "--port", "0"], ["score", "a text"]])
def test_a_damaged_model_stops_the_start_with_file_and_cause(dss, models, name, damage, command):
    damage(models / "simple" / name)
    assert_one_line_error(dss(*command, "--models", models), 1, str(models / "simple" / name))


@pytest.mark.parametrize("command", [["serve", "--port", "0"], ["score", "a text"]])
def test_altered_weights_are_noticed(dss, models, command):
    alter(models / "simple" / "model.safetensors")
    assert_one_line_error(dss(*command, "--models", models), 1, "model.safetensors", "card.json")


def test_a_port_in_use(dss):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        finished = dss("serve", "--port", port, "--models", MODELS, "--log-level", "error")
    assert_one_line_error(finished, 1, str(port), "in use")


def test_a_token_file_that_cannot_be_read(dss):
    finished = dss(
        "serve", "--port", "0", "--models", MODELS, "--log-level", "error", "--metrics-token-file", "/nonexistent"
    )
    assert finished.returncode in (1, 2)
    assert_one_line_error(finished, finished.returncode, "/nonexistent", "No such file")


def test_the_manual_page_has_every_flag(dss):
    page = (ROOT / "man/dss.1").read_text().replace("\\-", "-")
    for command in COMMANDS:
        for flag in re.findall(r"^  (?:-\w,)?(--[\w-]+)", dss(command, "--help").stdout, re.M):
            assert flag in page


def complete_in_bash(*words):
    """What bash offers for the last word."""
    script = (
        f'source {ROOT}/completion/dss.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _dss; '
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    finished = subprocess.run(["bash", "-c", script, "bash", *words], capture_output=True, text=True, check=True)
    return finished.stdout.split()


def test_bash_completes_commands_flags_and_choices():
    assert complete_in_bash("dss", "ser") == ["serve"]
    assert complete_in_bash("dss", "serve", "--log-l") == ["--log-level"]
    assert complete_in_bash("dss", "serve", "--log-level", "de") == ["debug"]
    assert complete_in_bash("dss", "score", "--input-format", "") == ["text", "lines", "csv", "ndjson"]
