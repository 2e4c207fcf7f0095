"""Redacts a column of notes on a Spark cluster: every task pipes its rows through a `scrubjay` of its own.

As a job, with the command and whatever it needs sent along to the workers:

    spark-submit --files target/release/scrubjay,key scrubjay_spark.py IN OUT --column note --patient-field mrn -- \\
        --policy surrogate --key-file key

or from a program: `redact(frame, "note", patient_field="mrn", arguments=["--policy", "surrogate", "--key-file", "key"])`.

The replacements are those of `scrubjay redact --input` on one machine: each note is redacted by itself, and what is derived from a key
is derived alike everywhere. A task that dies is run again by Spark and gives the same; a note that cannot be redacted fails its task with
the command's own words, which quote no note. Other columns pass as they are.
"""

import argparse
import collections
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading

COMMAND = "scrubjay"


def redact(frame, column, *, patient_field=None, arguments=(), command=COMMAND):
    """`frame` with the notes in `column`, strings or nulls, redacted.

    `patient_field` names the column that tells whose note it is, strings or whole numbers. `arguments` go to `scrubjay redact`. The command
    and the arguments may name files that were sent to the workers (`--files`, `SparkContext.addFile`).
    """
    for name in filter(None, (column, patient_field)):
        if name not in frame.columns:
            raise ValueError(f"no column is called {name!r}")
    if dict(frame.dtypes)[column] != "string":
        raise ValueError(f"{column!r} is a column of {dict(frame.dtypes)[column]}, not of text")
    # Arrow and not pandas, in which whole numbers beside nulls would become fractions.
    return frame.mapInArrow(lambda batches: _task(batches, column, patient_field, arguments, command), frame.schema)


def _task(batches, column, patient_field, arguments, command):
    """The batches of one task, redacted."""
    redactor = None
    try:
        for batch in batches:
            # A process only where there is a row: many tasks have none.
            redactor = redactor or _Redactor(column, patient_field, [_sent(a) for a in (command, *arguments)])
            redactor.write(batch)
            yield from redactor.done()
        if redactor:
            redactor.close()
            yield from redactor.done()
    finally:
        if redactor:
            redactor.kill()


def _sent(argument):
    """Where a file lies that was sent to the workers, if `argument` names one."""
    from pyspark import SparkFiles

    path = SparkFiles.get(argument) if argument and os.path.basename(argument) == argument else argument
    if not os.path.exists(path):
        return argument
    return path


class _Redactor:
    """A `scrubjay redact --input -` with what was written to it and has not come back yet."""

    def __init__(self, column, patient_field, command):
        self.column, self.patient_field = column, patient_field
        fields = ["--columns", column] + (["--patient-field", patient_field] if patient_field else [])
        if os.path.isfile(command[0]) and not os.access(command[0], os.X_OK):
            # Spark sends files without their permissions.
            os.chmod(command[0], 0o755)
        self.errors = tempfile.TemporaryFile()
        # The task has one core; the cluster runs tasks side by side.
        self.process = subprocess.Popen(
            [command[0], "redact", "--input", "-", "--threads", "1", *fields, *command[1:]],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
        )
        self.waiting = collections.deque()
        self.lines = queue.SimpleQueue()
        self.notes = []
        # Reads along, so that the command never waits for a reader while it is written to.
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line)

    def write(self, batch):
        """Hands over the rows of an Arrow record batch."""
        texts = batch.column(self.column).to_pylist()
        patients = batch.column(self.patient_field).to_pylist() if self.patient_field else None
        rows = []
        for i, text in enumerate(texts):
            row = {self.column: text}
            if patients:
                row[self.patient_field] = patients[i]
            rows.append(json.dumps(row) + "\n")
        self.waiting.append(batch)
        try:
            self.process.stdin.write("".join(rows).encode())
            self.process.stdin.flush()
        except BrokenPipeError:
            self.close()

    def done(self):
        """The batches that have come back whole, in order."""
        import pyarrow

        while self.waiting:
            while not self.lines.empty():
                self.notes.append(json.loads(self.lines.get())[self.column])
            batch = self.waiting[0]
            if len(self.notes) < batch.num_rows:
                return
            index = batch.schema.get_field_index(self.column)
            notes = pyarrow.array(self.notes[: batch.num_rows], batch.schema.field(index).type)
            del self.notes[: batch.num_rows]
            self.waiting.popleft()
            yield pyarrow.RecordBatch.from_arrays([notes if i == index else c for i, c in enumerate(batch.columns)], schema=batch.schema)

    def close(self):
        """Waits for the rest."""
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        self.reader.join()
        if self.process.wait() != 0:
            self.errors.seek(0)
            raise RuntimeError(f"scrubjay ended with {self.process.returncode}: {self.errors.read().decode(errors='replace')[-2000:]}")
        rows, lines = sum(batch.num_rows for batch in self.waiting), len(self.notes) + self.lines.qsize()
        if rows != lines:
            raise RuntimeError(f"scrubjay gave back {lines} notes of {rows}")

    def kill(self):
        """Leaves no process behind when Spark ends the task early."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


def main():
    """The job."""
    parser = argparse.ArgumentParser(
        description="Redacts a column of notes of Parquet files on a Spark cluster.",
        epilog="What stands behind -- goes to `scrubjay redact`.",
    )
    parser.add_argument("input", help="folder or pattern of Parquet files")
    parser.add_argument("output", help="folder for the results; must not be there")
    parser.add_argument("--column", default="text", help="the column that holds the notes")
    parser.add_argument("--patient-field", help="the column that tells whose note it is")
    parser.add_argument("--command", default=COMMAND, help="the scrubjay command, on every worker or sent to it")
    parser.add_argument("--partitions", type=int, help="into how many tasks the rows are dealt out [default: as they are stored]")
    given = sys.argv[1:]
    end = given.index("--") if "--" in given else len(given)
    args = parser.parse_args(given[:end])

    from pyspark.sql import SparkSession

    frame = SparkSession.builder.appName("scrubjay").getOrCreate().read.parquet(args.input)
    if args.partitions:
        frame = frame.repartition(args.partitions)
    found = redact(frame, args.column, patient_field=args.patient_field, arguments=given[end + 1 :], command=args.command)
    found.write.parquet(args.output)


if __name__ == "__main__":
    main()
