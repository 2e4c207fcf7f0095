"""The job on a cluster gives what the command gives on one machine.

SCRUBJAY names the command, SCRUBJAY_SPARK_NOTES says how many notes (10,000 if it does not).
"""

import os
import shutil
import subprocess
import tempfile
import time
import unittest
import xml.etree.ElementTree as xml
from pathlib import Path

import pyarrow
import pyarrow.parquet as parquet
from cluster import Cluster, kill, wait

ROOT = Path(__file__).resolve().parents[2]
JOB = ROOT / "spark/scrubjay_spark.py"
COMMAND = Path(os.environ["SCRUBJAY"])
NOTES = int(os.environ.get("SCRUBJAY_SPARK_NOTES", "10000"))
ARGUMENTS = ["--policy", "surrogate", "--key-file", "key"]


def paragraphs():
    """The development notes, in pieces of some lines."""
    for path in sorted((ROOT / "tests/fixtures/dev").glob("*.xml")):
        lines = xml.parse(path).findtext("TEXT").splitlines(keepends=True)
        piece = ""
        for line in lines:
            piece += line
            if len(piece) > 200:
                yield piece
                piece = ""


def write_notes(folder):
    """Files of rows with a number, nulls among them, a patient and a note."""
    pieces = list(paragraphs())
    notes = [pieces[i % len(pieces)] + f"MRN: {4400000 + i}\n" for i in range(NOTES)]
    notes[7] = None
    rows = pyarrow.table({
        "id": pyarrow.array(range(NOTES), pyarrow.int64()),
        "visits": pyarrow.array([None if i % 5 == 0 else i for i in range(NOTES)], pyarrow.int64()),
        "mrn": [f"p{i % 211}" for i in range(NOTES)],
        "note": notes,
    })
    folder.mkdir()
    size = -(-NOTES // 8)
    for i in range(0, NOTES, size):
        parquet.write_table(rows.slice(i, size), folder / f"part-{i:06}.parquet", compression="zstd")
    return rows


def read(folder):
    rows = pyarrow.concat_tables([parquet.read_table(path) for path in sorted(folder.glob("*.parquet"))])
    return rows.sort_by("id")


class Spark(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="scrubjay-spark-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        (cls.folder / "key").write_bytes(bytes(range(32)))
        cls.rows = write_notes(cls.folder / "in")
        plain = [COMMAND, "redact", "--input", cls.folder / "in", "--output", cls.folder / "plain", "--columns", "note",
                 "--patient-field", "mrn", "--threads", "2", *ARGUMENTS]
        start = time.monotonic()
        subprocess.run(plain, check=True, cwd=cls.folder)
        cls.plain_seconds = time.monotonic() - start
        cls.plain = read(cls.folder / "plain")

    def job(self, cluster, output, *arguments):
        files = [COMMAND, self.folder / "key"]
        return cluster.submit(files, JOB, self.folder / "in", self.folder / output, "--column", "note", "--patient-field", "mrn",
                              "--command", COMMAND.name, "--partitions", "8", "--", *(arguments or ARGUMENTS))

    def folder_of(self, name):
        folder = self.folder / name
        folder.mkdir()
        return folder

    def same(self, output):
        self.assertTrue((self.folder / output / "_SUCCESS").exists())
        found = read(self.folder / output)
        self.assertEqual(found.column_names, self.rows.column_names)
        for name in ("id", "visits", "mrn"):
            self.assertEqual(found[name], self.rows[name], name)
        different = sum(a != b for a, b in zip(found["note"].to_pylist(), self.plain["note"].to_pylist(), strict=True))
        self.assertEqual(different, 0)

    def test_the_plain_command_redacts(self):
        for before, after in zip(self.rows["note"].to_pylist(), self.plain["note"].to_pylist(), strict=True):
            self.assertTrue(before == after is None or before.splitlines()[-1].removeprefix("MRN: ") not in after)

    def test_a_cluster_gives_the_same(self):
        with Cluster(self.folder_of("same")) as cluster:
            self.assertEqual(self.job(cluster, "spark").wait(), 0, cluster.log("job")[-3000:])
            seconds = cluster.seconds()
        self.same("spark")
        plain, spark = NOTES / self.plain_seconds / 2, NOTES / seconds / 2
        print(f"{NOTES} notes on two cores: {plain:.1f} notes/s a core by the command, {spark:.1f} by Spark: {spark / plain:.3f}")

    def test_a_killed_worker_loses_nothing(self):
        with Cluster(self.folder_of("killed")) as cluster:
            job = self.job(cluster, "killed-out")
            wait(lambda: "Finished task" in cluster.log("job") or job.poll() is not None, 600, "no task is ever finished")
            self.assertIsNone(job.poll(), "the job ended before a worker could be killed")
            kill(cluster.workers[0])
            self.assertEqual(job.wait(), 0, cluster.log("job")[-3000:])
            self.assertTrue("Lost executor" in cluster.log("job"), cluster.log("job")[-3000:])
        self.same("killed-out")

    def test_what_the_command_refuses_fails_the_job(self):
        with Cluster(self.folder_of("refused"), workers=1) as cluster:
            self.assertNotEqual(self.job(cluster, "refused-out", "--policy", "none", "--key-file", "key").wait(), 0)
            self.assertTrue("error[OPTION_INVALID]" in cluster.log("job"), cluster.log("job")[-3000:])
        self.assertFalse((self.folder / "refused-out/_SUCCESS").exists())


if __name__ == "__main__":
    unittest.main(verbosity=2)
