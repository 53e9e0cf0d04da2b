"""The rules of the house: who may include whom, how long a file is, what must not stand in the tree."""

import re
import unittest

import tree

LONGEST_FILE = 600
LEAST_TEST_RATIO = 0.6
CODE = (".h", ".cc", ".py", ".sh", ".js", ".ts", ".lua")
TEXTS = CODE + (".c", ".md", ".cmake", ".toml", ".yml", ".yaml", ".html", ".css", ".conf", "")
# Written in pieces, so that this file may be looked through as well.
FORBIDDEN = {
    "a note of unfinished work": re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b"),
    "a path outside of the repository": re.compile(r"\.\./sha" r"red\b"),
    "a path of one machine": re.compile(r"(?<![\w.:/-])/(work|root|Users)/\w"),
}


def lines(path):
    return path.read_text(encoding="utf-8").splitlines()


def relative(path):
    return path.relative_to(tree.ROOT)


class Architecture(unittest.TestCase):
    def setUp(self):
        self.rooms = tree.load_rooms()

    def assert_none(self, faults):
        self.assertFalse(faults, "\n" + "\n".join(str(fault) for fault in faults))

    def test_every_include_is_an_arrow_of_the_table(self):
        faults = []
        for path in tree.files(tree.SOURCES, ".h", ".cc"):
            room = path.relative_to(tree.SOURCES).parts[0]
            for number, header, quoted in tree.includes(path.read_text(encoding="utf-8")):
                fault = tree.include_fault(self.rooms, room, header, quoted, tree.is_test(path))
                if fault:
                    faults.append(f"{relative(path)}:{number}: {fault}")
        self.assert_none(faults)

    def test_the_table_is_sound(self):
        named = set(self.rooms.includes)
        rows = [*self.rooms.includes.values(), *self.rooms.third_party.values()]
        used = {room for row in rows for room in row}
        self.assertEqual(used - named, set(), "rooms that have no line of their own")
        self.assertEqual(self.rooms.repeated, [])
        self.assertIsNone(tree.find_cycle(self.rooms.includes))

    def test_every_folder_is_a_room_that_is_built(self):
        folders = {path.name for path in tree.SOURCES.iterdir() if path.is_dir()}
        built = set(re.search(r"foreach\(room ([^)]*)\)", (tree.SOURCES / "CMakeLists.txt").read_text())[1].split())
        self.assertEqual(folders - set(self.rooms.includes), set(), "folders without a line in rooms.txt")
        self.assertEqual(set(self.rooms.includes) - built, set(), "rooms missing in src/CMakeLists.txt")

    def test_headers_guard_themselves(self):
        headers = tree.files(tree.SOURCES, ".h")
        self.assert_none([relative(path) for path in headers if "#pragma once" not in lines(path)])

    def test_names_are_lower_case_words(self):
        pattern = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*\.(h|cc)")
        sources = tree.files(tree.SOURCES, ".h", ".cc", ".cpp", ".hpp", ".cxx")
        self.assert_none([relative(path) for path in sources if not pattern.fullmatch(path.name)])

    def test_no_file_is_too_long(self):
        faults = []
        for path in tree.files(tree.ROOT, *CODE):
            length = len(lines(path))
            if length > LONGEST_FILE:
                faults.append(f"{relative(path)}: {length} lines, at most {LONGEST_FILE}")
        self.assert_none(faults)

    def test_no_forbidden_words(self):
        faults = []
        for path in tree.files(tree.ROOT, *TEXTS):
            if path.name == "LICENSE" or path.read_bytes()[:4096].count(0):
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
                found = [what for what, word in FORBIDDEN.items() if word.search(line)]
                faults += [f"{relative(path)}:{number}: {what}" for what in found]
        self.assert_none(faults)

    def test_there_are_enough_tests(self):
        code = {False: 0, True: 0}
        for path in tree.files(tree.SOURCES, ".h", ".cc"):
            code[tree.is_test(path)] += sum(1 for line in lines(path) if line.strip())
        for folder in ("tests", "fuzz"):
            for path in tree.files(tree.ROOT / folder, ".py", ".cc", ".h", ".sh"):
                code[True] += sum(1 for line in lines(path) if line.strip())
        ratio = code[True] / max(1, code[False])
        self.assertGreaterEqual(ratio, LEAST_TEST_RATIO, f"{code[True]} test lines, {code[False]} source lines")


if __name__ == "__main__":
    unittest.main()
