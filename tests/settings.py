"""Settings of the test suite: the product's own, with a database of its own and plain static files."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
if "UPSWING_TEST_FOLDER" in os.environ:
    _FOLDER = Path(os.environ["UPSWING_TEST_FOLDER"]) / _WORKER
else:
    _FOLDER = Path(tempfile.mkdtemp(prefix="upswing-tests-"))
    atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)

os.environ["UPSWING_DATA_DIR"] = str(_FOLDER)
os.environ["UPSWING_INSECURE_HTTP"] = "1"
os.environ.pop("UPSWING_SECRET_KEY", None)
if _url := os.environ.get("UPSWING_TEST_DATABASE_URL"):
    os.environ["UPSWING_DATABASE_URL"] = _url
else:
    os.environ.pop("UPSWING_DATABASE_URL", None)

from upswing.config.settings import *  # noqa: E402, F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
