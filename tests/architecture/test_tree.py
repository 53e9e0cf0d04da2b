"""The tools of these tests find what they are to find."""

import unittest

import tree

TABLE = """
# a comment: with a colon
room base:
room text: base
room api: base text
third-party boost/: api
third-party boost/regex: text
"""


class RoomsTable(unittest.TestCase):
    def setUp(self):
        self.rooms = tree.parse_rooms(TABLE)

    def fault(self, room, header, quoted=True, in_test=False):
        return tree.include_fault(self.rooms, room, header, quoted, in_test)

    def test_reads_rooms_and_libraries(self):
        self.assertEqual(self.rooms.includes, {"base": [], "text": ["base"], "api": ["base", "text"]})
        self.assertEqual(self.rooms.third_party["boost/"], ["api"])

    def test_a_room_named_twice_is_told(self):
        self.assertEqual(tree.parse_rooms(TABLE + "room text:\n").repeated, ["text"])

    def test_own_and_allowed_rooms_pass(self):
        self.assertIsNone(self.fault("text", "text/a.h"))
        self.assertIsNone(self.fault("text", "base/a.h"))

    def test_an_arrow_that_is_not_in_the_table_is_told(self):
        self.assertEqual(self.fault("text", "api/a.h"), "text may not include api")

    def test_tests_may_reach_every_room_below(self):
        rooms = tree.parse_rooms("room a:\nroom b: a\nroom c: b\n")
        self.assertIsNone(tree.include_fault(rooms, "c", "a/x.h", True, in_test=True))
        self.assertIsNotNone(tree.include_fault(rooms, "c", "a/x.h", True, in_test=False))
        self.assertIsNotNone(tree.include_fault(rooms, "a", "c/x.h", True, in_test=True))

    def test_a_header_without_its_room_is_told(self):
        self.assertIn("name of a room", self.fault("text", "a.h"))
        self.assertIn("name of a room", self.fault("text", "elsewhere/a.h"))

    def test_libraries_belong_to_their_rooms_by_the_longest_prefix(self):
        self.assertIsNone(self.fault("api", "boost/asio.hpp", quoted=False))
        self.assertIn("belongs to", self.fault("text", "boost/asio.hpp", quoted=False))
        self.assertIsNone(self.fault("text", "boost/regex.hpp", quoted=False))
        self.assertIn("no third-party line", self.fault("text", "re2/re2.h", quoted=False))
        self.assertIn("no third-party line", self.fault("text", "curl.h", quoted=False))

    def test_frameworks_are_for_tests(self):
        self.assertIsNone(self.fault("text", "gtest/gtest.h", quoted=False, in_test=True))
        self.assertIsNotNone(self.fault("text", "gtest/gtest.h", quoted=False))

    def test_system_headers_need_no_line(self):
        for header in ("vector", "unistd.h", "sys/mman.h", "immintrin.h"):
            self.assertIsNone(self.fault("text", header, quoted=False), header)

    def test_includes_are_read_with_their_line(self):
        text = '#pragma once\n#include "base/a.h"\n// #include <no>\n #  include <b>\n'
        self.assertEqual(list(tree.includes(text)), [(2, "base/a.h", True), (4, "b", False)])


class Cycles(unittest.TestCase):
    def test_a_chain_has_none(self):
        self.assertIsNone(tree.find_cycle({"a": ["b", "c"], "b": ["c"], "c": []}))

    def test_a_ring_is_found(self):
        self.assertEqual(tree.find_cycle({"x": ["a"], "a": ["b"], "b": ["c"], "c": ["a"]}), ["a", "b", "c", "a"])


if __name__ == "__main__":
    unittest.main()
