// SPDX-License-Identifier: BSL-1.0
#include "area_fixture.hpp"

#include <optional>

namespace {

using namespace tests;

class file_area_temporaries : public scratch, public testing::Test {
protected:
    std::optional<file_area> area;

    file_area& open(const fs::path& temp_dir, bool auto_cleanup = true)
    {
        return area.emplace(filesystem_settings{.base_path = base, .temp_dir = temp_dir, .auto_cleanup = auto_cleanup});
    }
};

TEST_F(file_area_temporaries, are_made_in_the_base_path_by_default)
{
    const fs::path path = open({}).create_temp("part-");
    EXPECT_EQ(path.parent_path(), base);
    EXPECT_TRUE(path.filename().native().starts_with("part-"));
    EXPECT_EQ(fs::file_size(path), 0U);
}

TEST_F(file_area_temporaries, are_made_in_a_directory_beneath_which_is_made_when_needed)
{
    open("tmp/steward");
    EXPECT_FALSE(fs::exists(base / "tmp"));
    EXPECT_EQ(area->create_temp().parent_path(), base / "tmp" / "steward");
}

TEST_F(file_area_temporaries, are_made_in_a_directory_elsewhere_if_it_is_absolute)
{
    EXPECT_EQ(open(root / "elsewhere").create_temp().parent_path(), root / "elsewhere");
}

TEST_F(file_area_temporaries, are_not_made_behind_a_link_beneath_the_base)
{
    fs::create_directory_symlink(outside, base / "tmp");
    EXPECT_EQ(refused([&] { static_cast<void>(open("tmp").create_temp()); }), filesystem_errc::symbolic_link);
    EXPECT_EQ(entries(outside), 1U);
}

TEST_F(file_area_temporaries, are_not_made_behind_a_link_without_openat2_either)
{
    fs::create_directory_symlink(outside, base / "tmp");
    area.emplace(filesystem_settings{.base_path = base, .temp_dir = "tmp"}, resolution::walk);
    EXPECT_EQ(refused([&] { static_cast<void>(area->create_temp()); }), filesystem_errc::symbolic_link);
    EXPECT_EQ(entries(outside), 1U);
}

TEST_F(file_area_temporaries, can_be_used_by_their_path)
{
    const fs::path path = open(root / "elsewhere").create_temp();
    area->write(path, "one");
    area->append(path, " two");
    EXPECT_EQ(area->read(path), "one two");
    EXPECT_EQ(area->size(path), 7U);
    EXPECT_EQ(content(path), "one two");
    EXPECT_TRUE(area->exists(path));
    EXPECT_TRUE(area->remove(path));
    EXPECT_FALSE(fs::exists(path));
}

TEST_F(file_area_temporaries, of_somebody_else_in_the_same_directory_are_outside)
{
    open(root / "elsewhere");
    static_cast<void>(area->create_temp());
    put(root / "elsewhere" / "other", "text");
    EXPECT_EQ(refused([&] { static_cast<void>(area->read(root / "elsewhere" / "other")); }), filesystem_errc::outside);
}

TEST_F(file_area_temporaries, can_be_used_by_their_path_where_the_base_path_ends_in_a_slash)
{
    area.emplace(filesystem_settings{.base_path = base / "", .temp_dir = {}});
    const fs::path path = area->create_temp();
    area->write(path, "text");
    EXPECT_EQ(area->read(path), "text");
}

TEST_F(file_area_temporaries, can_be_used_by_their_path_where_the_temp_dir_ends_in_a_slash)
{
    const fs::path path = open("tmp/").create_temp();
    area->write(path, "text");
    EXPECT_EQ(area->read(path), "text");
}

TEST_F(file_area_temporaries, can_be_read_by_this_user_alone)
{
    EXPECT_EQ(fs::status(open({}).create_temp()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(file_area_temporaries, have_different_names)
{
    open({});
    EXPECT_NE(area->create_temp(), area->create_temp());
}

TEST_F(file_area_temporaries, are_removed_with_the_area_and_nothing_else_is)
{
    open({}).write("kept", "text");
    const fs::path path = area->create_temp();
    area.reset();
    EXPECT_FALSE(fs::exists(path));
    EXPECT_TRUE(fs::exists(base / "kept"));
}

TEST_F(file_area_temporaries, that_were_removed_by_somebody_else_are_no_error_at_the_end)
{
    const fs::path gone = open({}).create_temp();
    const fs::path path = area->create_temp();
    fs::remove(gone);
    area.reset();
    EXPECT_FALSE(fs::exists(path));
}

TEST_F(file_area_temporaries, stay_where_nobody_wants_them_removed)
{
    const fs::path path = open({}, false).create_temp();
    area.reset();
    EXPECT_TRUE(fs::exists(path));
}

TEST_F(file_area_temporaries, a_prefix_is_a_plain_name)
{
    EXPECT_EQ(refused([&] { static_cast<void>(open({}).create_temp("a/b")); }), filesystem_errc::invalid_path);
}

} // namespace
