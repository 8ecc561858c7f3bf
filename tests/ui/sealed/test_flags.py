import subprocess
import sys

from ui.sealed.flags import NO_SANDBOX, SEAL, sealed


def test_the_seal_is_laid_over_the_switches_that_were_given() -> None:
    given = '--lang=en --host-resolver-rules="MAP * 10.0.0.1" --force-webrtc-ip-handling-policy=default'
    switches = sealed(given, as_root=False)
    assert switches.startswith("--lang=en ")
    assert '--host-resolver-rules="MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"' in switches
    assert "10.0.0.1" not in switches
    assert "policy=default" not in switches


def test_the_seal_is_laid_only_once() -> None:
    once = sealed("", as_root=False)
    assert sealed(once, as_root=False) == once
    assert len(SEAL) == once.count("--")


def test_the_browsers_own_sandbox_is_given_up_as_root_alone() -> None:
    assert NO_SANDBOX not in sealed("", as_root=False)
    assert NO_SANDBOX in sealed("", as_root=True)


def test_sealing_imports_no_browser() -> None:
    code = "import sys; from ui.sealed.flags import seal_environment; seal_environment(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "PySide6.QtWebEngineCore" not in done.stdout
