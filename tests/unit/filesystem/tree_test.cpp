// SPDX-License-Identifier: BSL-1.0
#include "area_fixture.hpp"

#include <vector>

namespace {

using namespace tests;

class file_area_tree : public file_area_test {};
STEWARD_BOTH_RESOLUTIONS(file_area_tree);

using paths = std::vector<fs::path>;

TEST_P(file_area_tree, lists_what_matches_sorted)
{
    for (const char* name : {"b.csv", "a.csv", "c.txt"})
        put(base / name, "");
    EXPECT_EQ(area.list("*.csv"), (paths{"a.csv", "b.csv"}));
    EXPECT_EQ(area.list(), (paths{"a.csv", "b.csv", "c.txt"}));
    EXPECT_EQ(area.list("[bc].*"), (paths{"b.csv", "c.txt"}));
}

TEST_P(file_area_tree, lists_beneath_directories_component_by_component)
{
    area.make_directories("x/deep");
    area.make_directories("y");
    put(base / "x" / "1.txt", "");
    put(base / "y" / "2.txt", "");
    put(base / "x" / "deep" / "3.txt", "");
    EXPECT_EQ(area.list("*/*.txt"), (paths{"x/1.txt", "y/2.txt"}));
    EXPECT_EQ(area.list("*"), (paths{"x", "y"}));
}

TEST_P(file_area_tree, lists_hidden_files_only_where_the_dot_is_named)
{
    put(base / ".hidden", "");
    EXPECT_TRUE(area.list("*").empty());
    EXPECT_EQ(area.list(".*"), paths{".hidden"});
}

TEST_P(file_area_tree, lists_no_symbolic_link_and_nothing_behind_one)
{
    fs::create_symlink(outside / "secret", base / "link");
    fs::create_directory_symlink(outside, base / "way_out");
    EXPECT_TRUE(area.list("*").empty());
    EXPECT_TRUE(area.list("*/*").empty());
}

TEST_P(file_area_tree, a_pattern_cannot_lead_outside)
{
    EXPECT_EQ(refused([&] { static_cast<void>(area.list("../*")); }), filesystem_errc::outside);
    EXPECT_EQ(refused([&] { static_cast<void>(area.list(outside / "*")); }), filesystem_errc::outside);
}

TEST_P(file_area_tree, removing_says_whether_there_was_something)
{
    area.write("a.txt", "text");
    EXPECT_TRUE(area.remove("a.txt"));
    EXPECT_FALSE(area.remove("a.txt"));
    EXPECT_FALSE(fs::exists(base / "a.txt"));
}

TEST_P(file_area_tree, an_empty_directory_is_removed_and_a_full_one_is_not)
{
    area.make_directories("d");
    area.write("d/a.txt", "text");
    EXPECT_EQ(refused([&] { area.remove("d"); }), filesystem_errc::not_empty);
    area.remove("d/a.txt");
    EXPECT_TRUE(area.remove("d"));
}

TEST_P(file_area_tree, removing_a_link_leaves_what_it_leads_to)
{
    fs::create_symlink(outside / "secret", base / "link");
    EXPECT_TRUE(area.remove("link"));
    EXPECT_TRUE(fs::exists(outside / "secret"));
}

TEST_P(file_area_tree, exists_tells_files_and_directories)
{
    area.write("a.txt", "text");
    area.make_directories("d");
    EXPECT_TRUE(area.exists("a.txt"));
    EXPECT_TRUE(area.exists("d"));
    EXPECT_TRUE(area.exists("."));
    EXPECT_FALSE(area.exists("missing"));
    EXPECT_FALSE(area.exists("a.txt/below"));
}

TEST_P(file_area_tree, size_counts_bytes)
{
    area.write("a.txt", "12345");
    EXPECT_EQ(area.size("a.txt"), 5U);
}

TEST_P(file_area_tree, directories_are_made_with_those_above_them_and_again_without_harm)
{
    area.make_directories("a/b/c");
    area.make_directories("a/b/c");
    EXPECT_TRUE(fs::is_directory(base / "a" / "b" / "c"));
}

TEST_P(file_area_tree, a_directory_is_not_made_where_a_file_stands)
{
    area.write("a", "text");
    EXPECT_EQ(refused([&] { area.make_directories("a"); }), filesystem_errc::not_a_directory);
    EXPECT_EQ(refused([&] { area.make_directories("a/b"); }), filesystem_errc::not_a_directory);
}

} // namespace
