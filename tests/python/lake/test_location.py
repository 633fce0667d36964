"""Where a lake may lie, and what is said of places where it cannot."""

from pathlib import Path

import pytest
from pyarrow import fs

from orchestration.errors import UsageError
from orchestration.lake.lake import Lake
from orchestration.lake.location import locate, renames_at_once


@pytest.mark.parametrize(
    ("uri", "path", "shown"),
    [
        pytest.param("/srv/the lake/", "/srv/the lake", "file:///srv/the lake", id="path"),
        pytest.param("file:///srv/the%20lake", "/srv/the lake", "file:///srv/the lake", id="encoded"),
        pytest.param("file:/srv/lake", "/srv/lake", "file:///srv/lake", id="as Hadoop writes it"),
        pytest.param("s3://bucket/lake/?region=eu-north-1", "bucket/lake", "s3://bucket/lake", id="S3"),
        pytest.param("s3a://bucket/lake?region=eu-north-1", "bucket/lake", "s3a://bucket/lake", id="S3A"),
        pytest.param("gs://bucket", "bucket", "gs://bucket", id="Google"),
        pytest.param(
            "abfs://box@account.dfs.core.windows.net/lake",
            "box/lake",
            "abfs://box@account.dfs.core.windows.net/lake",
            id="Azure",
        ),
    ],
)
def test_uris_and_what_spark_is_told(uri: str, path: str, shown: str) -> None:
    filesystem, found, told = locate(uri)
    assert (found, told) == (path, shown)
    assert renames_at_once(filesystem) == shown.startswith("file:")


def test_a_plain_path_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Lake.open("here/lake").uri == f"file://{tmp_path}/here/lake"
    assert (tmp_path / "here" / "lake").is_dir()
    assert isinstance(locate("here")[0], fs.LocalFileSystem)


@pytest.mark.parametrize(
    ("uri", "line"),
    [
        pytest.param(
            " ", "a lake needs a place: give a folder or a URI such as s3://bucket/helpdesk", id="none"
        ),
        pytest.param("ftp://host/lake", "ftp://host/lake: no place for a lake: Unrecognized", id="unknown"),
        pytest.param("s3://", "s3://: no place for a lake: name a folder or a bucket", id="no bucket"),
        pytest.param("s3:///lake", "s3:///lake: no place for a lake: Missing bucket name", id="no name"),
        pytest.param(
            "s3://bucket/lake?secret=shh", "s3://bucket/lake: no place for a lake: Unexpected", id="query"
        ),
        pytest.param("s3a://key:shh@bucket/lake", "s3a://…: holds a password; give it by the", id="password"),
        pytest.param(
            "s3://bucket/lake?region=eu&scheme=http&endpoint_override=127.0.0.1:1",
            "s3://bucket/lake: cannot be written: ",
            id="unreachable",
        ),
    ],
)
def test_no_place_for_a_lake(uri: str, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
    with pytest.raises(UsageError) as told:
        Lake.open(uri)
    assert str(told.value).startswith(line)
    assert "\n" not in str(told.value)
    assert "shh" not in str(told.value)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("something")
    for place in (file, file / "lake"):
        with pytest.raises(UsageError, match=r"cannot be written: .*; give --out a place you may write"):
            Lake.open(str(place))
    assert file.read_text() == "something"


def test_opening_leaves_nothing_behind(tmp_path: Path) -> None:
    lake = Lake.open(str(tmp_path / "lake"))
    assert list((tmp_path / "lake").iterdir()) == []
    assert lake.landings() == set()
