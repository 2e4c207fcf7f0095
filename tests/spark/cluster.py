"""A Spark cluster on this machine: a master and workers of one core, each a process of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pyspark

HOME = Path(pyspark.__file__).parent


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Cluster:
    """Started by `with`; every process of it is gone afterwards."""

    def __init__(self, folder, workers=2):
        self.folder, self.count = Path(folder), workers
        self.url = f"spark://127.0.0.1:{free_port()}"
        self.processes = []
        self.environment = {**os.environ, "SPARK_HOME": str(HOME), "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}

    def __enter__(self):
        self._start("master", "master.Master", "--host", "127.0.0.1", "--port", self.url.rsplit(":", 1)[1], "--webui-port", "0")
        self.workers = [
            self._start(f"worker-{i}", "worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1g", "--webui-port", "0",
                        "--work-dir", str(self.folder / f"work-{i}"), self.url)
            for i in range(self.count)
        ]
        wait(lambda: self.log("master").count("Registering worker") == self.count, 120, "the workers do not find their master")
        return self

    def __exit__(self, *_):
        for process in self.processes:
            kill(process)

    def _start(self, name, what, *arguments):
        with open(self.folder / f"{name}.log", "wb") as log:
            command = [HOME / "bin/spark-class", f"org.apache.spark.deploy.{what}", *arguments]
            process = subprocess.Popen(command, stdout=log, stderr=log, env=self.environment, cwd=self.folder, start_new_session=True)
        self.processes.append(process)
        return process

    def log(self, name):
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def submit(self, files, *arguments):
        """Starts a job; its log is `job.log`."""
        settings = {
            "spark.executor.cores": 1,
            "spark.executor.memory": "512m",
            "spark.driver.host": "127.0.0.1",
            "spark.ui.enabled": "false",
            # The cluster is told to be one of strangers: what the workers have, they were sent.
            "spark.files": ",".join(map(str, files)),
        }
        options = [option for name, value in settings.items() for option in ("--conf", f"{name}={value}")]
        with open(self.folder / "job.log", "wb") as log:
            command = [HOME / "bin/spark-submit", "--master", self.url, *options, *map(str, arguments)]
            process = subprocess.Popen(command, stdout=log, stderr=log, env=self.environment, cwd=self.folder, start_new_session=True)
        self.processes.append(process)
        return process

    def seconds(self):
        """How long the last job took, from its first task to its last."""
        took = re.findall(r"Job \d+ finished: .*?, took ([0-9.]+) (ms|s)", self.log("job"))
        return float(took[-1][0]) / (1000 if took[-1][1] == "ms" else 1)


def kill(process):
    """A process and all that it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def wait(condition, seconds, otherwise):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(otherwise)
        time.sleep(0.05)
