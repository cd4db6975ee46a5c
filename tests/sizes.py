"""Print how large files and functions are beside the compass; it judges nothing.

python tests/sizes.py
"""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]
COMPASS = (
    "compass: files median 80, p95 250, look again above 400; functions 7, 25, 40; tests : product 1.2 to 1.6"
)


def quantile(values: list[int], share: float) -> int:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0


def measure(folder: Path) -> int:
    files: dict[str, int] = {}
    functions: dict[str, int] = {}
    for path in sorted(folder.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        files[str(path.relative_to(ROOT))] = len(text.splitlines())
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                functions[f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"] = (
                    (node.end_lineno or 0) - node.lineno + 1
                )
    for name, sizes in (("files", files), ("functions", functions)):
        values = list(sizes.values())
        largest = max(sizes, key=lambda key: sizes[key], default="")
        print(
            f"{folder.name:<6} {name:<10} n {len(values):>4}  median {quantile(values, 0.5):>4}  p95 {quantile(values, 0.95):>4}  largest {sizes.get(largest, 0):>4} {largest}"
        )
    return sum(files.values())


if __name__ == "__main__":
    product, tests = measure(ROOT / "src"), measure(ROOT / "tests")
    print(f"tests : product = {tests / product:.2f}\n{COMPASS}")
